"""Needs of a cycle, and the proposals that name them."""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consultazione.core.errors import Invalid, NotFound
from consultazione.proposals.models import Proposal, ProposalNeed
from consultazione.zones.models import Priority
from consultazione.zones.queries import chapters, priorities


def needs(session: Session, cycle_id: int) -> list[Priority]:
    """The needs that a cycle addresses, by rank."""
    query = select(Priority).where(Priority.cycle_id == cycle_id, Priority.is_need)
    return list(session.scalars(query.order_by(Priority.rank)))


def needs_among(session: Session, cycle_id: int, need_ids: Collection[int]) -> list[Priority]:
    """The needs of a cycle with these ids; Invalid on `need_ids` if one is none of them."""
    found = [need for need in needs(session, cycle_id) if need.id in need_ids] if need_ids else []
    if len(found) < len(set(need_ids)):
        raise Invalid.at("need_ids", _("Choose among the needs of this plan."))
    return found


def strategic_priorities(session: Session, cycle_id: int) -> list[Priority]:
    """The strategic priorities of a cycle, by rank: what it addresses beside needs."""
    return [one for one in priorities(session, cycle_id) if not one.is_need]


def is_named(session: Session, chapter_id: int) -> bool:
    """True if a proposal names a chapter of the plan."""
    found = select(Proposal.id).where(Proposal.chapter_id == chapter_id).limit(1)
    return session.scalar(found) is not None


def require_in_plan(
    session: Session, cycle_id: int, *, chapter_id: int | None, priority_id: int | None
) -> None:
    """Invalid on the field, unless chapter and priority, where there are any, are of a cycle."""
    if chapter_id is not None and all(one.id != chapter_id for one in chapters(session, cycle_id)):
        raise Invalid.at("chapter_id", _("Choose among the chapters of this plan."))
    if priority_id is None:
        return
    if all(one.id != priority_id for one in strategic_priorities(session, cycle_id)):
        raise Invalid.at("priority_id", _("Choose among the strategic priorities of this plan."))


def get_need(session: Session, need_id: int) -> Priority:
    """A need by id; NotFound if there is none."""
    need = session.get(Priority, need_id)
    if need is None or not need.is_need:
        raise NotFound(_("There is no such need."))
    return need


def needs_of(session: Session, proposal_id: int) -> list[Priority]:
    """The needs that a proposal names, by rank."""
    query = (
        select(Priority)
        .join(ProposalNeed, ProposalNeed.need_id == Priority.id)
        .where(ProposalNeed.proposal_id == proposal_id)
        .order_by(Priority.rank)
    )
    return list(session.scalars(query))


def proposals_for(session: Session, need_id: int) -> list[Proposal]:
    """The proposals that name a need, with their tables: the living first, then the newest."""
    query = (
        select(Proposal)
        .join(ProposalNeed, ProposalNeed.proposal_id == Proposal.id)
        .options(joinedload(Proposal.table), joinedload(Proposal.author))
        .where(ProposalNeed.need_id == need_id)
        .order_by(Proposal.living.desc(), Proposal.id.desc())
    )
    return list(session.scalars(query))
