"""The JSON Schema (2020-12) of a document of a zone's file, made from its marshmallow schema."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin

from consultazione.importing.parts import Encoded, Sum
from consultazione.importing.schema import ZoneDocument
from consultazione.importing.territory.schema import TerritoryDocument

_THERE = "#/components/schemas/"
_HERE = "#/$defs/"


@cache
def json_schema(address: str) -> Mapping[str, Any]:
    """The schema, published at an address. A file with several documents: each fits it."""
    plugin = MarshmallowPlugin()
    spec = APISpec("zone file", "1", openapi_version="3.1.0", plugins=[plugin])
    plugin.map_to_openapi_type(Encoded, "string", "byte")  # type: ignore[no-untyped-call]
    plugin.map_to_openapi_type(Sum, ["number", "string"], None)  # type: ignore[no-untyped-call]
    spec.components.schema("ZoneDocument", schema=ZoneDocument)
    spec.components.schema("TerritoryDocument", schema=TerritoryDocument)
    parts = _here(spec.to_dict()["components"]["schemas"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address,
        "title": "Zone file of consultazione",
        "type": "object",
        # So that a fault names the field, as `oneOf` would not.
        "if": {"required": ["territory"]},
        "then": {"$ref": f"{_HERE}TerritoryDocument"},
        "else": {"$ref": f"{_HERE}ZoneDocument"},
        "$defs": parts,
    }


def _here(value: Any) -> Any:
    """The same with references that lead to `$defs`."""
    if isinstance(value, dict):
        return {key: _here(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_here(one) for one in value]
    return value.replace(_THERE, _HERE) if isinstance(value, str) else value
