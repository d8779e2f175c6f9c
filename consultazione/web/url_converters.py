"""Numbers and words in addresses: only what the database can hold."""

from __future__ import annotations

from typing import Any

from flask import Flask, request
from werkzeug.routing import BaseConverter, IntegerConverter

from consultazione.core.columns import LARGEST_ID, LARGEST_PLACE
from consultazione.core.text import has_control_characters, tidy


class IdConverter(IntegerConverter):
    """A whole number that fits a bigint; with a larger one there is no such address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max": LARGEST_ID, **kwargs})


class WordConverter(BaseConverter):
    """A part of the path without control characters; with one there is no such address."""

    regex = r"[^/\x00-\x1f\x7f]+"


def asked_id(name: str) -> int | None:
    """The id that the query asks for under a name; None for what cannot be one."""
    return _asked(name, LARGEST_ID)


def asked_place(name: str) -> int | None:
    """The place in a list that the query asks for under a name; None for what cannot be one."""
    return _asked(name, LARGEST_PLACE)


def sent_id(name: str) -> int:
    """The id in a field of a form of one button; 0, which nothing has, for what cannot be one."""
    return _within(request.form.get(name, type=int), LARGEST_ID) or 0


def asked_words(name: str, most: int) -> str:
    """What the query asks to find, in so many characters at most.

    Empty if it holds control characters: they stand in no text of ours.
    """
    words = tidy(request.args.get(name, ""))[:most]
    return "" if has_control_characters(words) else words


def _asked(name: str, most: int) -> int | None:
    return _within(request.args.get(name, type=int), most)


def _within(number: int | None, most: int) -> int | None:
    return number if number is not None and 0 < number <= most else None


def init(app: Flask) -> None:
    """Read the variable parts of addresses so; call it before blueprints are registered."""
    app.url_map.converters.update(int=IdConverter, default=WordConverter, string=WordConverter)
