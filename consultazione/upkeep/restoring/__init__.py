"""Restoring an installation from a backup: what may be restored where, recovery, what it holds."""
