"""What citations must say by the zone's stream."""

from __future__ import annotations

from consultazione.core.audit import (
    OF_STREAM,
    Audit,
    adds,
    details,
    drops,
    register,
    sets,
)
from consultazione.zones.library.events import CITATION_DETAILS, CORRECTED_DETAILS
from consultazione.zones.library.models import Citation

CITATION = Audit(
    Citation,
    adds(
        "citation.added",
        id="citation_id",
        zone_id=OF_STREAM,
        norm_type="norm_type",
        on_day="on_day",
        **details(CITATION_DETAILS),
    ),
    # Its other fields are those of before.
    sets("citation.corrected", id="citation_id", **details(CORRECTED_DETAILS)),
    drops("citation.removed", id="citation_id"),
)

register("zone", audits=(CITATION,), apart=True)
