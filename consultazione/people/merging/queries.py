"""Queries on accounts that are joined."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from consultazione.core.actor import Actor
from consultazione.core.errors import Sentence
from consultazione.people.backers import why_not_two
from consultazione.people.merging.models import Merge, MergeState
from consultazione.people.models import Person


def proposed_merges(session: Session, zone_id: int) -> list[Merge]:
    """The proposals of a zone that wait for a second person, oldest first."""
    query = (
        select(Merge)
        .options(joinedload(Merge.double), joinedload(Merge.kept))
        .where(Merge.zone_id == zone_id, Merge.state == MergeState.PROPOSED)
        .order_by(Merge.id)
    )
    return list(session.scalars(query))


def accounts_of(session: Session, person_id: int) -> list[int]:
    """The account of a person and those that were joined to it, by id: for all that is "theirs"."""
    query = select(Person.id).where(or_(Person.id == person_id, Person.merged_into == person_id))
    return list(session.scalars(query.order_by(Person.id)))


def why_not_confirm_merge(session: Session, merge: Merge, actor: Actor) -> Sentence | None:
    """Why somebody may not confirm, as the second person, that two accounts are one; or None."""
    if actor.person_id == merge.proposed_by:
        return _("You have proposed this: a second administrator has to confirm it.")
    if actor.person_id in (merge.double_id, merge.kept_id):
        return _("These are your own accounts: another administrator has to confirm it.")
    return why_not_two(session, merge.proposed_by, actor.person_id, zone_id=merge.zone_id)
