"""What the leading dispatcher does again and again: one loop a file."""
