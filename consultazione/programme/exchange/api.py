"""REST: programmes as files, in each of the formats of the pages."""

from __future__ import annotations

from flask import Response
from flask.views import MethodView

from consultazione.programme.blueprint import rest
from consultazione.programme.exchange.writing.formats import FORMATS
from consultazione.programme.export_views import export_response

_FILE = {"type": "string", "format": "binary"}


def _offer(kind: str, media_type: str) -> None:
    """Offer one format, of a programme and of all of them."""

    @rest.route(f"/programmes/<int:programme_id>/export/{kind}", endpoint=f"Export_{kind}")
    class Export(MethodView):
        """A programme as a file."""

        @rest.response(200, _FILE, content_type=media_type)
        @rest.alt_response(404, description="There is no such programme.")
        @rest.reads_much
        def get(self, programme_id: int) -> Response:
            """A programme with its interventions, shares and indicators."""
            return export_response(kind, programme_id)

    @rest.route(f"/programmes/export/{kind}", endpoint=f"ExportAll_{kind}")
    class ExportAll(MethodView):
        """All programmes as a file."""

        @rest.response(200, _FILE, content_type=media_type)
        @rest.reads_much
        def get(self) -> Response:
            """All programmes of the installation, by zone and year."""
            return export_response(kind)


for _kind, _format in FORMATS.items():
    _offer(_kind, _format.media_type)
