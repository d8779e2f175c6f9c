"""What orders of erasure must say by the zone's stream."""

from __future__ import annotations

from consultazione.core.audit import ACTOR, AT, OF_STREAM, Audit, adds, register
from consultazione.core.incoming.erased_files import ErasedFile
from consultazione.erasure.models import ErasureOrder

ORDER = Audit(
    ErasureOrder,
    adds(
        "erasure.ordered",
        id="order_id",
        zone_id=OF_STREAM,
        number="number",
        ground="ground",
        reference="reference",
        decided_on="decided_on",
        made_at=AT,
        made_by=ACTOR,
        texts="rows",
        entries="entries",
        documents="documents",
    ),
)
FILE = Audit(ErasedFile, adds("file.erased", sha256="sha256", order_id="order_id", erased_at=AT))

register("zone", audits=(ORDER, FILE))
