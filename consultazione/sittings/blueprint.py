"""The blueprints of sittings: their pages by section, and their REST resources."""

from __future__ import annotations

from flask import Blueprint
from sqlalchemy import select

from consultazione.core.scopes import Scope
from consultazione.sittings.models import AgendaPoint, Sitting
from consultazione.sittings.polls.models import Poll
from consultazione.sittings.proxies.models import Proxy
from consultazione.sittings.record.models import Commitment, ZonePhrase
from consultazione.tables.models import ThematicTable
from consultazione.web.api import resource
from consultazione.web.current_zone import cycle_found_by
from consultazione.zones.models import Cycle
from consultazione.zones.queries import NEWEST

pages = Blueprint("sittings", __name__)
desk_pages = Blueprint("desk", __name__)
hall_pages = Blueprint("hall", __name__)
places_pages = Blueprint("places", __name__)
quorum_pages = Blueprint("quorums", __name__)
rehearsal_pages = Blueprint("rehearsals", __name__)
roll_pages = Blueprint("roll", __name__)
screen_pages = Blueprint("screens", __name__)
video_pages = Blueprint("video", __name__)
rest = resource("sittings_api", __name__, "Sittings and their rooms", scope=Scope.SITTINGS)

_cycle = select(ThematicTable.cycle_id).join(Sitting, Sitting.table_id == ThematicTable.id)
cycle_found_by("sitting_id", lambda number: _cycle.where(Sitting.id == number))
cycle_found_by(
    "point_id",
    lambda number: _cycle.join(AgendaPoint, AgendaPoint.sitting_id == Sitting.id).where(
        AgendaPoint.id == number
    ),
)
cycle_found_by(
    "poll_id",
    lambda number: _cycle.join(Poll, Poll.sitting_id == Sitting.id).where(Poll.id == number),
)
cycle_found_by(
    "proxy_id",
    lambda number: _cycle.join(Proxy, Proxy.sitting_id == Sitting.id).where(Proxy.id == number),
)
cycle_found_by(
    "commitment_id",
    lambda number: _cycle.join(Commitment, Commitment.sitting_id == Sitting.id).where(
        Commitment.id == number
    ),
)
# A phrase is the zone's: its page is framed by the zone's latest cycle.
_latest = (
    select(Cycle.id)
    .join(ZonePhrase, ZonePhrase.zone_id == Cycle.zone_id)
    .order_by(*NEWEST)
    .limit(1)
)
cycle_found_by("zone_phrase_id", lambda number: _latest.where(ZonePhrase.id == number))
