"""Searching everything that anybody may read: one index, kept up to date from the log."""
