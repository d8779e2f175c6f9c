"""REST: the conferences, seminars and assemblies of a cycle."""

from __future__ import annotations

from flask.views import MethodView

from consultazione.web.current_zone import current_cycle
from consultazione.web.request_db import snapshot
from consultazione.zones.blueprint import rest
from consultazione.zones.gatherings.models import Gathering
from consultazione.zones.gatherings.queries import gatherings
from consultazione.zones.schemas import GatheringOut


@rest.route("/events")
class Events(MethodView):
    """What is open to the public beside the sittings of the tables."""

    @rest.response(200, GatheringOut(many=True))
    def get(self) -> list[Gathering]:
        """Every conference, seminar and assembly of the cycle, the soonest first."""
        return gatherings(snapshot(), current_cycle().id)
