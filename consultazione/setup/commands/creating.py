"""Making a zone out of a draft, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from consultazione.core.actor import SYSTEM, Role
from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid, Refusal
from consultazione.core.permissions import Permission, acting_person, require
from consultazione.people.commands.roles import give_role
from consultazione.people.models import Person
from consultazione.people.queries import actor_of
from consultazione.setup.checks import check_step, zone_slug
from consultazione.setup.drafts import own_draft
from consultazione.setup.outline import Outline, outline_of
from consultazione.tables.commands import set_up_table
from consultazione.zones.commands.path import open_phase
from consultazione.zones.commands.setting_up import set_up_zone
from consultazione.zones.models import Cycle, Zone, ZoneKind
from consultazione.zones.queries import current_cycle, phases


def create_zone(tx: Transaction, *, draft_id: int) -> Zone:
    """Set up the zone that one's own draft describes, and return it; the draft goes.

    The actor becomes its administrator, by the platform, so that everybody whom they give a role
    comes from them. Locks the draft FOR UPDATE. NotFound if there is no such draft; Invalid, with
    the step as its field, if one is missing or wrong; nothing is set up then.
    """
    require(tx.actor, Permission.CREATE_ZONE)
    person_id = acting_person(tx.actor)
    draft = own_draft(tx.session, draft_id, person_id, lock=True)
    outline = outline_of(draft)
    for step, answers in outline.by_step.items():
        with _at_step(step):
            check_step(tx.session, step, answers, person_id=person_id)
    zone = _set_up(tx, outline)
    _appoint(tx, zone)
    with tx.acting_as(actor_of(tx.session, person_id)):
        cycle = current_cycle(tx.session, zone.id)
        _begin_path(tx, cycle, outline)
        _add_tables(tx, cycle, outline)
        _give_roles(tx, zone, outline)
    tx.session.delete(draft)
    return zone


def _set_up(tx: Transaction, outline: Outline) -> Zone:
    place, cycle = outline.by_step["zona"], outline.by_step["ciclo"]
    with _at_step("zona"):
        return set_up_zone(
            tx,
            slug=zone_slug(place),
            name=place["name"],
            kind=ZoneKind(place["kind"]),
            lead_body=place["lead_body"],
            presentation=place["presentation"],
            cycle_start=cycle["first_year"],
            cycle_end=cycle["last_year"],
            sign_off_rule=outline.sign_off_rule,
            sign_off_days=outline.sign_off_days,
            correction_days=outline.correction_days,
            approval_way=outline.approval_way,
            appearance=outline.appearance,
            bodies=outline.bodies,
            chapters=outline.chapters,
            phases=outline.phases,
        )


def _appoint(tx: Transaction, zone: Zone) -> None:
    person = tx.session.get_one(Person, acting_person(tx.actor))
    with tx.acting_as(SYSTEM):
        give_role(tx, zone_id=zone.id, email=person.email or "", role=Role.ADMINISTRATOR)


def _begin_path(tx: Transaction, cycle: Cycle, outline: Outline) -> None:
    first = next(iter(phases(tx.session, cycle.id)), None)
    if outline.starts_on is not None and first is not None:
        open_phase(tx, phase_id=first.id, starts_on=outline.starts_on)


def _add_tables(tx: Transaction, cycle: Cycle, outline: Outline) -> None:
    with _at_step("tavoli"):
        for kind, name, remit in outline.tables:
            set_up_table(tx, cycle_id=cycle.id, kind=kind, name=name, remit=remit)


def _give_roles(tx: Transaction, zone: Zone, outline: Outline) -> None:
    with _at_step("regole"):
        for role, email in outline.roles:
            give_role(tx, zone_id=zone.id, email=email, role=role)


@contextmanager
def _at_step(step: str) -> Iterator[None]:
    """Name the step in what refuses, beside the sentence."""
    try:
        yield
    except Refusal as refusal:
        raise Invalid.at(step, refusal.detail) from refusal
