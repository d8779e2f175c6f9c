"""What minutes, their notes and conclusions must say by the stream of the minutes.

Facts and the approved document are held against their digests in the log.
"""

from __future__ import annotations

from consultazione.core.audit import (
    ACTOR,
    AT,
    FORGET,
    NOTHING,
    Audit,
    Folded,
    Is,
    Past,
    Said,
    adds,
    does,
    drops,
    hashed,
    register,
    sets,
)
from consultazione.minutes.models import (
    Conclusion,
    Minutes,
    MinutesNote,
    MinutesPdf,
    MinutesState,
)

_MINUTES = {"id": "minutes_id"}
MINUTES = Audit(
    Minutes,
    adds(
        "minutes.composed",
        **_MINUTES,
        sitting_id="sitting_id",
        state=Is(MinutesState.DRAFT),
        facts=hashed("facts_sha256"),
        document=Is(None),
        composed_at=AT,
        approved_at=Is(None),
        approved_by=Is(None),
        published_at=Is(None),
        digest=Is(None),
        pdf_sha256=Is(None),
    ),
    sets(
        "minutes.approved",
        **_MINUTES,
        state=Is(MinutesState.APPROVED),
        document=hashed("digest"),
        digest="digest",
        approved_at=AT,
        approved_by=ACTOR,
    ),
    sets("minutes.sealed", **_MINUTES, pdf_sha256="pdf_sha256"),
    sets("minutes.published", **_MINUTES, state=Is(MinutesState.PUBLISHED), published_at=AT),
)
PDF = Audit(
    MinutesPdf,
    adds("minutes.sealed", minutes_id="minutes_id", content=hashed("pdf_sha256"), sealed_at=AT),
)


def _writer(entry: Past, _said: Said) -> object:
    """Who wrote; of a running note that the platform took over, the log does not say."""
    return FORGET if entry.actor_id is None else entry.actor_id


NOTE = Audit(
    MinutesNote,
    adds(
        "minutes.note_written",
        minutes_id="minutes_id",
        point_id="point_id",
        body="body",
        written_by=_writer,
        written_at=AT,
    ),
    key=("minutes_id", "point_id"),
)


def _last(rows: Folded, entry: Past) -> None:
    """A conclusion comes after those that are there."""
    minutes_id, key = entry.data["minutes_id"], (entry.data["conclusion_id"],)
    ranks = [rows.said(one).get("rank") for one in rows.named(minutes_id=minutes_id) if one != key]
    known = [rank for rank in ranks if rank is not None]
    rows.say(key, entry, rank=max(known, default=0) + 1 if len(known) == len(ranks) else NOTHING)


def _held(rows: Folded, entry: Past) -> None:
    for key in rows.named(minutes_id=entry.data["minutes_id"]):
        rows.say(key, entry, held=key[0] in entry.data.get("held", ()))


_CONCLUSION = {"id": "conclusion_id"}
CONCLUSION = Audit(
    Conclusion,
    adds(
        "minutes.conclusion_added",
        **_CONCLUSION,
        minutes_id="minutes_id",
        point_id="point_id",
        chapter_id="chapter_id",
        proposal_id="proposal_id",
        poll_id="poll_id",
        body="body",
        held=Is(False),
    ),
    does("minutes.conclusion_added", _last, rank=Is(None)),
    sets("minutes.conclusion_edited", **_CONCLUSION, chapter_id="chapter_id", body="body"),
    drops("minutes.conclusion_removed", **_CONCLUSION),
    does("minutes.approved", _held),
)

register("minutes", audits=(MINUTES, PDF, NOTE, CONCLUSION), apart=True)
