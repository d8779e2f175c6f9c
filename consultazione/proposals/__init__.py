"""Proposals and their supports."""
