"""REST: programmes as files, in each of the formats of the pages."""

from __future__ import annotations

from flask import Response
from flask.views import MethodView

from consultazione.exchange.blueprint import rest
from consultazione.exchange.export_views import export_response

# Text, JSON or an archive, as the address asks.
_FILE = {"title": "File"}
_ANY = "*/*"


@rest.route("/programmes/<int:programme_id>/export/<any(csv,ods,json,zip,regione):kind>")
class Export(MethodView):
    """A programme as a file."""

    @rest.response(200, _FILE, content_type=_ANY)
    @rest.alt_response(404, description="There is no such programme, or no such format.")
    @rest.reads_much
    def get(self, programme_id: int, kind: str) -> Response:
        """A programme with its interventions, shares and indicators."""
        return export_response(kind, programme_id)


@rest.route("/programmes/export/<any(csv,ods,json,zip,regione):kind>")
class ExportAll(MethodView):
    """All programmes as a file."""

    @rest.response(200, _FILE, content_type=_ANY)
    @rest.alt_response(404, description="There is no such format.")
    @rest.reads_much
    def get(self, kind: str) -> Response:
        """All programmes of the installation, by zone and year."""
        return export_response(kind)
