"""The kinds of poll: one small class a file."""
