"""The minutes of a sitting, composed from its log entries."""
