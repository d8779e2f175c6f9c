"""Commands of the roll: excuses, and substitutes of delegates in one sitting."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, acting_person, may
from consultazione.people.confirming import needs_second_person
from consultazione.people.models import Mandate, Person
from consultazione.people.queries import person_by_email, voice_of
from consultazione.people.separation import lock_person, require_impartial
from consultazione.sittings.attendance import steps
from consultazione.sittings.attendance.events import (
    Excused,
    ExcuseWithdrawn,
    SubstituteNamed,
    SubstituteWithdrawn,
)
from consultazione.sittings.attendance.models import Excuse
from consultazione.sittings.attendance.naming import why_not_name
from consultazione.sittings.attendance.roll import delegates_of, moment_of
from consultazione.sittings.events import attendance_stream
from consultazione.sittings.locking import (
    lock_attendance,
    lock_sitting,
    require_at,
    require_not_closed,
)
from consultazione.sittings.models import Sitting, Substitution

_NOT_EXPECTED = _("Nobody is expected at this sitting by this mandate.")


def excuse(
    tx: Transaction,
    *,
    sitting_id: int,
    organisation_id: int,
    person_id: int | None = None,
    reason: str = "",
) -> Excuse:
    """Excuse an organisation, or one of its delegates, from a sitting; idempotent.

    A delegate may excuse themselves or the organisation, the desk anybody; only they may read
    the reason, which may be about somebody's health. Locks the sitting FOR UPDATE. NotFound
    if the organisation or the delegate is not expected, NotAllowed for other actors, Conflict
    once the sitting is closed.
    """
    sitting = _lock_sitting_not_over(tx, sitting_id, Permission.EXCUSE)
    _check_delegate(tx, sitting, organisation_id, person_id)
    existing = _find_excuse(tx, sitting_id, organisation_id, person_id)
    if existing is not None and existing.reason == reason:
        return existing
    stored = existing or Excuse(
        sitting_id=sitting_id, organisation_id=organisation_id, person_id=person_id
    )
    stored.reason, stored.excused_at = reason, tx.now
    tx.session.add(stored)
    tx.record(
        attendance_stream(sitting_id),
        Excused(
            sitting_id=sitting_id,
            organisation_id=organisation_id,
            person_id=person_id,
            reason=FreeText(reason),
        ),
    )
    return stored


def withdraw_excuse(
    tx: Transaction, *, sitting_id: int, organisation_id: int, person_id: int | None = None
) -> None:
    """Withdraw the excuse of an organisation or of one of its delegates; idempotent.

    Locks and errors as in `excuse`.
    """
    sitting = _lock_sitting_not_over(tx, sitting_id, Permission.WITHDRAW_EXCUSE)
    _check_delegate(tx, sitting, organisation_id, person_id)
    existing = _find_excuse(tx, sitting_id, organisation_id, person_id)
    if existing is None:
        return
    tx.session.delete(existing)
    event = ExcuseWithdrawn(
        sitting_id=sitting_id, organisation_id=organisation_id, person_id=person_id
    )
    tx.record(attendance_stream(sitting_id), event)


def name_substitute(
    tx: Transaction, *, sitting_id: int, mandate_id: int, email: str
) -> Substitution:
    """Name the person who acts under a delegate's mandate in this sitting; idempotent.

    The delegate names them; the desk on their behalf, but neither for a union nor the person
    at the desk. NotAllowed for others (`naming.why_not_name`). If the desk names somebody who
    is present already, they leave and enter again under the mandate, and their hands are
    withdrawn. Locks the sitting FOR UPDATE, the person, and the mandate FOR SHARE. Invalid for
    who holds an office that excludes a union, for a person with a mandate of their own or who
    substitutes another delegate: in a sitting a person speaks for one organisation only.
    Conflict if the previous substitute is present, if a delegate names somebody who is, or
    once the sitting is closed.
    """
    sitting = _lock_sitting_not_over(tx, sitting_id, Permission.NAME_SUBSTITUTE)
    mandate = _expected_mandate(tx, sitting, mandate_id)
    person = person_by_email(tx.session, email)
    existing = tx.session.get(Substitution, (sitting_id, mandate_id))
    if existing is not None and existing.person_id == person.id:
        return existing
    _check_substitute(tx, sitting, mandate, person)
    _check_no_other_voice(tx, sitting, person.id)
    if existing is not None:
        _withdraw(tx, existing)
    substitution = Substitution(
        sitting_id=sitting_id, mandate_id=mandate.id, person_id=person.id, named_at=tx.now
    )
    tx.session.add(substitution)
    tx.flush()
    event = SubstituteNamed(sitting_id=sitting_id, mandate_id=mandate.id, person_id=person.id)
    tx.record(attendance_stream(sitting_id), event)
    _reenter(tx, sitting, person.id)
    return substitution


def withdraw_substitute(tx: Transaction, *, sitting_id: int, mandate_id: int) -> None:
    """Withdraw a delegate's substitute in this sitting; idempotent.

    Locks the sitting FOR UPDATE. Conflict while the substitute is present, or once the
    sitting is closed.
    """
    sitting = _lock_sitting_not_over(tx, sitting_id, Permission.WITHDRAW_SUBSTITUTE)
    _expected_mandate(tx, sitting, mandate_id)
    existing = tx.session.get(Substitution, (sitting_id, mandate_id))
    if existing is not None:
        _withdraw(tx, existing)


def _withdraw(tx: Transaction, substitution: Substitution) -> None:
    if lock_attendance(tx, substitution.sitting_id, substitution.person_id) is not None:
        raise Conflict(_("The substitute is in the sitting: they must leave it first."))
    tx.session.delete(substitution)
    tx.flush()
    event = SubstituteWithdrawn(
        sitting_id=substitution.sitting_id,
        mandate_id=substitution.mandate_id,
        person_id=substitution.person_id,
    )
    tx.record(attendance_stream(substitution.sitting_id), event)


def _reenter(tx: Transaction, sitting: Sitting, person_id: int) -> None:
    """Have a person who is present leave and enter again, under the mandate they now have."""
    attendance = lock_attendance(tx, sitting.id, person_id)
    if attendance is None:
        return
    if not _runs_desk(tx, sitting):
        raise Conflict(
            _("This person is in the sitting: they must leave it before you can name them.")
        )
    in_hall = attendance.in_hall
    steps.depart(tx, [attendance])
    tx.flush()
    back = steps.arrive(tx, sitting, person_id)
    if in_hall:
        steps.register_in_hall(tx, back)


def _lock_sitting_not_over(tx: Transaction, sitting_id: int, permission: Permission) -> Sitting:
    """Lock a sitting FOR UPDATE; check the actor's permission, and that it is not over."""
    sitting = lock_sitting(tx, sitting_id)
    require_at(tx, permission, sitting)
    require_not_closed(sitting)
    return sitting


