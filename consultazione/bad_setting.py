"""The error of a setting that cannot be used."""

from __future__ import annotations


class BadSetting(ValueError):
    """An unusable setting; the message names the variable and the remedy."""
