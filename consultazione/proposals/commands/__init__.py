"""What may be done with proposals."""
