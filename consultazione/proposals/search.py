"""Searching proposals by table, state and words, page by page.

PostgreSQL cannot know how many proposals have several words together, or one that it has never
met. Where it expects many it goes through the newest until a page is full, and through all of
them if there is none (0.3 s for 100,000). So the index of words is asked first, for a bounded
number of proposals: if there are no more, the rest of the search is about these alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal_column, select, text, tuple_
from sqlalchemy.orm import Session

from consultazione.proposals.models import Proposal, ProposalState
from consultazione.proposals.queries import WITH_AUTHOR
from consultazione.tables.models import ThematicTable

_ITALIAN: ColumnElement[Any] = literal_column("'italian'::regconfig")
# With more proposals than this that have the words, a page of the newest is soon full.
_FEW = 1000
_KEY = re.compile(r"([0-9]{1,9})\.([0-9]{1,15})")


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
        return f"{self.supports}.{self.proposal.id}"


def find_proposals(
    session: Session, criteria: Filter, *, after: str = "", limit: int = 20
) -> list[Listed]:
    """The proposals that match, at most `limit`, those after the result with key `after`.

    All words must occur, in any inflection (*sportelli* finds *sportello*). A malformed key
    starts over.
    """
    query = select(Proposal).join(Proposal.table).options(*WITH_AUTHOR)
    query = _chosen(query, criteria)
    if criteria.words:
        query = query.where(_has_words(session, criteria.words))
    query = _beyond(query, criteria.order, after)
    return [Listed(proposal) for proposal in session.scalars(query.limit(limit))]


def _chosen(query: Select[Any], criteria: Filter) -> Select[Any]:
    query = query.where(ThematicTable.cycle_id == criteria.cycle_id)
    if criteria.table_id is not None:
        query = query.where(Proposal.table_id == criteria.table_id)
    if criteria.state is not None:
        query = query.where(Proposal.state == criteria.state)
    return query


def _has_words(session: Session, words: str) -> ColumnElement[bool]:
    """The condition that a proposal has the words: which ones they are, if they are few."""
    matches = Proposal.words.bool_op("@@")(func.websearch_to_tsquery(_ITALIAN, words))
    session.execute(text("SET LOCAL enable_seqscan = off"))
    found = session.scalars(select(Proposal.id).where(matches).limit(_FEW + 1)).all()
    session.execute(text("SET LOCAL enable_seqscan = on"))
    return matches if len(found) > _FEW else Proposal.id.in_(found)


def _beyond(query: Select[Any], order: Order, after: str) -> Select[Any]:
    key = _KEY.fullmatch(after)
    supports, proposal_id = map(int, key.groups()) if key else (0, 0)
    if order is Order.SUPPORTED:
        if key:
            query = query.where(tuple_(Proposal.supports, Proposal.id) < (supports, proposal_id))
        return query.order_by(Proposal.supports.desc(), Proposal.id.desc())
    if key:
        query = query.where(Proposal.id < proposal_id)
    return query.order_by(Proposal.id.desc())
