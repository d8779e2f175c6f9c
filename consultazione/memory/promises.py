"""What a cycle had promised, and what became of it: priorities, and conclusions of its tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from consultazione.core.errors import NotFound
from consultazione.memory.models import Assessment, AssessmentComment, Fulfilment
from consultazione.outcomes.models import Outcome, OutcomeItem, OutcomeState
from consultazione.zones.models import Chapter, Cycle, Priority

CONCLUSIONS_A_PAGE = 50


@dataclass(frozen=True)
class Promise:
    """A priority or a conclusion, with its assessment if there is one and the comments on it."""

    title: str
    priority: Priority | None
    item: OutcomeItem | None
    assessment: Assessment | None
    comments: int = 0

    @property
    def id(self) -> int:
        """The number of the priority or of the conclusion."""
        found = self.priority or self.item
        assert found is not None
        return found.id

    @property
    def priority_id(self) -> int | None:
        """The number of the priority; None if it is a conclusion."""
        return self.priority.id if self.priority else None

    @property
    def item_id(self) -> int | None:
        """The number of the conclusion; None if it is a priority."""
        return self.item.id if self.item else None


@dataclass(frozen=True)
class Assessable(Promise):
    """A promise with the cycle that made it."""

    cycle: Cycle = field(kw_only=True)


def promise_of_priority(session: Session, priority_id: int) -> Assessable:
    """A priority with the assessment that stands; NotFound if there is no such priority."""
    priority = session.get(Priority, priority_id)
    if priority is None:
        raise NotFound(_("There is no such priority or conclusion."))
    stands = session.scalar(select(Assessment).filter_by(priority_id=priority.id))
    cycle = session.get_one(Cycle, priority.cycle_id)
    return Assessable(priority.title, priority, None, stands, cycle=cycle)


def promise_of_item(session: Session, item_id: int) -> Assessable:
    """A conclusion of a closed outcome with the assessment that stands; NotFound without one."""
    query = (
        select(OutcomeItem, Cycle)
        .join(Chapter, Chapter.id == OutcomeItem.chapter_id)
        .join(Cycle, Cycle.id == Chapter.cycle_id)
        .join(Outcome, Outcome.id == OutcomeItem.outcome_id)
        .where(OutcomeItem.id == item_id, Outcome.state == OutcomeState.CLOSED)
    )
    row = session.execute(query).one_or_none()
    if row is None:
        raise NotFound(_("There is no such priority or conclusion."))
    stands = session.scalar(select(Assessment).filter_by(item_id=item_id))
    return Assessable(row[0].body, None, row[0], stands, cycle=row[1])


def promised_priorities(session: Session, cycle_id: int) -> list[Promise]:
    """The priorities and needs of a cycle, by rank, with what became of each."""
    query = (
        select(Priority, Assessment)
        .outerjoin(Assessment, Assessment.priority_id == Priority.id)
        .where(Priority.cycle_id == cycle_id)
        .order_by(Priority.rank)
    )
    rows = session.execute(query).all()
    counts = _comments(session, [a.id for _p, a in rows if a])
    return [Promise(p.title, p, None, a, counts[a.id] if a else 0) for p, a in rows]


def promised_conclusions(
    session: Session, cycle_id: int, *, after: int = 0, limit: int
) -> list[Promise]:
    """The conclusions of a cycle's closed outcomes with ids above `after`, with what became."""
    query = (
        select(OutcomeItem, Assessment)
        .join(Chapter, Chapter.id == OutcomeItem.chapter_id)
        .join(Outcome, Outcome.id == OutcomeItem.outcome_id)
        .outerjoin(Assessment, Assessment.item_id == OutcomeItem.id)
        .options(joinedload(OutcomeItem.outcome))
        .where(Chapter.cycle_id == cycle_id, Outcome.state == OutcomeState.CLOSED)
        .where(OutcomeItem.id > after)
        .order_by(OutcomeItem.id)
        .limit(limit)
    )
    rows = session.execute(query).all()
    counts = _comments(session, [a.id for _i, a in rows if a])
    return [Promise(i.body, None, i, a, counts[a.id] if a else 0) for i, a in rows]


def tally(session: Session, cycle_id: int) -> dict[Fulfilment, int]:
    """How many priorities and conclusions of a cycle were assessed in each way."""
    query = (
        select(Assessment.fulfilment, func.count())
        .where(Assessment.cycle_id == cycle_id)
        .group_by(Assessment.fulfilment)
    )
    found = dict(session.execute(query).all())
    return {kind: found.get(kind, 0) for kind in Fulfilment}


def _comments(session: Session, assessment_ids: Iterable[int]) -> Counter[int]:
    query = (
        select(AssessmentComment.assessment_id, func.count())
        .where(
            AssessmentComment.assessment_id.in_(list(assessment_ids)),
            AssessmentComment.hidden_at.is_(None),
        )
        .group_by(AssessmentComment.assessment_id)
    )
    return Counter(dict(session.execute(query).all()))
