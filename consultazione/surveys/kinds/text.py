"""A few words of one's own."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Invalid, Sentence
from consultazione.core.text import has_control_characters, tidy
from consultazione.surveys.kinds.base import Given, without_options

MOST_LETTERS = 500


class ShortText:
    """One writes; who runs the table reads it without names, everybody how many wrote."""

    control = "text"
    hint: Sentence = ""

    def labels(self, options: Sequence[str]) -> Sequence[str]:
        """Nothing to choose from."""
        return ()

    def check_options(self, options: Sequence[str]) -> None:
        """Nothing to choose from."""
        without_options(options)

    def read(self, options: Sequence[str], sent: Sequence[str], *, field: str) -> Given:
        """Words that can be stored, not too many."""
        words = tidy(sent[0]) if sent else ""
        if len(words) > MOST_LETTERS:
            told = _("Shorten it: %(most)s characters at most.", most=MOST_LETTERS)
            raise Invalid.at(field, told)
        if has_control_characters(words):
            raise Invalid.at(field, _("The text holds characters that cannot be stored."))
        return Given(words=words)
