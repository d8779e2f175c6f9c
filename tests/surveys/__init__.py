"""Surveys of tables."""
