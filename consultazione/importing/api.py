"""REST: the JSON Schema of a zone's file, at a stable address."""

from __future__ import annotations

from flask import Response, current_app, json, request
from flask.views import MethodView

from consultazione.importing.blueprint import rest
from consultazione.importing.json_schema import json_schema

_KIND = "application/schema+json"


@rest.route("/zone-file.schema.json")
class ZoneFileSchemaResource(MethodView):
    """The schema of a zone's file."""

    @rest.response(200, {"type": "object"}, content_type=_KIND)
    def get(self) -> Response:
        """The JSON Schema (2020-12) that each document of a zone's file fits."""
        address = current_app.extensions["settings"].public_url + request.path
        written = json.dumps(json_schema(address), ensure_ascii=False, indent=1)
        return Response(written, content_type=_KIND)
