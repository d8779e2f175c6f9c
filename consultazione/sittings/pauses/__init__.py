"""Breaks of a sitting and of its points; the order of what is still to come."""
