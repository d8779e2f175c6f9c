"""Comments on proposals."""
