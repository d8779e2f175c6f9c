"""What applications must say by the log of their zone."""

from __future__ import annotations

from consultazione.core.audit import ACTOR, AT, OF_STREAM, Audit, Is, adds, register, sets
from consultazione.tables.accrediting.models import Application

_APPLICATION = {"id": "application_id"}
APPLICATION = Audit(
    Application,
    adds(
        "organisation.applied",
        **_APPLICATION,
        zone_id=OF_STREAM,
        person_id="person_id",
        name="called",
        category="category",
        office="office",
        note="note",
        table_ids="table_ids",
        sha256="sha256",
        asked_at=AT,
        state=Is("asked"),
        decided_at=Is(None),
        decided_by=Is(None),
        reason=Is(None),
        organisation_id=Is(None),
        mandate_id=Is(None),
    ),
    sets(
        "organisation.accredited",
        **_APPLICATION,
        state=Is("granted"),
        decided_at=AT,
        decided_by=ACTOR,
        organisation_id="organisation_id",
        mandate_id="mandate_id",
    ),
    sets(
        "organisation.accreditation_refused",
        **_APPLICATION,
        state=Is("refused"),
        decided_at=AT,
        decided_by=ACTOR,
        reason="reason",
    ),
    sets(
        "organisation.application_withdrawn",
        **_APPLICATION,
        state=Is("withdrawn"),
        decided_at=AT,
    ),
)

register("zone", audits=(APPLICATION,))
