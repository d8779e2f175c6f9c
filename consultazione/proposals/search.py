"""Looking for proposals: by table, state and words, page by page."""

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
    """In which order proposals are listed."""

    NEWEST = "newest"
    SUPPORTED = "supported"


@dataclass(frozen=True, kw_only=True)
class Filter:
    """Which proposals of a zone are looked for."""

    zone_id: int
    table_id: int | None = None
    state: ProposalState | None = None
    words: str = ""
    order: Order = Order.NEWEST


@dataclass(frozen=True)
class Listed:
    """A proposal in a list, with the number of its supports."""

    proposal: Proposal
    supports: int

    @property
    def key(self) -> str:
        """Where the list goes on after this one, in either order."""
        return f"{self.supports}.{self.proposal.id}"


def find_proposals(
    session: Session, which: Filter, *, after: str = "", limit: int = 20
) -> list[Listed]:
    """The proposals looked for, beyond the key of the last one seen.

    Words are found in their Italian forms (*sportelli* finds *sportello*), all of them.
    """
    query = select(Proposal, _SUPPORTS).join(Proposal.table).options(*WITH_AUTHOR)
    query = _chosen(query, which)
    query = _beyond(query, which.order, after)
    return [Listed(*row) for row in session.execute(query.limit(limit))]


def _chosen(query: Select[Any], which: Filter) -> Select[Any]:
    query = query.where(ThematicTable.zone_id == which.zone_id)
    if which.table_id is not None:
        query = query.where(Proposal.table_id == which.table_id)
    if which.state is not None:
        query = query.where(Proposal.state == which.state)
    if which.words:
        asked = func.websearch_to_tsquery(_ITALIAN, which.words)
        query = query.where(_WORDS.bool_op("@@")(asked))
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
