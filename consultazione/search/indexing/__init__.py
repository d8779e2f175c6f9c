"""Keeping the index: what the log tells, read again where it stands."""
