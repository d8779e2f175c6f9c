"""What running notes, phrases, statements and commitments must say by the log."""

from __future__ import annotations

from consultazione.core.audit import (
    ACTOR,
    AT,
    OF_STREAM,
    Audit,
    Is,
    Past,
    Said,
    adds,
    drops,
    register,
    sets,
)
from consultazione.core.log import EPHEMERAL_FROM
from consultazione.sittings.audit import REHEARSED_POINTS
from consultazione.sittings.record.models import (
    Commitment,
    CommitmentState,
    RunningNote,
    Statement,
    StatementState,
    StockPhrase,
    ZonePhrase,
)


def _next_version(_entry: Past, said: Said) -> int:
    return int(said.get("version", 0)) + 1


_NOTE = {
    "point_id": "point_id",
    "version": _next_version,
    "written_by": ACTOR,
    "written_at": AT,
}
NOTE = Audit(
    RunningNote,
    adds("running_note.written", **_NOTE, body="body"),
    adds("running_note.removed", **_NOTE, body=Is("")),
    only=RunningNote.point_id.not_in(REHEARSED_POINTS),
)
PHRASE = Audit(
    StockPhrase,
    adds("phrase.added", id="phrase_id", table_id=OF_STREAM, body="body"),
    drops("phrase.removed", id="phrase_id"),
)
ZONE_PHRASE = Audit(
    ZonePhrase,
    adds(
        "zone_phrase.added",
        id="phrase_id",
        zone_id=OF_STREAM,
        body="body",
        version=Is(1),
        retired_at=Is(None),
    ),
    sets("zone_phrase.changed", id="phrase_id", body="body", version=_next_version),
    sets("zone_phrase.retired", id="phrase_id", retired_at=AT),
)
_STATEMENT = {"id": "statement_id"}
STATEMENT = Audit(
    Statement,
    adds(
        "statement.recorded",
        **_STATEMENT,
        sitting_id=OF_STREAM,
        point_id="point_id",
        poll_id="poll_id",
        person_id="person_id",
        mandate_id="mandate_id",
        category="category",
        kind="statement_kind",
        body="body",
        state=Is(StatementState.MADE),
        reason=Is(None),
        made_at=AT,
    ),
    sets("statement.withdrawn", **_STATEMENT, state=Is(StatementState.WITHDRAWN)),
    sets("statement.hidden", **_STATEMENT, state=Is(StatementState.HIDDEN), reason="reason"),
    sets("statement.shown", **_STATEMENT, state=Is(StatementState.MADE), reason=Is(None)),
    only=Statement.sitting_id < EPHEMERAL_FROM,
)
_COMMITMENT = {"id": "commitment_id"}
_TERMS = {
    "body": "body",
    "person_id": "person_id",
    "organisation_id": "organisation_id",
    "due_on": "due_on",
}
COMMITMENT = Audit(
    Commitment,
    adds(
        "commitment.recorded",
        **_COMMITMENT,
        **_TERMS,
        sitting_id=OF_STREAM,
        point_id="point_id",
        state=Is(CommitmentState.OPEN),
        done_at=Is(None),
    ),
    sets("commitment.revised", **_COMMITMENT, **_TERMS),
    sets("commitment.cancelled", **_COMMITMENT, state=Is(CommitmentState.CANCELLED)),
    sets("commitment.completed", **_COMMITMENT, state=Is(CommitmentState.DONE), done_at=AT),
    only=Commitment.sitting_id < EPHEMERAL_FROM,
)

register("notes", audits=(NOTE, STATEMENT), apart=True)
register("table", audits=(PHRASE,), apart=True)
register("zone", audits=(ZONE_PHRASE,), apart=True)
# A commitment is completed in the stream of its table.
register("notes", "table", audits=(COMMITMENT,))
