"""Searching proposals by table, state and words, page by page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal_column, select, tuple_
from sqlalchemy.orm import Session

from consultazione.proposals.models import WORDS, Proposal, ProposalState, Support
from consultazione.proposals.queries import WITH_AUTHOR
from consultazione.tables.models import ThematicTable

_ITALIAN: ColumnElement[Any] = literal_column("'italian'::regconfig")
_WORDS: ColumnElement[Any] = literal_column(WORDS)
_SUPPORTS = (
    select(func.count())
    .where(Support.proposal_id == Proposal.id)
    .correlate(Proposal)
    .scalar_subquery()
)
_KEY = re.compile(r"([0-9]{1,9})\.([0-9]{1,15})")


class Order(StrEnum):
    """The order of a list of proposals."""

    NEWEST = "newest"
    SUPPORTED = "supported"


@dataclass(frozen=True, kw_only=True)
class Filter:
    """The criteria of a search; `words` as typed, empty for none."""

    zone_id: int
    table_id: int | None = None
    state: ProposalState | None = None
    words: str = ""
    order: Order = Order.NEWEST


@dataclass(frozen=True)
class Listed:
    """A search result: a proposal and the number of its supports."""

    proposal: Proposal
    supports: int

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
    query = select(Proposal, _SUPPORTS).join(Proposal.table).options(*WITH_AUTHOR)
    query = _chosen(query, criteria)
    query = _beyond(query, criteria.order, after)
    return [Listed(*row) for row in session.execute(query.limit(limit))]


def _chosen(query: Select[Any], criteria: Filter) -> Select[Any]:
    query = query.where(ThematicTable.zone_id == criteria.zone_id)
    if criteria.table_id is not None:
        query = query.where(Proposal.table_id == criteria.table_id)
    if criteria.state is not None:
        query = query.where(Proposal.state == criteria.state)
    if criteria.words:
        words = func.websearch_to_tsquery(_ITALIAN, criteria.words)
        query = query.where(_WORDS.bool_op("@@")(words))
    return query


def _beyond(query: Select[Any], order: Order, after: str) -> Select[Any]:
    key = _KEY.fullmatch(after)
    supports, proposal_id = map(int, key.groups()) if key else (0, 0)
    if order is Order.SUPPORTED:
        if key:
            query = query.where(tuple_(_SUPPORTS, Proposal.id) < (supports, proposal_id))
        return query.order_by(_SUPPORTS.desc(), Proposal.id.desc())
    if key:
        query = query.where(Proposal.id < proposal_id)
    return query.order_by(Proposal.id.desc())
