"""The first sections of a file: the zone with its cycle, its phases and its tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from consultazione.core.errors import Refusal
from consultazione.importing.context import Context
from consultazione.importing.faults import Fault
from consultazione.importing.items import PhaseItem
from consultazione.setup.logos import store_logo
from consultazione.tables.commands import set_up_table
from consultazione.tables.rules import TableRule
from consultazione.zones.commands.path import close_phase, open_phase, set_deadline
from consultazione.zones.commands.setting_up import (
    Appearance,
    NewBody,
    NewChapter,
    NewPhase,
    NewPriority,
    open_cycle,
    set_up_zone,
)
from consultazione.zones.models import Cycle
from consultazione.zones.queries import current_cycle, find_zone, phases

_OF_THE_ZONE = (
    "slug", "name", "kind", "lead_body", "sign_off_rule", "without_quorum", "sign_off_days",
    "four_eyes", "correction_days", "approval_way", "chat_kept", "presentation", "demo",
)  # fmt: skip
_SET_UP = ("kind", "title", "description", "demo")


def load_zone(context: Context) -> None:
    """Set up the zone with its bodies and a cycle, or open one more cycle of a zone that is there.

    The cycle gets its chapters, priorities and phases. Of a zone that is there everything else
    stays as it is.
    """
    context.cycle = _one_more_cycle(context) or _first_cycle(context)
    context.zone = context.cycle.zone
    rows = phases(context.tx.session, context.cycle.id)
    context.phase_ids = {phase.kind: phase.id for phase in rows}


def _one_more_cycle(context: Context) -> Cycle | None:
    """The cycle of a zone that is there; None if the zone is new."""
    item = context.data["zone"]
    zone = find_zone(context.tx.session, item["slug"])
    if zone is None:
        return None
    if zone.name != item["name"]:
        reason = f"{zone.slug!r} is the address of another zone, {zone.name}: choose another"
        raise Fault(("slug",), reason)
    years = {"first_year": item["cycle"]["start"], "last_year": item["cycle"]["end"]}
    with _at_the_years():
        return open_cycle(context.tx, zone_id=zone.id, **years, **_parts(context.data))


def _first_cycle(context: Context) -> Cycle:
    item = context.data["zone"]
    with _at_the_years():
        zone = set_up_zone(
            context.tx,
            **{name: item[name] for name in _OF_THE_ZONE},
            cycle_start=item["cycle"]["start"],
            cycle_end=item["cycle"]["end"],
            appearance=_appearance(context, item),
            bodies=[NewBody(**body) for body in context.data["bodies"]],
            **_parts(context.data),
        )
    return current_cycle(context.tx.session, zone.id)


def _parts(data: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "chapters": [NewChapter(**chapter) for chapter in data["chapters"]],
        "priorities": [NewPriority(**priority) for priority in data["priorities"]],
        "phases": [NewPhase(**{name: one[name] for name in _SET_UP}) for one in data["phases"]],
    }


def _appearance(context: Context, item: Mapping[str, Any]) -> Appearance:
    contacts = item["contacts"]
    return Appearance(
        colour=item["colour"],
        logo=_logo(context, item["logo"]),
        contact_email=contacts.get("email"),
        contact_phone=contacts.get("phone"),
        contact_address=contacts.get("address"),
        contact_pec=contacts.get("pec"),
        contact_hours=contacts.get("hours"),
        website=contacts.get("website"),
        privacy_url=item["privacy_url"],
        accessibility_url=item["accessibility_url"],
        frame_hosts="\n".join(item["frame_hosts"]) or None,
    )


def _logo(context: Context, content: bytes | None) -> str | None:
    return None if content is None else store_logo(context.uploads_dir, content).sha256


@contextmanager
def _at_the_years() -> Iterator[None]:
    """Name the place of the years in the file in what refuses them."""
    try:
        yield
    except Refusal as refusal:
        if refusal.fields.keys() & {"first_year", "last_year", "cycle_end"}:
            raise Fault(("cycle",), str(refusal.detail)) from refusal
        raise


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
    """Set up a table, with the rule of its kind if the file gives it none."""
    reference, rule = item.pop("id"), item.pop("rule")
    context.tables[reference] = set_up_table(
        context.tx,
        cycle_id=context.cycle.id,
        rule=None if rule is None else TableRule(**rule),
        **item,
    )
