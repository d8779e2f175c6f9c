"""Linking an account to somebody at the gateway: a part of the commands that do so."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.people.events import person_stream
from consultazione.people.gateway.events import GatewayLinked, GatewayUnlinked, IdentifiedByGateway
from consultazione.people.gateway.levels import assurance_of
from consultazione.people.gateway.models import GatewayIdentity
from consultazione.people.gateway.subjects import Subject
from consultazione.people.models import Person


def find_locked(tx: Transaction, subject: Subject) -> GatewayIdentity | None:
    """What links an account to a subject, locked FOR UPDATE; None if nothing does."""
    here = GatewayIdentity.subject_digest.in_(subject.digests)
    query = select(GatewayIdentity).where(here).with_for_update()
    return tx.session.scalar(query.execution_options(populate_existing=True))


def link(tx: Transaction, person: Person, subject: Subject) -> None:
    """Link an account, which the caller has locked and proved, to a subject.

    Conflict if either is linked already.
    """
    row = GatewayIdentity(
        subject_digest=subject.digests[0],
        person_id=person.id,
        level=subject.level,
        linked_at=tx.now,
        used_at=tx.now,
    )
    try:
        with tx.session.begin_nested():
            tx.session.add(row)
    except IntegrityError as error:
        raise Conflict(
            _(
                "This account, or your SPID or CIE, is linked already: unlink it first on the"
                " profile."
            )
        ) from error
    tx.record(person_stream(person.id), GatewayLinked(person_id=person.id))
    note_identified(tx, person, subject)


def note_identified(tx: Transaction, person: Person, subject: Subject) -> None:
    """Raise how sure it is who a person is, if the gateway vouches for more than was known."""
    level = assurance_of(subject.level)
    if person.assurance >= level:
        return
    person.assurance = level
    event = IdentifiedByGateway(person_id=person.id, level=level, spid_level=subject.level)
    tx.record(person_stream(person.id), event)


def unlink(tx: Transaction, person_id: int) -> bool:
    """Unlink an account from the gateway; False if it was not linked. Checks no permission."""
    query = delete(GatewayIdentity).filter_by(person_id=person_id)
    if tx.session.scalar(query.returning(GatewayIdentity.person_id)) is None:
        return False
    tx.record(person_stream(person_id), GatewayUnlinked(person_id=person_id))
    return True
