"""REST: the norms and guidelines that a zone refers to."""

from __future__ import annotations

from collections.abc import Mapping

from flask.views import MethodView

from consultazione.web.current_zone import current_zone
from consultazione.web.request_db import snapshot
from consultazione.zones.blueprint import rest
from consultazione.zones.library.links import address_of
from consultazione.zones.library.lint import two_dates
from consultazione.zones.library.queries import citations
from consultazione.zones.schemas import CitationOut

_COLUMNS = ("id", "norm_type", "issuer", "number", "on_day", "title", "cited_in", "demo")


@rest.route("/citations")
class Citations(MethodView):
    """The library of norms and guidelines."""

    @rest.response(200, CitationOut(many=True))
    def get(self) -> list[Mapping[str, object]]:
        """Every norm and guideline, by date; with the other dates at which it is cited here."""
        found = citations(snapshot(), current_zone().id)
        others = two_dates(found)
        return [
            {
                **{name: getattr(one, name) for name in _COLUMNS},
                "address": address_of(one),
                "other_dates": others.get(one.id, []),
            }
            for one in found
        ]
