"""What the person at the terminal is told when something cannot start."""

from __future__ import annotations


class CannotStart(Exception):
    """A server or a role cannot start; the message is one line with the remedy in it."""
