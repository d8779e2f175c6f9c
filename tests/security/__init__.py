"""The attacks of the past, tried again."""
