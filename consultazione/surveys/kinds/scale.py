"""A number from 1 to 5."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Invalid, Sentence
from consultazione.surveys.kinds.base import Given, places, without_options

_NUMBERS = ("1", "2", "3", "4", "5")


class Scale:
    """One says how much, from 1, not at all, to 5, very much."""

    control = "radio"
    hint: Sentence = _("From 1, not at all, to 5, very much.")

    def labels(self, options: Sequence[str]) -> Sequence[str]:
        """The numbers."""
        return _NUMBERS

    def check_options(self, options: Sequence[str]) -> None:
        """The numbers are given."""
        without_options(options)

    def read(self, options: Sequence[str], sent: Sequence[str], *, field: str) -> Given:
        """One place at most."""
        chosen = places(sent, len(_NUMBERS), field=field)
        if len(chosen) > 1:
            raise Invalid.at(field, _("Choose one answer."))
        return Given(chosen)
