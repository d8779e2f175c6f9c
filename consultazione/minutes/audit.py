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
from consultazione.core.log import EPHEMERAL_FROM
from consultazione.minutes.models import (
    Conclusion,
    CorrectionState,
    Minutes,
    MinutesCorrection,
    MinutesNote,
    MinutesPdf,
    MinutesState,
    SpeechGist,
)

_MINUTES = {"id": "minutes_id"}
_NOT_CIRCULATED = dict.fromkeys(
    ("circulated_at", "corrections_until", "endorsed_by", "endorsed_version"), Is(None)
)


def _point(entry: Past, _said: Said) -> object:
    """Where the table approved; entries of before say no point, since there was none."""
    return entry.data.get("point_id")


def _renews_pdf(entry: Past) -> bool:
    return bool(entry.data.get("renews_pdf"))


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
        approved_point_id=Is(None),
        **_NOT_CIRCULATED,
    ),
    sets("minutes.circulated", **_MINUTES, circulated_at=AT, corrections_until="until"),
    sets("minutes.endorsed", **_MINUTES, endorsed_by=ACTOR, endorsed_version="version"),
    sets("minutes.recalled", **_MINUTES, **_NOT_CIRCULATED),
    sets(
        "minutes.approved",
        **_MINUTES,
        state=Is(MinutesState.APPROVED),
        document=hashed("digest"),
        digest="digest",
        approved_at=AT,
        approved_by=ACTOR,
        approved_point_id=_point,
    ),
    sets("minutes.sealed", **_MINUTES, pdf_sha256="pdf_sha256"),
    sets("minutes.signed", when=_renews_pdf, **_MINUTES, pdf_sha256=Is(None)),
    sets(
        "minutes.edition_issued",
        **_MINUTES,
        document=hashed("digest"),
        digest="digest",
        pdf_sha256=Is(None),
    ),
    sets("minutes.facts_redacted", **_MINUTES, facts=hashed("facts_sha256")),
    sets("minutes.published", **_MINUTES, state=Is(MinutesState.PUBLISHED), published_at=AT),
)
PDF = Audit(
    MinutesPdf,
    adds("minutes.sealed", minutes_id="minutes_id", content=hashed("pdf_sha256"), sealed_at=AT),
    drops("minutes.edition_issued", minutes_id="minutes_id"),
    drops("minutes.signed", when=_renews_pdf, minutes_id="minutes_id"),
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
GIST = Audit(
    SpeechGist,
    adds(
        "minutes.gist_written",
        hand_id="hand_id",
        sitting_id="sitting_id",
        words_of="words_of",
        body="body",
        written_by=_writer,
        written_at=AT,
    ),
    only=SpeechGist.sitting_id < EPHEMERAL_FROM,
)
_REQUEST = {"id": "correction_id"}
_OPEN = {
    "state": Is(CorrectionState.OPEN),
    "answer": Is(None),
    "decided_by": Is(None),
    "decided_at": Is(None),
}
_DECIDED = {"decided_by": ACTOR, "decided_at": AT}
CORRECTION = Audit(
    MinutesCorrection,
    adds(
        "minutes.correction_asked",
        **_REQUEST,
        minutes_id="minutes_id",
        piece="piece",
        subject_id="subject_id",
        old_words="old_words",
        new_words="new_words",
        reason="reason",
        asked_by=ACTOR,
        asked_at=AT,
        **_OPEN,
    ),
    sets("minutes.correction_accepted", **_REQUEST, state=Is(CorrectionState.ACCEPTED), **_DECIDED),
    sets(
        "minutes.correction_refused",
        **_REQUEST,
        state=Is(CorrectionState.REFUSED),
        answer="answer",
        **_DECIDED,
    ),
    sets(
        "minutes.correction_answered",
        **_REQUEST,
        state=Is(CorrectionState.ANSWERED),
        answer="answer",
        **_DECIDED,
    ),
    sets(
        "minutes.correction_withdrawn", **_REQUEST, state=Is(CorrectionState.WITHDRAWN), **_DECIDED
    ),
    sets("minutes.correction_reconsidered", **_REQUEST, **_OPEN),
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

register("minutes", audits=(MINUTES, PDF, NOTE, GIST, CORRECTION, CONCLUSION), apart=True)
