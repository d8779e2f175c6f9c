"""Commands of opinion maps."""
