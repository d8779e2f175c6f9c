"""Searching proposals by table, state and words, page by page.

PostgreSQL cannot know how many proposals have several words together, or one that it has never
met. Where it expects many it goes through the newest until a page is full, and through all of
them if there is none (0.3 s for 100,000). So the index of words is asked first, for a bounded
number of proposals: if there are no more, the rest of the search is about these alone.

What was refused or withdrawn comes after all that lives, in every order.

Without words the first ones are looked up at each table by itself: those of the whole
installation are mostly of other zones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    func,
    literal_column,
    select,
    text,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from consultazione.proposals.models import STANDING, Proposal, ProposalFile, ProposalState
from consultazione.proposals.queries import WITH_AUTHOR
from consultazione.tables.models import ThematicTable

_ITALIAN: ColumnElement[Any] = literal_column("'italian'::regconfig")
# With more proposals than this that have the words, a page of the newest is soon full.
_FEW = 1000
Query = Select[*tuple[Any, ...]]
_KEY = re.compile(r"([01])\.([0-9]{1,9})\.([0-9]{1,15})")


class Order(StrEnum):
    """The order of a list of proposals."""

    NEWEST = "newest"
    SUPPORTED = "supported"


@dataclass(frozen=True, kw_only=True)
class Filter:
    """The criteria of a search; `words` as typed, empty for none."""

    cycle_id: int
    table_id: int | None = None
    state: ProposalState | None = None
    words: str = ""
    order: Order = Order.NEWEST


@dataclass(frozen=True)
class Listed:
    """A search result: a proposal, with the number of its supports."""

    proposal: Proposal

    @property
    def supports(self) -> int:
        return self.proposal.supports

    @property
    def key(self) -> str:
        """The key of this result, valid in either order, from which the next page continues."""
        living = int(self.proposal.state in STANDING)
        return f"{living}.{self.supports}.{self.proposal.id}"


def find_proposals(
    session: Session, criteria: Filter, *, after: str = "", limit: int = 20
) -> list[Listed]:
    """The proposals that match, at most `limit`, those after the result with key `after`.

    All words must occur, in any inflection (*sportelli* finds *sportello*). A malformed key
    starts over.
    """
    query = select(Proposal).options(*WITH_AUTHOR)
    if criteria.words:
        query = query.join(Proposal.table).where(*_tables(criteria), *_state(criteria))
        query = query.where(_has_words(session, criteria.words))
    else:
        query = query.where(Proposal.id.in_(_first(criteria, after, limit)))
    query = _beyond(query, criteria, after)
    return [Listed(proposal) for proposal in session.scalars(query.limit(limit))]


def _first(criteria: Filter, after: str, limit: int) -> Select[int]:
    """The ids of the first proposals without words, from an index of each table.

    A range from a table to itself, ordered by the table too, since PostgreSQL would else take the
    order from the primary key wherever it takes the table for a large one.
    """
    is_own = Proposal.table_id.between(ThematicTable.id, ThematicTable.id)
    own = select(Proposal.id, Proposal.supports, Proposal.living)
    own = own.where(is_own, *_state(criteria)).order_by(Proposal.table_id.desc())
    found = _beyond(own, criteria, after).limit(limit).lateral()
    first = select(found.c.id).join_from(ThematicTable, found, true()).where(*_tables(criteria))
    order = [getattr(found.c, column.key) for column in _order(criteria)]
    return first.order_by(*(column.desc() for column in order)).limit(limit)


def _tables(criteria: Filter) -> Iterator[ColumnElement[bool]]:
    yield ThematicTable.cycle_id == criteria.cycle_id
    if criteria.table_id is not None:
        yield ThematicTable.id == criteria.table_id


def _state(criteria: Filter) -> Iterator[ColumnElement[bool]]:
    if criteria.state is not None:
        yield Proposal.state == criteria.state


def _has_words(session: Session, words: str) -> ColumnElement[bool]:
    """The condition that a proposal has the words: which ones they are, if they are few."""
    query = func.websearch_to_tsquery(_ITALIAN, words)
    # All the words in the text, or all in one of its files.
    in_file = select(ProposalFile.proposal_id).where(
        ProposalFile.words.bool_op("@@")(query), ProposalFile.withdrawn_at.is_(None)
    )
    own = select(Proposal.id).where(Proposal.words.bool_op("@@")(query))
    matches = Proposal.words.bool_op("@@")(query) | Proposal.id.in_(in_file)
    session.execute(text("SET LOCAL enable_seqscan = off"))
    # Each with its own limit: one over both would read in the order of the primary key.
    few = [one.limit(_FEW + 1).subquery().select() for one in (own, in_file)]
    found = set(session.scalars(union_all(*few)))
    session.execute(text("SET LOCAL enable_seqscan = on"))
    return matches if len(found) > _FEW else Proposal.id.in_(found)


def _order(criteria: Filter) -> list[InstrumentedAttribute[Any]]:
    """The columns that a list is ordered by, each downwards; those of one state live or do not."""
    living = [] if criteria.state else [Proposal.living]
    supports = [Proposal.supports] if criteria.order is Order.SUPPORTED else []
    return [*living, *supports, Proposal.id]


def _beyond(query: Query, criteria: Filter, after: str) -> Query:
    """A query in its order, from the result with that key on."""
    order, key = _order(criteria), _KEY.fullmatch(after)
    if key:
        living, supports, proposal_id = map(int, key.groups())
        last = {"living": bool(living), "supports": supports, "id": proposal_id}
        query = query.where(tuple_(*order) < tuple(last[column.key] for column in order))
    return query.order_by(*(column.desc() for column in order))
