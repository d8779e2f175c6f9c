"""What attendances, substitutions, excuses and proxies must say by the stream of attendance."""

from __future__ import annotations

from consultazione.core.audit import ACTOR, AT, FORGET, Audit, Is, adds, drops, register, sets
from consultazione.core.log import EPHEMERAL_FROM
from consultazione.sittings.attendance.models import Excuse
from consultazione.sittings.models import Attendance, Substitution
from consultazione.sittings.proxies.models import Proxy

_HERE = {"id": "attendance_id"}
ATTENDANCE = Audit(
    Attendance,
    adds(
        "attendance.entered",
        **_HERE,
        sitting_id="sitting_id",
        person_id="person_id",
        mandate_id="mandate_id",
        category="category",
        entered_at=AT,
        left_at=Is(None),
        in_charge="in_charge",
        in_hall=Is(FORGET),  # entries of before do not say who was let in at a desk
    ),
    sets("attendance.checked_in", **_HERE, in_hall=Is(True)),
    sets("attendance.left", **_HERE, left_at=AT),
    only=Attendance.sitting_id < EPHEMERAL_FROM,
)
_UNDER = {"sitting_id": "sitting_id", "mandate_id": "mandate_id"}
SUBSTITUTION = Audit(
    Substitution,
    adds("attendance.substitute_named", **_UNDER, person_id="person_id", named_at=AT),
    drops("attendance.substitute_withdrawn", **_UNDER),
    only=Substitution.sitting_id < EPHEMERAL_FROM,
)
_EXCUSED = {
    "sitting_id": "sitting_id",
    "organisation_id": "organisation_id",
    "person_id": "person_id",
}
EXCUSE = Audit(
    Excuse,
    adds("attendance.excused", **_EXCUSED, reason="reason", excused_at=AT),
    drops("attendance.excuse_withdrawn", **_EXCUSED),
    key=tuple(_EXCUSED),
    only=Excuse.sitting_id < EPHEMERAL_FROM,
)
PROXY = Audit(
    Proxy,
    adds(
        "proxy.given",
        id="proxy_id",
        sitting_id="sitting_id",
        giver_id="giver_id",
        mandate_id="mandate_id",
        organisation_id="organisation_id",
        category="category",
        holder_id="holder_id",
        written_act="written_act",
        given_at=AT,
        given_by=ACTOR,
        ended_at=Is(None),
        ended_because=Is(None),
    ),
    sets("proxy.ended", id="proxy_id", ended_at=AT, ended_because="reason"),
    only=Proxy.sitting_id < EPHEMERAL_FROM,
)

register("attendance", audits=(ATTENDANCE, SUBSTITUTION, EXCUSE, PROXY), apart=True)
