"""Verifying documents."""
