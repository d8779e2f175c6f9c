"""Events of answers; they stand in the stream of the proposal's table, the rule in the zone's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.proposals.answers.models import Verdict


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


@dataclass(frozen=True, kw_only=True)
class ProposalAnswered(Event, texts={"body": "proposal_answer.body"}):
    """The table has answered a version of a proposal, with its reasons, together with others."""

    kind: ClassVar[str] = "proposal.answered"

    proposal_id: int
    table_id: int
    batch_id: int
    version: int
    verdict: Verdict
    body: FreeText


@dataclass(frozen=True, kw_only=True)
class AnswersPublished(Event):
    """A table has published the answers to these proposals in one act."""

    kind: ClassVar[str] = "answer_batch.published"

    batch_id: int
    table_id: int
    proposal_ids: list[int]


@dataclass(frozen=True, kw_only=True)
class AnswerDaysSet(Event):
    """A zone has set in how many days after their admission proposals are answered, or none."""

    kind: ClassVar[str] = "answer_rule.changed"

    days: int | None
