"""Amendments: exact changes that somebody proposes to the text of another's proposal."""
