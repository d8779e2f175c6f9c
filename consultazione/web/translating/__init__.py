"""Asking a service for translations, and keeping what it answered."""
