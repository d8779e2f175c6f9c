"""Strategies and decisions in a zone's file."""
