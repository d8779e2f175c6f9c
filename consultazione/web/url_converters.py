"""Numbers and words in addresses: only what the database can hold."""

from __future__ import annotations

from typing import Any

from flask import Flask, request
from werkzeug.routing import BaseConverter, IntegerConverter

from consultazione.core.columns import LARGEST_ID, LARGEST_PLACE


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


def _asked(name: str, most: int) -> int | None:
    asked = request.args.get(name, type=int)
    return asked if asked is not None and 0 < asked <= most else None


def init(app: Flask) -> None:
    """Read the variable parts of addresses so; call it before blueprints are registered."""
    app.url_map.converters.update(int=IdConverter, default=WordConverter, string=WordConverter)
