"""Numbers in addresses: only what an id of the database can be."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter

LARGEST_ID = 2**63 - 1


class IdConverter(IntegerConverter):
    """A whole number that fits a bigint; with a larger one there is no such address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max": LARGEST_ID, **kwargs})


def init(app: Flask) -> None:
    """Read every `<int:...>` of the addresses so; call it before blueprints are registered."""
    app.url_map.converters["int"] = IdConverter
