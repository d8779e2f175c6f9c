"""What citations must say by the zone's stream."""

from __future__ import annotations

from consultazione.core.audit import (
    FORGET,
    OF_STREAM,
    Audit,
    Is,
    adds,
    drops,
    register,
    sets,
)
from consultazione.zones.library.models import Citation

CITATION = Audit(
    Citation,
    adds(
        "citation.added",
        id="citation_id",
        zone_id=OF_STREAM,
        norm_type="norm_type",
        on_day="on_day",
    ),
    # The entry has what it said before.
    sets("citation.corrected", id="citation_id", norm_type=Is(FORGET), on_day=Is(FORGET)),
    drops("citation.removed", id="citation_id"),
)

register("zone", audits=(CITATION,), apart=True)
