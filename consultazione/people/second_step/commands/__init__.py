"""Turning the second step on and off, signing in by it, losing it, asking a role for it."""
