"""Paragraphs of a text, and putting other words in the place of one."""

from __future__ import annotations

import re

_BREAK = re.compile(r"(\n[ \t]*\n\s*)")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, as they are written; those that stand there twice are left out.

    Nobody could say which of two equal paragraphs is meant.
    """
    found = [one.strip() for one in _BREAK.split(text)[::2]]
    return [one for one in found if one and found.count(one) == 1]


def replaced(text: str, old: str, new: str) -> str | None:
    """A text with another paragraph in the place of one; None unless that stands there once.

    new: one paragraph or several; empty if the paragraph goes.
    """
    pieces = _BREAK.split(text)
    found = [one.strip() for one in pieces[::2]]
    if found.count(old) != 1:
        return None
    place = found.index(old) * 2
    if new:
        pieces[place] = new
    else:
        del pieces[max(0, place - 1) : place + 1]
    return "".join(pieces).strip()
