"""The second person: who may confirm a proposed mandate, and which proposals wait for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from consultazione.core.actor import Actor
from consultazione.core.errors import Sentence
from consultazione.core.permissions import Permission, may
from consultazione.people.backers import why_not_two
from consultazione.people.models import Category, Mandate, MandateState, Organisation


def needs_second_person(organisation: Organisation) -> bool:
    """True for a union: its delegates sign, so nobody alone can make one."""
    return organisation.category is Category.UNION


def why_not_confirm(
    session: Session, actor: Actor, mandate: Mandate, *, at: datetime
) -> Sentence | None:
    """Why an actor may not confirm a proposed mandate; None if they may.

    Those who may: the plan office and the administrators, unless one person made them and who
    proposed it (`why_not_two`), and delegates of the union with a valid mandate that is older;
    but neither who proposed it nor the delegate themselves.
    """
    if actor.person_id is None or actor.person_id == mandate.person_id:
        return _("Nobody confirms their own mandate: somebody else has to do it.")
    if actor.person_id == mandate.given_by:
        return _("You have proposed this mandate: a second person has to confirm it.")
    if session.scalar(_older(mandate, actor.person_id, at).limit(1)) is not None:
        return None
    zone_id = mandate.organisation.zone_id
    if may(actor, Permission.CONFIRM_ANY_MANDATE, zone_id=zone_id):
        return why_not_two(session, mandate.given_by, actor.person_id, zone_id=zone_id)
    return _(
        "Only the plan office, an administrator or a delegate of this union with an older "
        "mandate can confirm this one."
    )


def may_turn_down(session: Session, actor: Actor, mandate: Mandate, *, at: datetime) -> bool:
    """True for who may confirm a proposed mandate, for who proposed it, and for the offices.

    Where no second person is left, an office still clears the proposal away.
    """
    if actor.person_id is not None and actor.person_id == mandate.given_by:
        return True
    zone_id = mandate.organisation.zone_id
    if may(actor, Permission.CONFIRM_ANY_MANDATE, zone_id=zone_id):
        return actor.person_id != mandate.person_id
    return why_not_confirm(session, actor, mandate, at=at) is None


def proposed_mandates(session: Session, zone_id: int, *, at: datetime) -> list[Mandate]:
    """The mandates of a zone that wait for a second person, oldest first."""
    query = (
        select(Mandate)
        .join(Mandate.organisation)
        .options(joinedload(Mandate.organisation), joinedload(Mandate.person))
        .where(Organisation.zone_id == zone_id, Mandate.confirmed_at.is_(None))
        .where(~Mandate.is_over(at))
        .order_by(Mandate.id)
    )
    return list(session.scalars(query))


def confirmable(
    session: Session, proposed: Sequence[Mandate], actor: Actor, *, at: datetime
) -> list[Mandate]:
    """Those of several proposed mandates that an actor may confirm."""
    return [m for m in proposed if why_not_confirm(session, actor, m, at=at) is None]


def is_proposed(mandate: Mandate, *, at: datetime) -> bool:
    """True while a mandate waits for a second person, and its last day has not passed."""
    return mandate.state(at) is MandateState.PROPOSED and not mandate.is_over(at)


def _older(mandate: Mandate, person_id: int, at: datetime) -> Select[int]:
    return (
        select(Mandate.id)
        .where(Mandate.person_id == person_id, Mandate.id < mandate.id)
        .where(Mandate.organisation_id == mandate.organisation_id, Mandate.is_valid(at))
    )
