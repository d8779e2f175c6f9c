"""The JSON Schema of a zone's file, at a stable address."""

from __future__ import annotations

from flask import Response, current_app, json

from consultazione.importing.blueprint import schema
from consultazione.importing.json_schema import json_schema

_PATH = "/api/v1/zone-file.schema.json"


@schema.get(_PATH)
def zone_file_schema() -> Response:
    """The schema that a document of a zone's file fits."""
    address = current_app.extensions["settings"].public_url + _PATH
    return Response(
        json.dumps(json_schema(address), ensure_ascii=False, indent=1),
        content_type="application/schema+json",
    )
