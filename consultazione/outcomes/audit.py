"""What outcomes and the unions' answers must say by the log.

An outcome's document is held against its digest in the log, its items against the conclusions of
the minutes that it was drawn up from.
"""

from __future__ import annotations

from typing import Any

from consultazione.core.audit import (
    AT,
    Audit,
    Folded,
    Is,
    Past,
    adds,
    does,
    hashed,
    register,
    sets,
)
from consultazione.outcomes.models import (
    Adherent,
    Answer,
    ItemAnswer,
    Outcome,
    OutcomeItem,
    OutcomeState,
    Party,
)

_OUTCOME = {"id": "outcome_id"}


OUTCOME = Audit(
    Outcome,
    adds(
        "outcome.opened",
        **_OUTCOME,
        minutes_id="minutes_id",
        state=Is(OutcomeState.SIGNING),
        rule="rule",
        document=hashed("digest"),
        digest="digest",
        opened_at=AT,
        due_on="due_on",
        due_reason=Is(None),
        closed_at=Is(None),
        closed_by=Is(None),
        closed_reason=Is(None),
    ),
    sets("outcome.edition_issued", **_OUTCOME, document=hashed("digest"), digest="digest"),
    sets("outcome.deadline_set", **_OUTCOME, due_on="due_on", due_reason="reason"),
    sets("outcome.sign_off_ended", **_OUTCOME, closed_reason="reason"),
    sets(
        "outcome.closed",
        **_OUTCOME,
        state=Is(OutcomeState.CLOSED),
        closed_at=AT,
        closed_by="closed_by",
    ),
)
_SAID = ("chapter_id", "proposal_id", "body")


def _concluded(rows: Folded, entry: Past) -> None:
    of_minutes = rows.memory.setdefault(entry.data["minutes_id"], {})
    said = {name: entry.data[name] for name in _SAID if name in entry.data}
    of_minutes.setdefault(entry.data["conclusion_id"], {}).update(said)


def _removed(rows: Folded, entry: Past) -> None:
    rows.memory.get(entry.data["minutes_id"], {}).pop(entry.data["conclusion_id"], None)


def _approved(rows: Folded, entry: Past) -> None:
    for conclusion_id in entry.data.get("held", ()):
        rows.memory[entry.data["minutes_id"]][conclusion_id]["held"] = True


def _opened(rows: Folded, entry: Past) -> None:
    of_minutes = rows.memory.get(entry.data["minutes_id"], {})
    for rank, (conclusion_id, said) in enumerate(of_minutes.items(), start=1):
        if not said.get("held"):
            rows.say((entry.data["outcome_id"], conclusion_id), entry, rank=rank, **said)


ITEM = Audit(
    OutcomeItem,
    does(("minutes.conclusion_added", "minutes.conclusion_edited"), _concluded),
    does("minutes.conclusion_removed", _removed),
    does("minutes.approved", _approved),
    does(
        "outcome.opened",
        _opened,
        rank=Is(None),
        **{name: Is(None) for name in _SAID},
    ),
    key=("outcome_id", "conclusion_id"),
)


def _answers(kind: str, answer: Answer, **columns: Any) -> Any:
    return sets(
        kind,
        outcome_id="outcome_id",
        organisation_id="organisation_id",
        answer=Is(answer),
        answered_at=AT,
        **columns,
    )


_SIGNED = {
    "mandate_id": "mandate_id",
    "digest": "digest",
    "method": "method",
    "signature_id": "signature_id",
}
PARTY = Audit(
    Party,
    _answers("outcome.signed", Answer.SIGNED, **_SIGNED),
    _answers("outcome.signed_with_note", Answer.SIGNED_WITH_NOTE, **_SIGNED, note="note"),
    _answers("outcome.declined", Answer.DECLINED, **_SIGNED, note="reason"),
    _answers("outcome.silence_recorded", Answer.SILENT),
    begun=False,  # Which unions are asked follows from the mandates of that moment.
    untold={
        "answer": None,
        "note": None,
        "mandate_id": None,
        "digest": None,
        "method": None,
        "answered_at": None,
        "signature_id": None,
    },
)
ITEM_ANSWER = Audit(
    ItemAnswer,
    adds(
        "outcome.item_answered",
        item_id="item_id",
        organisation_id="organisation_id",
        outcome_id="outcome_id",
        answer="answer",
        note="note",
    ),
)


ADHERENT = Audit(
    Adherent,
    adds(
        "outcome.adhered",
        id="adherent_id",
        outcome_id="outcome_id",
        organisation_id="organisation_id",
        mandate_id="mandate_id",
        digest="digest",
        method="method",
        signature_id="signature_id",
        adhered_at=AT,
    ),
)

register("outcome", audits=(OUTCOME, PARTY, ITEM_ANSWER, ADHERENT), apart=True)
register("minutes", "outcome", audits=(ITEM,))
