"""One choice among several."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Invalid, Sentence
from consultazione.surveys.kinds.base import Given, places, with_options


class Single:
    """One chooses one of the options, or none."""

    control = "radio"
    hint: Sentence = ""

    def labels(self, options: Sequence[str]) -> Sequence[str]:
        """The options."""
        return options

    def check_options(self, options: Sequence[str]) -> None:
        """There are some to choose from."""
        with_options(options)

    def read(self, options: Sequence[str], sent: Sequence[str], *, field: str) -> Given:
        """One place at most."""
        chosen = places(sent, len(options), field=field)
        if len(chosen) > 1:
            raise Invalid.at(field, _("Choose one answer."))
        return Given(chosen)
