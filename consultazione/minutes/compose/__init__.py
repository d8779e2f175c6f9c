"""Composing minutes: pure functions from the log entries of a sitting to a document."""
