"""The error that the terminal shows when something cannot start."""

from __future__ import annotations


class CannotStart(Exception):
    """A server or a role cannot start; the message is one line that includes the remedy."""
