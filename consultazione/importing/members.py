"""Who takes part: organisations with their seats, people with their mandates and roles.

Several documents may name the same ones: an organisation is known by its name within the zone,
a person by the e-mail address. What is there already is taken as it is.
"""

from __future__ import annotations

from consultazione.core.db import Transaction
from consultazione.importing.context import Context
from consultazione.importing.faults import Fault
from consultazione.importing.items import (
    AccountItem,
    MandateItem,
    OrganisationItem,
    PersonItem,
    RoleItem,
)
from consultazione.people.commands.accounts import register
from consultazione.people.commands.identifying import identify_person
from consultazione.people.commands.mandates import give_mandate
from consultazione.people.commands.organisations import register_organisation
from consultazione.people.commands.roles import give_role
from consultazione.people.credentials.new_password import choose_password
from consultazione.people.models import Mandate, Person, RoleGrant
from consultazione.people.queries import find_person, organisation_by_name
from consultazione.tables.commands import take_seat


def load_organisation(context: Context, item: OrganisationItem) -> None:
    """Register an organisation, unless it is in the register, and give it its seats.

    Fault if the register has it in another category.
    """
    organisation = organisation_by_name(context.tx.session, context.zone.id, item["name"])
    if organisation is None:
        organisation = register_organisation(
            context.tx,
            zone_id=context.zone.id,
            name=item["name"],
            category=item["category"],
            demo=context.zone.demo,
        )
    elif organisation.category is not item["category"]:
        reason = f"the zone has {organisation.name!r} already, as {organisation.category.value}"
        raise Fault(("category",), reason)
    context.organisations[item["id"]] = organisation
    for seat in item["seats"]:
        table_id = context.table_id(seat, "seats")
        take_seat(context.tx, table_id=table_id, organisation_id=organisation.id)


def load_person(context: Context, item: PersonItem) -> None:
    """Open an account, unless it is there, and grant the mandates and roles that are new.

    Whoever writes the file of a zone knows the persons in it, unless it says otherwise.
    """
    person = load_account(context.tx, item, demo=context.zone.demo)
    if item["identified"]:
        identify_person(context.tx, zone_id=context.zone.id, person_id=person.id)
    context.people[item["email"]] = person.id
    for mandate in item["mandates"]:
        _grant_mandate(context, person, mandate)
    for role in item["roles"]:
        _grant_role(context, person, role)


def load_account(tx: Transaction, item: AccountItem, *, demo: bool) -> Person:
    """The account with an e-mail address: opened, or the one that is there with its password.

    Fault if that is somebody of another name, or no account of a demonstration while `demo` is.
    """
    person = find_person(tx.session, item["email"])
    if person is not None:
        _check_same(person, item, demo=demo)
        return person
    email, name = item["email"], item["display_name"]
    password = choose_password(item["password"], display_name=name, email=email)
    return register(tx, email=email, display_name=name, password=password, demo=demo)


def _check_same(person: Person, item: AccountItem, *, demo: bool) -> None:
    if person.display_name != item["display_name"]:
        reason = f"{item['email']} is the address of {person.display_name!r} already"
        raise Fault(("display_name",), f"{reason}: write that name, or another address")
    if person.demo is not demo:
        kind = "of a demonstration" if person.demo else "of a real person"
        raise Fault(("email",), f"{item['email']} is an account {kind}: use another address")


def _grant_mandate(context: Context, person: Person, item: MandateItem) -> None:
    organisation = context.lookup(context.organisations, item["organisation"], "mandates")
    known = context.tx.session.query(Mandate).filter_by(
        person_id=person.id,
        organisation_id=organisation.id,
        act=item["act"],
        starts_on=item["starts_on"],
    )
    if known.first() is None:
        give_mandate(
            context.tx,
            organisation_id=organisation.id,
            email=person.email or "",
            act=item["act"],
            starts_on=item["starts_on"],
            ends_on=item["ends_on"],
        )


def _grant_role(context: Context, person: Person, item: RoleItem) -> None:
    table_id = context.table_id(item["table"], "roles") if item["table"] else None
    zone_id, role = context.zone.id, item["role"]
    known = context.tx.session.query(RoleGrant).filter_by(
        person_id=person.id, role=role, zone_id=zone_id, table_id=table_id
    )
    if known.first() is None:
        give_role(
            context.tx, zone_id=zone_id, email=person.email or "", role=role, table_id=table_id
        )
