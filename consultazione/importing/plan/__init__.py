"""The plan in a zone's file: what it answers, and its approval."""
