"""What outcomes and the unions' answers must say by the log.

An outcome's document is held against its digest in the log, its items against the conclusions of
the minutes that it was drawn up from.
"""

from __future__ import annotations

from typing import Any

from consultazione.core.audit import (
    ACTOR,
    AT,
    FORGET,
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
from consultazione.documents.signatures.models import Signature, SigningCopy
from consultazione.outcomes.models import (
    Answer,
    ItemAnswer,
    Outcome,
    OutcomeItem,
    OutcomeState,
    Party,
)

_OUTCOME = {"id": "outcome_id"}


def _closed_by(entry: Past, _said: Said) -> object:
    return entry.data.get("closed_by", FORGET)


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
        closed_by=_closed_by,
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


def _is_kept(entry: Past) -> bool:
    return entry.data.get("signature_id") is not None


SIGNATURE = Audit(
    Signature,
    adds(
        ("outcome.signed", "outcome.signed_with_note", "outcome.declined"),
        when=_is_kept,
        id="signature_id",
        document_digest="digest",
        person_id=ACTOR,
        method="method",
        signed_at=AT,
    ),
)
COPY = Audit(
    SigningCopy,
    adds(
        "outcome.copy_frozen",
        document_digest="digest",
        content=hashed("sha256"),
        sha256="sha256",
        frozen_at=AT,
    ),
    drops("outcome.edition_issued", document_digest="former_sha256"),
)

register("outcome", audits=(OUTCOME, PARTY, ITEM_ANSWER, SIGNATURE, COPY), apart=True)
register("minutes", "outcome", audits=(ITEM,))
