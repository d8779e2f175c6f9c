"""Breaks of a sitting and of its points."""