def _check_delegate(
    tx: Transaction, sitting: Sitting, organisation_id: int, person_id: int | None
) -> None:
    """Raise NotFound unless they are expected, NotAllowed unless the actor answers for them."""
    delegates = delegates_of(tx.session, sitting).get(organisation_id)
    if delegates is None:
        raise NotFound(_("This organisation has no seat at the table."))
    persons = {mandate.person_id for mandate in delegates}
    if person_id is not None and person_id not in persons:
        raise NotFound(_("This person is no delegate of the organisation."))
    actor_id = acting_person(tx.actor)
    if _runs_desk(tx, sitting) or (actor_id in persons and person_id in (None, actor_id)):
        return
    raise NotAllowed(_("Only its delegates, or who runs the desk, answer for an organisation."))


def _expected_mandate(tx: Transaction, sitting: Sitting, mandate_id: int) -> Mandate:
    """Return the mandate of an expected delegate, for whom the actor answers."""
    expected = delegates_of(tx.session, sitting)
    mandates = {m.id: m for delegates in expected.values() for m in delegates}
    mandate = mandates.get(mandate_id)
    if mandate is None:
        raise NotFound(_NOT_EXPECTED)
    refused = why_not_name(tx.actor, sitting, mandate)
    if refused is not None:
        raise NotAllowed(refused)
    return mandate


def _check_substitute(tx: Transaction, sitting: Sitting, mandate: Mandate, person: Person) -> None:
    """Raise Invalid for somebody who may not be the substitute, NotFound if the mandate ended."""
    if person.id == tx.actor.person_id:
        raise Invalid.at("email", _("Nobody names themselves: name somebody else."))
    lock_person(tx, person.id)
    if needs_second_person(mandate.organisation):
        table = sitting.table
        require_impartial(tx, person, zone_id=table.zone_id, table_id=table.id)
    tx.session.refresh(mandate, ["ended_at"], with_for_update={"read": True})
    if mandate.ended_at is not None:
        raise NotFound(_NOT_EXPECTED)


def _check_no_other_voice(tx: Transaction, sitting: Sitting, person_id: int) -> None:
    """Raise Invalid if a person speaks for another organisation in the sitting."""
    zone_id = sitting.table.zone_id
    voice = voice_of(tx.session, person_id, zone_id=zone_id, at=moment_of(sitting))
    if voice.mandate_id is not None:
        has_mandate = _("This person speaks for an organisation by a mandate of their own.")
        raise Invalid.at("email", has_mandate)
    query = select(Substitution).filter_by(sitting_id=sitting.id, person_id=person_id)
    if tx.session.scalar(query) is not None:
        raise Invalid.at("email", _("This person is the substitute of another delegate."))


def _runs_desk(tx: Transaction, sitting: Sitting) -> bool:
    table = sitting.table
    return may(tx.actor, Permission.RUN_DESK, zone_id=table.zone_id, table_id=table.id)


def _find_excuse(
    tx: Transaction, sitting_id: int, organisation_id: int, person_id: int | None
) -> Excuse | None:
    return tx.session.scalar(
        select(Excuse).filter_by(
            sitting_id=sitting_id, organisation_id=organisation_id, person_id=person_id
        )
    )
