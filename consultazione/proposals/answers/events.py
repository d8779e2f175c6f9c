"""Events of answers; they stand in the stream of the proposal's table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event, FreeText


@dataclass(frozen=True, kw_only=True)
class EvaluatorAssigned(Event):
    """Who runs a table has asked somebody (`person_id`) to evaluate a proposal, or nobody more."""

    kind: ClassVar[str] = "evaluation.assigned"

    proposal_id: int
    table_id: int
    person_id: int | None


@dataclass(frozen=True, kw_only=True)
class EvaluationNoteWritten(Event, texts={"body": "evaluation_note.body"}):
    """Somebody who evaluates a proposal has written a private note; the log has its digest."""

    kind: ClassVar[str] = "evaluation_note.written"

    note_id: int
    proposal_id: int
    table_id: int
    body: FreeText


@dataclass(frozen=True, kw_only=True)
class EvaluationNoteErased(Event):
    """A private note on a proposal was erased, from the log too."""

    kind: ClassVar[str] = "evaluation_note.erased"

    note_id: int
    proposal_id: int
    table_id: int


@dataclass(frozen=True, kw_only=True)
class ProposalAnswerPrepared(Event):
    """An answer to a proposal was prepared or changed; what it says is not public yet."""

    kind: ClassVar[str] = "evaluation.answer_prepared"

    proposal_id: int
    table_id: int
    revision: int
    is_ready: bool
