"""What is new in public, from the rows that pages show: no log, no names, nothing hidden."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from consultazione.core.errors import Sentence
from consultazione.minutes.models import Minutes, MinutesState
from consultazione.outcomes.models import Outcome
from consultazione.plan.blocks.models import Block
from consultazione.plan.models import Plan, PlanState
from consultazione.proposals.models import Proposal, ProposalState
from consultazione.site.feeds.labels import HAPPENINGS, What
from consultazione.sittings.models import Sitting, SittingState
from consultazione.sittings.queries import last_changes
from consultazione.tables.models import ThematicTable
from consultazione.zones.models import Chapter

MOST = 50


@dataclass(frozen=True, kw_only=True)
class Item:
    """A line of a feed.

    uid: stays the same for ever. what: what happened. title: of what it happened to; words: a
    beginning of its text, in markdown, or where it is. page, number: the endpoint and the id of
    its page.
    """

    uid: str
    what: Sentence
    title: str
    words: str
    published: datetime
    updated: datetime
    page: str
    number: int
    starts_at: datetime | None = None

    @property
    def argument(self) -> Mapping[str, Any]:
        """What the address of its page is made with."""
        return {_ARGUMENTS[self.page]: self.number}


def items_of(session: Session, *where: ColumnElement[bool], with_plan: bool) -> list[Item]:
    """The newest MOST things at the tables of which a condition is true, the latest first.

    where: conditions on ThematicTable. with_plan: paragraphs of the plan of those tables' cycles
    as well.
    """
    sources: Iterable[Callable[..., Iterator[Item]]] = (_sittings, _minutes, _outcomes, _proposals)
    found = chain.from_iterable(source(session, where) for source in sources)
    plan = _blocks(session, where) if with_plan else ()
    return sorted(chain(found, plan), key=lambda item: (item.updated, item.uid), reverse=True)[
        :MOST
    ]


_Where = tuple[ColumnElement[bool], ...]


def _sittings(session: Session, where: _Where) -> Iterator[Item]:
    query = select(Sitting).join(Sitting.table).where(*where, Sitting.rehearses.is_(None))
    rows = list(session.scalars(query.order_by(Sitting.convened_at.desc()).limit(MOST)))
    changed = last_changes(session, [row.id for row in rows])
    for row in rows:
        cancelled = row.state is SittingState.CANCELLED
        yield Item(
            uid=f"sitting-{row.id}",
            what=HAPPENINGS[What.CANCELLED if cancelled else What.CONVENED],
            title=row.title,
            words=row.place,
            published=row.convened_at,
            updated=row.cancelled_at or changed.get(row.id) or row.convened_at,
            page="sittings.show",
            number=row.id,
            starts_at=row.starts_at,
        )


def _minutes(session: Session, where: _Where) -> Iterator[Item]:
    query = (
        select(Minutes)
        .join(Minutes.sitting)
        .join(Sitting.table)
        .options(joinedload(Minutes.sitting))
        .where(*where, Minutes.state == MinutesState.PUBLISHED, Minutes.published_at.is_not(None))
        .order_by(Minutes.published_at.desc())
    )
    for row in session.scalars(query.limit(MOST)):
        at = row.published_at or row.composed_at
        yield _item(What.MINUTES, row.sitting.title, "", at, at, "minutes.show", row.id)


def _outcomes(session: Session, where: _Where) -> Iterator[Item]:
    query = (
        select(Outcome)
        .join(ThematicTable, ThematicTable.id == Outcome.table_id)
        .options(joinedload(Outcome.minutes).joinedload(Minutes.sitting))
        .where(*where)
        .order_by(Outcome.opened_at.desc())
    )
    for row in session.scalars(query.limit(MOST)):
        what = What.OUTCOME_CLOSED if row.closed_at else What.OUTCOME_OPENED
        title, at = row.minutes.sitting.title, row.closed_at or row.opened_at
        yield _item(what, title, "", row.opened_at, at, "outcomes.show", row.id)


def _proposals(session: Session, where: _Where) -> Iterator[Item]:
    query = (
        select(Proposal)
        .join(Proposal.table)
        .where(*where, Proposal.state == ProposalState.ADMITTED, Proposal.decided_at.is_not(None))
        .order_by(Proposal.decided_at.desc())
    )
    for row in session.scalars(query.limit(MOST)):
        at = row.decided_at or row.submitted_at
        # A hidden one is sent once more: else a feed reader keeps the words that it has.
        yield _item(
            What.PROPOSAL, row.title, row.body, at, row.hidden_at or at, "proposals.show", row.id
        )  # fmt: skip


def _blocks(session: Session, where: _Where) -> Iterator[Item]:
    """What the office wrote into a plan that is no draft; not what the platform writes itself."""
    here = select(ThematicTable.cycle_id).where(*where)
    query = (
        select(Block)
        .join(Block.chapter)
        .join(Plan, Plan.cycle_id == Chapter.cycle_id)
        .options(joinedload(Block.chapter))
        .where(Chapter.cycle_id.in_(here), Plan.state != PlanState.DRAFT)
        .where(Block.removed_at.is_(None), Block.generated_at.is_(None))
        .order_by(Block.written_at.desc())
    )
    for row in session.scalars(query.limit(MOST)):
        yield _item(
            What.BLOCK, row.chapter.title, row.body, row.written_at, row.current.at,
            "plan.paragraph", row.id,
        )  # fmt: skip


# The name of the id in the address of each page.
_ARGUMENTS = {
    "minutes.show": "minutes_id",
    "outcomes.show": "outcome_id",
    "proposals.show": "proposal_id",
    "plan.paragraph": "paragraph_id",
    "sittings.show": "sitting_id",
}


def _item(
    what: What,
    title: str,
    words: str,
    published: datetime,
    updated: datetime,
    page: str,
    number: int,
) -> Item:
    return Item(
        uid=f"{page.partition('.')[0]}-{number}",
        what=HAPPENINGS[what],
        title=title,
        words=words,
        published=published,
        updated=max(published, updated),
        page=page,
        number=number,
    )
