"""Lists that people paste into a field, one thing a line."""

from __future__ import annotations

from collections.abc import Iterator

from consultazione.core.errors import Invalid
from consultazione.core.sentences import LazySentence as _

MOST_LINES = 300
LONGEST = 200


def lines_of(text: str, field: str) -> list[str]:
    """The lines of a pasted list, tidied, each once, without bullets and blank ones.

    Invalid at `field` if a line is longer than LONGEST characters, or there are more than
    MOST_LINES.
    """
    found = list(dict.fromkeys(filter(None, map(_tidied, text.splitlines()))))
    too_long = next((line for line in found if len(line) > LONGEST), None)
    if too_long is not None:
        start = too_long[:30]
        raise Invalid.at(
            field,
            _("Shorten the line “%(start)s…” to %(most)s characters.", start=start, most=LONGEST),
        )
    if len(found) > MOST_LINES:
        raise Invalid.at(field, _("Write at most %(most)s lines.", most=MOST_LINES))
    return found


def pairs_of(text: str, field: str) -> Iterator[tuple[str, str]]:
    """Lines such as `Name: what it is for`, as pairs; the second part may be missing."""
    for line in lines_of(text, field):
        first, _colon, second = line.partition(":")
        yield first.strip(), second.strip()


def _tidied(line: str) -> str:
    return " ".join(line.split()).lstrip("-*• ").strip().rstrip(";,").strip()
