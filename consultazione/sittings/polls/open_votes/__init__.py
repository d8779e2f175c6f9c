"""Open votes: choices in words, and who made them by name."""
