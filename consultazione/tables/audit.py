"""What tables, seats, admissions and materials must say by the log."""

from __future__ import annotations

from dataclasses import fields

from consultazione.core.audit import (
    ACTOR,
    AT,
    ITEM,
    NOTHING,
    NTH,
    Audit,
    Is,
    Part,
    Past,
    Said,
    adds,
    details,
    drops,
    register,
    sets,
    sets_each,
)
from consultazione.tables.events import KIND_DETAILS, TABLE_DETAILS
from consultazione.tables.models import Accreditation, Material, Seat, TableDefault, ThematicTable
from consultazione.tables.rules import TableRule

_RULE = [field.name for field in fields(TableRule)]


def _rule(entry: Past, _said: Said) -> object:
    """The rule, as far as the entry has it; entries of before there were rules have none."""
    named = {name: entry.data[name] for name in _RULE if entry.data.get(name) is not None}
    return Part(named) if named else NOTHING


def _unless_left_out(name: str) -> object:
    def read(entry: Past, _said: Said) -> object:
        value = entry.data.get(name)
        return NOTHING if value is None else value

    return read


_TABLE = {"id": "table_id"}
TABLE = Audit(
    ThematicTable,
    adds(
        "table.set_up",
        **_TABLE,
        zone_id="zone_id",
        kind="table_kind",
        rule=_rule,
        closed_at=Is(None),
        closed_reason=Is(None),
        **details(TABLE_DETAILS),
    ),
    sets("table.rule_changed", **_TABLE, rule=_rule),
    sets(
        "table.changed",
        **_TABLE,
        name="now",
        remit=_unless_left_out("remit"),
        **details(KIND_DETAILS),
    ),
    sets("table.closed", **_TABLE, closed_at=AT, closed_reason="reason"),
    sets("table.reopened", **_TABLE, closed_at=Is(None), closed_reason=Is(None)),
    sets_each("tables.reordered", "table_ids", id=ITEM, rank=NTH),
)
_SEAT = {"table_id": "table_id", "organisation_id": "organisation_id"}
SEAT = Audit(Seat, adds("seat.taken", **_SEAT), drops("seat.given_back", **_SEAT))
_ADMITTED = {"id": "accreditation_id"}
ACCREDITATION = Audit(
    Accreditation,
    adds(
        "person.accredited",
        **_ADMITTED,
        table_id="table_id",
        person_id="person_id",
        reason="reason",
        given_at=AT,
        given_by=ACTOR,
        ended_at=Is(None),
        ended_reason=Is(None),
    ),
    sets("accreditation.ended", **_ADMITTED, ended_at=AT, ended_reason="reason"),
)
_MATERIAL = {"id": "material_id"}
MATERIAL = Audit(
    Material,
    adds(
        "material.published",
        **_MATERIAL,
        table_id="table_id",
        sitting_id="sitting_id",
        title="title",
        sha256="sha256",
        uploaded_at=AT,
        withdrawn_at=Is(None),
        withdrawn_reason=Is(None),
    ),
    sets("material.replaced", **_MATERIAL, sha256="sha256", uploaded_at=AT),
    sets("material.retitled", **_MATERIAL, title="title"),
    sets("material.withdrawn", **_MATERIAL, withdrawn_at=AT, withdrawn_reason="reason"),
)
DEFAULT = Audit(
    TableDefault,
    adds("table.default_changed", zone_id="zone_id", kind="table_kind", rule=_rule),
    # A zone that chooses what it has already gets a row, and no entry.
    begun=False,
)

register("table", "zone", audits=(TABLE, SEAT, ACCREDITATION, MATERIAL, DEFAULT))
