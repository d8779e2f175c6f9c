"""Who may evaluate a proposal: who runs its table, and whom they have asked to.

Neither of them if they wrote or signed it: nobody evaluates what is their own.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from consultazione.core.actor import Actor, Role
from consultazione.core.errors import NotAllowed
from consultazione.core.permissions import Permission, require
from consultazione.people.models import Person, RoleGrant
from consultazione.proposals.answers.models import ProposalEvaluation
from consultazione.proposals.cosigners.queries import has_signed, signed_by
from consultazione.proposals.models import Proposal

# An evaluator is an official: somebody who has one of these at the table, or in its zone.
OFFICIALS = frozenset({Role.FACILITATOR, Role.COORDINATOR, Role.PLAN_OFFICE, Role.ADMINISTRATOR})


def require_evaluator(
    session: Session, actor: Actor, permission: Permission, proposal: Proposal
) -> None:
    """Raise NotAllowed unless the actor runs the table, or evaluates the proposal.

    Whoever was asked and has lost their role since evaluates it no more.
    """
    zone_id, table_id = proposal.table.zone_id, proposal.table_id
    evaluation = session.get(ProposalEvaluation, proposal.id)
    is_official = not OFFICIALS.isdisjoint(actor.roles(zone_id, table_id))
    named = evaluation.evaluator_id if evaluation and is_official else None
    require(actor, permission, zone_id=zone_id, table_id=table_id, named=named)
    if is_own(session, proposal, actor.person_id):
        raise NotAllowed(_("You wrote or signed this proposal: somebody else evaluates it."))


def may_evaluate(session: Session, actor: Actor, proposal: Proposal) -> bool:
    """True if the actor may read and write what is prepared on a proposal."""
    if not actor.grants:
        return False
    try:
        require_evaluator(session, actor, Permission.READ_EVALUATION, proposal)
    except NotAllowed:
        return False
    return True


def is_own(session: Session, proposal: Proposal, person_id: int | None) -> bool:
    """True for who wrote a proposal or signed it with its author."""
    return proposal.author_id == person_id or has_signed(session, proposal.id, person_id)


def owned_by(person_id: int | None) -> ColumnElement[bool]:
    """The same as a condition of a query on proposals."""
    return or_(Proposal.author_id == person_id, signed_by(person_id))


def evaluators(session: Session, proposal: Proposal) -> list[tuple[int, str]]:
    """Who can be asked to evaluate a proposal, by name: id and name of each official."""
    held = select(RoleGrant.person_id).where(
        RoleGrant.zone_id == proposal.table.zone_id,
        RoleGrant.role.in_(OFFICIALS),
        or_(RoleGrant.table_id.is_(None), RoleGrant.table_id == proposal.table_id),
    )
    query = (
        select(Person.id, Person.shown_name)
        .where(Person.id.in_(held), Person.blocked_at.is_(None))
        .order_by(Person.display_name, Person.id)
    )
    return [
        (person_id, name)
        for person_id, name in session.execute(query)
        if not is_own(session, proposal, person_id)
    ]
