"""The first sections of a file: the zone with its path, tables, organisations and people."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from consultazione.importing.context import Context
from consultazione.importing.items import OrganisationItem, PersonItem, PhaseItem
from consultazione.people.commands.accounts import register
from consultazione.people.commands.mandates import give_mandate
from consultazione.people.commands.organisations import register_organisation
from consultazione.people.commands.roles import give_role
from consultazione.people.credentials.new_password import choose_password
from consultazione.tables.commands import set_up_table, take_seat
from consultazione.zones.commands.path import close_phase, open_phase, set_deadline
from consultazione.zones.commands.setting_up import (
    NewBody,
    NewChapter,
    NewPhase,
    NewPriority,
    set_up_zone,
)
from consultazione.zones.queries import current_cycle, phases

_SET_UP = ("kind", "title", "description", "demo")


def load_zone(context: Context) -> None:
    """Set up the zone with its bodies, chapters, priorities and phases."""
    data = context.data
    item = data["zone"]
    cycle = item.pop("cycle")
    context.zone = set_up_zone(
        context.tx,
        **item,
        cycle_start=cycle["start"],
        cycle_end=cycle["end"],
        bodies=[NewBody(**body) for body in data["bodies"]],
        chapters=[NewChapter(**chapter) for chapter in data["chapters"]],
        priorities=[NewPriority(**priority) for priority in data["priorities"]],
        phases=[NewPhase(**{name: phase[name] for name in _SET_UP}) for phase in data["phases"]],
    )
    context.cycle = current_cycle(context.tx.session, context.zone.id)
    rows = phases(context.tx.session, context.cycle.id)
    context.phase_ids = {phase.kind: phase.id for phase in rows}


def load_phase(context: Context, item: PhaseItem) -> None:
    """Start and close a phase, as far as the file gives its days."""
    phase_id = context.phase_ids[item["kind"]]
    if item["starts_on"]:
        open_phase(context.tx, phase_id=phase_id, starts_on=item["starts_on"])
    if item["due_in_days"]:
        due = context.tx.today + timedelta(days=item["due_in_days"])
        set_deadline(context.tx, phase_id=phase_id, due_on=due)
    if item["closed_on"]:
        act = context.lookup(context.acts, item["closing_act"], "closing_act")
        close_phase(context.tx, phase_id=phase_id, act_id=act.id, closed_on=item["closed_on"])


def load_table(context: Context, item: dict[str, Any]) -> None:
    """Set up a table."""
    reference = item.pop("id")
    context.tables[reference] = set_up_table(context.tx, cycle_id=context.cycle.id, **item)


def load_organisation(context: Context, item: OrganisationItem) -> None:
    """Register an organisation, and give it its seats."""
    organisation = register_organisation(
        context.tx,
        zone_id=context.zone.id,
        name=item["name"],
        category=item["category"],
        demo=context.zone.demo,
    )
    context.organisations[item["id"]] = organisation
    for seat in item["seats"]:
        table_id = context.table_id(seat, "seats")
        take_seat(context.tx, table_id=table_id, organisation_id=organisation.id)


def load_person(context: Context, item: PersonItem) -> None:
    """Open an account, and grant its mandates and roles."""
    email = item["email"]
    person = register(
        context.tx,
        email=email,
        display_name=item["display_name"],
        password=choose_password(item["password"], display_name=item["display_name"], email=email),
        demo=context.zone.demo,
    )
    context.people[email] = person.id
    for mandate in item["mandates"]:
        organisation = context.lookup(context.organisations, mandate["organisation"], "mandates")
        give_mandate(
            context.tx,
            organisation_id=organisation.id,
            email=email,
            act=mandate["act"],
            starts_on=mandate["starts_on"],
            ends_on=mandate["ends_on"],
        )
    for role in item["roles"]:
        give_role(
            context.tx,
            zone_id=context.zone.id,
            email=email,
            role=role["role"],
            table_id=context.table_id(role["table"], "roles") if role["table"] else None,
        )
