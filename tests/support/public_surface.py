"""What others build on, as sorted JSON: the REST document, the messages of the room, all addresses.

Run as `python -m tests.support.public_surface` at two commits and compare: a change that should
not be seen from outside prints the same bytes.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from typing import Any

from marshmallow.fields import Field

from consultazione.app import create_app
from consultazione.config import Settings, read_settings
from consultazione.live.messages import MESSAGES

# Nothing is connected: the addresses only have to look like some.
_NOWHERE = {
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "SECRET_KEY": "x" * 40,
}


def surface(settings: Settings) -> dict[str, Any]:
    """The REST document, the fields of each message, and each address with its methods."""
    app = create_app(settings)
    document = app.test_client().get("/api/v1/openapi.json")
    return {
        "openapi": json.loads(document.data),
        "messages": {
            name: {field: _shape(kind) for field, kind in message.schema().fields.items()}
            for name, message in MESSAGES.items()
        },
        "addresses": sorted(
            f"{rule.rule} {sorted(rule.methods or ())}" for rule in app.url_map.iter_rules()
        ),
    }


def _shape(field: Field[Any]) -> dict[str, Any]:
    """What a field of a message takes."""
    return {
        "type": type(field).__name__,
        "name": field.data_key,
        "required": field.required,
        "allow_none": field.allow_none,
        "default": str(field.load_default),
        "limits": {
            name: getattr(field, name) for name in ("least", "most") if hasattr(field, name)
        },
    }


if __name__ == "__main__":
    printed = surface(replace(read_settings(_NOWHERE), testing=True))
    json.dump(printed, sys.stdout, indent=1, sort_keys=True)
