"""Asking for the accreditation of an organisation, and deciding on it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from consultazione.core.columns import among
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.core.events import FreeText
from consultazione.core.incoming.uploads import StoredFile
from consultazione.core.mail.outbox import owe
from consultazione.core.permissions import Permission, acting_person, require
from consultazione.people.commands.mandates import give_mandate
from consultazione.people.commands.organisations import register_organisation
from consultazione.people.models import Category, Mandate, Organisation, Person
from consultazione.tables.accrediting.events import (
    AccreditationRefused,
    ApplicationWithdrawn,
    OrganisationAccredited,
    OrganisationApplied,
)
from consultazione.tables.accrediting.models import Application, ApplicationState
from consultazione.tables.accrediting.queries import registered_as
from consultazione.tables.commands import take_seat
from consultazione.tables.models import ThematicTable
from consultazione.zones.events import zone_stream
from consultazione.zones.queries import get_cycle, is_past


def apply_for_accreditation(
    tx: Transaction,
    *,
    cycle_id: int,
    name: str,
    category: Category,
    office: str,
    file: StoredFile,
    table_ids: Collection[int] = (),
    note: str = "",
) -> Application:
    """Ask that an organisation be accredited and that the actor speak for it.

    office: what the actor is in it. file: its statute, or the act. An organisation that is in
    the register already is asked for in the same way: then it is about the mandate. NotFound if
    there is no such cycle; Invalid on `category` for citizens, on `table_ids` for tables that do
    not work in the cycle; Conflict if the cycle is past, or while the actor waits for another.
    """
    cycle = get_cycle(tx.session, cycle_id)
    require(tx.actor, Permission.APPLY_FOR_ACCREDITATION, zone_id=cycle.zone_id)
    if is_past(tx.session, cycle.id, at=tx.now):
        raise Conflict(_("This cycle is past: ask in the one that goes on."))
    if category is Category.CITIZEN:
        raise Invalid.at("category", _("A citizen takes part alone: choose another kind."))
    application = Application(
        zone_id=cycle.zone_id,
        cycle_id=cycle.id,
        person_id=acting_person(tx.actor),
        name=name,
        category=category,
        office=office,
        note=note,
        table_ids=_working(tx, cycle.id, table_ids),
        file_name=file.name,
        media_type=file.media_type,
        size=file.size,
        sha256=file.sha256,
        asked_at=tx.now,
        state=ApplicationState.ASKED,
    )
    try:
        with tx.session.begin_nested():
            tx.session.add(application)
    except IntegrityError as error:
        raise Conflict(
            _("You wait for an answer already: withdraw what you asked before to ask anew.")
        ) from error
    applied = OrganisationApplied(
        application_id=application.id,
        person_id=application.person_id,
        category=category,
        table_ids=application.table_ids,
        sha256=file.sha256,
        called=FreeText(name),
        office=FreeText(office),
        note=FreeText(note),
    )
    tx.record(zone_stream(cycle.zone_id), applied)
    return application


def grant_accreditation(
    tx: Transaction,
    *,
    application_id: int,
    name: str,
    category: Category,
    table_ids: Collection[int] = (),
    ends_on: date | None = None,
) -> Application:
    """Accredit an organisation: it enters the register, who asked speaks for it, and it sits.

    name, category: as they shall stand in the register; those of one that is in it stay. ends_on:
    the last day of the mandate; that of a union waits for a second person. Owes a mail. Locks the
    application FOR UPDATE. NotFound if there is none; NotAllowed for who asked; Conflict if it is
    decided; raises what the commands raise that it runs.
    """
    application = _waiting(tx, application_id, Permission.GRANT_ACCREDITATION)
    if application.person_id == tx.actor.person_id:
        raise NotAllowed(_("Nobody decides on what they asked for: somebody else has to."))
    seats = _working(tx, application.cycle_id, table_ids)
    organisation = _in_register(tx, application, name, category)
    mandate = _authorised(tx, application, organisation, ends_on)
    for table_id in seats:
        take_seat(tx, table_id=table_id, organisation_id=organisation.id)
    _decide(tx, application, ApplicationState.GRANTED)
    application.organisation_id, application.mandate_id = organisation.id, mandate.id
    accredited = OrganisationAccredited(
        application_id=application.id, organisation_id=organisation.id, mandate_id=mandate.id
    )
    tx.record(zone_stream(application.zone_id), accredited)
    _tell(tx, application)
    return application


def refuse_accreditation(tx: Transaction, *, application_id: int, reason: str) -> Application:
    """Refuse an accreditation, for a reason that who asked reads. Owes a mail.

    Locks and errors as in `grant_accreditation`.
    """
    application = _waiting(tx, application_id, Permission.REFUSE_ACCREDITATION)
    if application.person_id == tx.actor.person_id:
        raise NotAllowed(_("Nobody decides on what they asked for: somebody else has to."))
    _decide(tx, application, ApplicationState.REFUSED)
    application.reason = reason
    refused = AccreditationRefused(application_id=application.id, reason=FreeText(reason))
    tx.record(zone_stream(application.zone_id), refused)
    _tell(tx, application)
    return application


def withdraw_application(tx: Transaction, *, application_id: int) -> Application:
    """Ask no more. Locks the application; NotFound for others than who asked; Conflict if it is
    decided.
    """
    application = _waiting(tx, application_id, Permission.WITHDRAW_APPLICATION)
    if application.person_id != tx.actor.person_id:
        raise _no_such()
    application.state, application.decided_at = ApplicationState.WITHDRAWN, tx.now
    withdrawn = ApplicationWithdrawn(application_id=application.id)
    tx.record(zone_stream(application.zone_id), withdrawn)
    return application


def _waiting(tx: Transaction, application_id: int, permission: Permission) -> Application:
    """An application that waits, locked FOR UPDATE."""
    application = tx.session.get(
        Application, application_id, with_for_update={"of": Application}, populate_existing=True
    )
    if application is None:
        raise _no_such()
    require(tx.actor, permission, zone_id=application.zone_id)
    if application.state is not ApplicationState.ASKED:
        raise Conflict(_("This application is decided already."))
    return application


def _working(tx: Transaction, cycle_id: int, table_ids: Collection[int]) -> list[int]:
    """The ids in their order, each once; Invalid if one is no table that works in the cycle."""
    query = select(ThematicTable.id).where(
        ThematicTable.cycle_id == cycle_id,
        ThematicTable.closed_at.is_(None),
        among(ThematicTable.id, table_ids),
    )
    found = sorted(tx.session.scalars(query))
    if len(found) != len(set(table_ids)):
        raise Invalid.at("table_ids", _("Choose among the tables of this cycle that work."))
    return found


def _in_register(
    tx: Transaction, application: Application, name: str, category: Category
) -> Organisation:
    known = registered_as(tx.session, application.zone_id, name)
    if known is not None:
        return known
    return register_organisation(tx, zone_id=application.zone_id, name=name, category=category)


def _authorised(
    tx: Transaction, application: Application, organisation: Organisation, ends_on: date | None
) -> Mandate:
    """The mandate of who asked; Conflict if they speak for the organisation already."""
    holds = (
        select(Mandate.id)
        .where(Mandate.person_id == application.person_id, ~Mandate.is_over(tx.now))
        .where(Mandate.organisation_id == organisation.id)
    )
    if tx.session.scalar(holds.limit(1)) is not None:
        raise Conflict(_("This person speaks for the organisation already."))
    person = tx.session.get_one(Person, application.person_id)
    return give_mandate(
        tx,
        organisation_id=organisation.id,
        email=person.email or "",
        act=f"{application.file_name} ({application.office})"[:200],
        starts_on=tx.today,
        ends_on=ends_on,
        files=[_file(application)],
    )


def _file(application: Application) -> StoredFile:
    return StoredFile(
        name=application.file_name,
        media_type=application.media_type,
        size=application.size,
        sha256=application.sha256,
    )


def _decide(tx: Transaction, application: Application, state: ApplicationState) -> None:
    application.state, application.decided_at = state, tx.now
    application.decided_by = tx.actor.person_id


def _tell(tx: Transaction, application: Application) -> None:
    language = tx.session.get_one(Person, application.person_id).language
    owe(tx, "accreditation", person_id=application.person_id, language=language)


def _no_such() -> NotFound:
    return NotFound(_("There is no such application."))
