"""Persons, organisations, mandates and roles."""
