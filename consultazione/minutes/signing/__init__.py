"""Signing approved minutes: the chair and who wrote them, each for themselves."""
