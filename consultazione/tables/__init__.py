"""Thematic tables and their materials."""
