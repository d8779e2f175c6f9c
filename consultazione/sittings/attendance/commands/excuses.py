"""The roll of a sitting: who is excused, and who acts for a delegate in this sitting."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, acting_person, may
from consultazione.people.models import Mandate
from consultazione.people.queries import person_by_email, voice_of
from consultazione.sittings.attendance import steps
from consultazione.sittings.attendance.events import (
    Excused,
    ExcuseWithdrawn,
    SubstituteNamed,
    SubstituteWithdrawn,
    attendance_stream,
)
from consultazione.sittings.attendance.models import Excuse, Substitution
from consultazione.sittings.attendance.roll import day_of, delegates_of
from consultazione.sittings.locking import (
    lock_attendance,
    lock_sitting,
    require_at,
    require_not_closed,
)
from consultazione.sittings.models import Sitting


def excuse(
    tx: Transaction,
    *,
    sitting_id: int,
    organisation_id: int,
    person_id: int | None = None,
    reason: str = "",
) -> Excuse:
    """Excuse an organisation, or one of its delegates, from a sitting; harmless if it is so.

    A delegate excuses themselves or the organisation; who runs the desk, everybody. The
    reason is read by them alone: it may be about somebody's health.
    """
    sitting = _sitting(tx, sitting_id, Permission.EXCUSE)
    _check_delegate(tx, sitting, organisation_id, person_id)
    known = _excuse(tx, sitting_id, organisation_id, person_id)
    if known is not None and known.reason == reason:
        return known
    found = known or Excuse(
        sitting_id=sitting_id, organisation_id=organisation_id, person_id=person_id
    )
    found.reason, found.excused_at = reason, tx.now
    tx.session.add(found)
    tx.record(
        attendance_stream(sitting_id),
        Excused(
            sitting_id=sitting_id,
            organisation_id=organisation_id,
            person_id=person_id,
            reason=FreeText(reason),
        ),
    )
    return found


def withdraw_excuse(
    tx: Transaction, *, sitting_id: int, organisation_id: int, person_id: int | None = None
) -> None:
    """Expect an organisation, or one of its delegates, again; harmless if they are expected."""
    sitting = _sitting(tx, sitting_id, Permission.WITHDRAW_EXCUSE)
    _check_delegate(tx, sitting, organisation_id, person_id)
    known = _excuse(tx, sitting_id, organisation_id, person_id)
    if known is None:
        return
    tx.session.delete(known)
    event = ExcuseWithdrawn(
        sitting_id=sitting_id, organisation_id=organisation_id, person_id=person_id
    )
    tx.record(attendance_stream(sitting_id), event)


def name_substitute(
    tx: Transaction, *, sitting_id: int, mandate_id: int, email: str
) -> Substitution:
    """Name who acts under a delegate's mandate in this sitting; harmless if it is so.

    Invalid for somebody who speaks for an organisation by a mandate of their own, or for
    another delegate: in a sitting a person has one voice. Who is in the sitting already
    comes in anew, in the other name, if the desk says so: their hand goes down with it.
    Conflict if the one named before is in the sitting.
    """
    sitting = _sitting(tx, sitting_id, Permission.NAME_SUBSTITUTE)
    mandate = _mandate(tx, sitting, mandate_id)
    person = person_by_email(tx.session, email)
    known = tx.session.get(Substitution, (sitting_id, mandate_id))
    if known is not None and known.person_id == person.id:
        return known
    _check_free(tx, sitting, person.id)
    if known is not None:
        _withdraw(tx, known)
    named = Substitution(
        sitting_id=sitting_id, mandate_id=mandate.id, person_id=person.id, named_at=tx.now
    )
    tx.session.add(named)
    tx.flush()
    event = SubstituteNamed(sitting_id=sitting_id, mandate_id=mandate.id, person_id=person.id)
    tx.record(attendance_stream(sitting_id), event)
    _come_in_anew(tx, sitting, person.id)
    return named


def withdraw_substitute(tx: Transaction, *, sitting_id: int, mandate_id: int) -> None:
    """Nobody acts for a delegate in this sitting; harmless if nobody does.

    Conflict while the substitute is in the sitting.
    """
    sitting = _sitting(tx, sitting_id, Permission.WITHDRAW_SUBSTITUTE)
    _mandate(tx, sitting, mandate_id)
    known = tx.session.get(Substitution, (sitting_id, mandate_id))
    if known is not None:
        _withdraw(tx, known)


def _withdraw(tx: Transaction, known: Substitution) -> None:
    if lock_attendance(tx, known.sitting_id, known.person_id) is not None:
        raise Conflict(_("The substitute is in the sitting: they must leave it first."))
    tx.session.delete(known)
    tx.flush()
    event = SubstituteWithdrawn(
        sitting_id=known.sitting_id, mandate_id=known.mandate_id, person_id=known.person_id
    )
    tx.record(attendance_stream(known.sitting_id), event)


def _come_in_anew(tx: Transaction, sitting: Sitting, person_id: int) -> None:
    """Who is in a sitting leaves it and is back in the name in which they now speak."""
    attendance = lock_attendance(tx, sitting.id, person_id)
    if attendance is None:
        return
    if not _runs_desk(tx, sitting):
        raise Conflict(_("This person is in the sitting: who runs the desk can name them."))
    in_hall = attendance.in_hall
    steps.depart(tx, [attendance])
    tx.flush()
    steps.arrive(tx, sitting, person_id).in_hall = in_hall


def _sitting(tx: Transaction, sitting_id: int, permission: Permission) -> Sitting:
    """A sitting that is not over, held alone, for an actor with the permission."""
    sitting = lock_sitting(tx, sitting_id)
    require_at(tx, permission, sitting)
    require_not_closed(sitting)
    return sitting


def _check_delegate(
    tx: Transaction, sitting: Sitting, organisation_id: int, person_id: int | None
) -> None:
    """NotFound unless they are expected; NotAllowed unless the actor answers for them."""
    delegates = delegates_of(tx.session, sitting).get(organisation_id)
    if delegates is None:
        raise NotFound(_("This organisation has no seat at the table."))
    persons = {mandate.person_id for mandate in delegates}
    if person_id is not None and person_id not in persons:
        raise NotFound(_("This person is no delegate of the organisation."))
    acting = acting_person(tx.actor)
    if _runs_desk(tx, sitting) or (acting in persons and person_id in (None, acting)):
        return
    raise NotAllowed(_("Only its delegates, or who runs the desk, answer for an organisation."))


def _mandate(tx: Transaction, sitting: Sitting, mandate_id: int) -> Mandate:
    """A mandate by which somebody is expected, for which the actor answers."""
    expected = delegates_of(tx.session, sitting)
    mandates = {one.id: one for delegates in expected.values() for one in delegates}
    mandate = mandates.get(mandate_id)
    if mandate is None:
        raise NotFound(_("Nobody is expected at this sitting by this mandate."))
    _check_delegate(tx, sitting, mandate.organisation_id, None)
    return mandate


def _check_free(tx: Transaction, sitting: Sitting, person_id: int) -> None:
    """Invalid for somebody who has another voice in the sitting."""
    zone_id = sitting.table.zone_id
    voice = voice_of(tx.session, person_id, zone_id=zone_id, on=day_of(sitting))
    if voice.mandate_id is not None:
        own = _("This person speaks for an organisation by a mandate of their own.")
        raise Invalid.at("email", own)
    query = select(Substitution).filter_by(sitting_id=sitting.id, person_id=person_id)
    if tx.session.scalar(query) is not None:
        raise Invalid.at("email", _("This person is the substitute of another delegate."))


def _runs_desk(tx: Transaction, sitting: Sitting) -> bool:
    table = sitting.table
    return may(tx.actor, Permission.RUN_DESK, zone_id=table.zone_id, table_id=table.id)


def _excuse(
    tx: Transaction, sitting_id: int, organisation_id: int, person_id: int | None
) -> Excuse | None:
    return tx.session.scalar(
        select(Excuse).filter_by(
            sitting_id=sitting_id, organisation_id=organisation_id, person_id=person_id
        )
    )
