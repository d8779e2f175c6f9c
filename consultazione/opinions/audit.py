"""What opinion maps must say by their streams; who answered what stands in none."""

from __future__ import annotations

from consultazione.core.audit import ACTOR, AT, Audit, Is, Past, adds, hashed, register, sets
from consultazione.opinions.models import Opinion, OpinionInput, OpinionMap, OpinionState

_MAP = {"id": "map_id"}
_OPINION = {"id": "opinion_id"}


def _is_published(entry: Past) -> bool:
    """Of too few people nothing is published."""
    return entry.data["input_sha256"] is not None


MAP = Audit(
    OpinionMap,
    adds(
        "opinion_map.opened",
        **_MAP,
        table_id="table_id",
        title="title",
        question="question",
        least_group="least_group",
        opened_at=AT,
        closes_at="closes_at",
        closed_at=Is(None),
        drawn_at=Is(None),
        picture=Is(None),
    ),
    sets("opinion_map.closed", **_MAP, closed_at=AT),
    sets("opinion_map.drawn", **_MAP, drawn_at=AT),
    sets("opinion_map.drawn", when=_is_published, **_MAP, picture=hashed("picture_sha256")),
)
INPUT = Audit(
    OpinionInput,
    adds("opinion_map.drawn", when=_is_published, map_id="map_id", content=hashed("input_sha256")),
)
OPINION = Audit(
    Opinion,
    adds(
        "opinion.proposed",
        **_OPINION,
        map_id="map_id",
        number="number",
        body="body",
        state=Is(OpinionState.WAITING),
        reason=Is(""),
        author_id=ACTOR,
        proposed_at=AT,
    ),
    sets("opinion.admitted", **_OPINION, state=Is(OpinionState.ADMITTED)),
    sets("opinion.refused", **_OPINION, state=Is(OpinionState.REFUSED), reason="reason"),
)

register("opinions", audits=(MAP, INPUT, OPINION), apart=True)
