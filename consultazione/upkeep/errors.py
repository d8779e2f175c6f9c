"""The refusal of a command that keeps an installation."""

from __future__ import annotations

from consultazione.embedded.errors import CannotStart


class Refused(CannotStart):
    """It was not done; the message is one line with the reason and the remedy."""
