"""What a kind of question knows: what one chooses from, and what an answer may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Invalid, Sentence

MOST_CHOICES = 12


@dataclass(frozen=True)
class Given:
    """What somebody answers: the places of choices from 0 on, or words; neither is no answer."""

    chosen: tuple[int, ...] = ()
    words: str = ""


class Kind(Protocol):
    """A kind of question."""

    # How the page asks: "radio", "checkbox" or "text".
    control: str
    # What stands above the choices; empty if they say it themselves.
    hint: Sentence

    def labels(self, options: Sequence[str]) -> Sequence[str]:
        """What one chooses from; nothing where one writes."""

    def check_options(self, options: Sequence[str]) -> None:
        """Raise Invalid on `options` if a question of this kind cannot have these."""

    def read(self, options: Sequence[str], sent: Sequence[str], *, field: str) -> Given:
        """What somebody has answered by what their form sent; Invalid on `field`."""


def without_options(options: Sequence[str]) -> None:
    """Raise Invalid on `options` if there are any."""
    if options:
        raise Invalid.at("options", _("Leave this empty: nothing is chosen from it."))


def with_options(options: Sequence[str]) -> None:
    """Raise Invalid on `options` unless there are some to choose from, each once."""
    if not 2 <= len(options) <= MOST_CHOICES or len(set(options)) < len(options):
        told = _("Write 2 to %(most)s different choices, one a line.", most=MOST_CHOICES)
        raise Invalid.at("options", told)


def places(sent: Sequence[str], number: int, *, field: str) -> tuple[int, ...]:
    """The places of choices that a form sent, each once; Invalid on `field`."""
    if any(not (one.isascii() and one.isdigit()) or len(one) > 3 for one in sent):
        raise Invalid.at(field, _("Choose one of the answers offered."))
    chosen = tuple(sorted({int(one) for one in sent}))
    if chosen and chosen[-1] >= number:
        raise Invalid.at(field, _("Choose one of the answers offered."))
    return chosen
