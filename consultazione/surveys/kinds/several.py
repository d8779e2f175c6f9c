"""Several choices."""

from __future__ import annotations

from collections.abc import Sequence

from consultazione.core.errors import Sentence
from consultazione.surveys.kinds.base import Given, places, with_options


class Several:
    """One chooses as many of the options as one likes."""

    control = "checkbox"
    hint: Sentence = ""

    def labels(self, options: Sequence[str]) -> Sequence[str]:
        """The options."""
        return options

    def check_options(self, options: Sequence[str]) -> None:
        """There are some to choose from."""
        with_options(options)

    def read(self, options: Sequence[str], sent: Sequence[str], *, field: str) -> Given:
        """Any places."""
        return Given(places(sent, len(options), field=field))
