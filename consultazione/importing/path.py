"""The path of a file: acts with their parts, events, norms and guidelines."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from consultazione.core import clock
from consultazione.importing.context import Context
from consultazione.importing.items import ActItem, GatheringItem, SignatoriesItem
from consultazione.zones.acts.commands.approving import record_approval
from consultazione.zones.acts.commands.signing import name_signatories, record_signatures
from consultazione.zones.commands.path import record_act
from consultazione.zones.gatherings.commands import announce_gathering
from consultazione.zones.library.commands import add_citation
from consultazione.zones.models import Act


def load_act(context: Context, item: ActItem) -> None:
    """Record a formal act with its approval and its signatories."""
    act = record_act(
        context.tx,
        cycle_id=context.cycle.id,
        kind=item["kind"],
        title=item["title"],
        number=item["number"],
        on_day=item["on_day"],
        body=item["body"],
        source=item["source"],
        url=item["url"],
        demo=item["demo"],
    )
    context.acts[item["id"]] = act
    for approval in item["approvals"]:
        record_approval(context.tx, act_id=act.id, **approval)
    for group in item["signatories"]:
        _load_signatories(context, act, group)


def load_gathering(context: Context, item: GatheringItem) -> None:
    """Announce a conference, a seminar or an assembly."""
    day = item["on_day"] or clock.today() + timedelta(days=item["days_from_now"] or 0)
    announce_gathering(
        context.tx,
        cycle_id=context.cycle.id,
        kind=item["kind"],
        title=item["title"],
        description=item["description"],
        starts_at=clock.at_rome(day, item["at"]),
        place=item["place"],
        url=item["url"],
        demo=item["demo"],
    )


def load_citation(context: Context, item: dict[str, Any]) -> None:
    """Add a norm or a guideline to the library."""
    add_citation(context.tx, zone_id=context.zone.id, **item)


def _load_signatories(context: Context, act: Act, group: SignatoriesItem) -> None:
    names, signed_on = "\n".join(group["names"]), group["signed_on"]
    named = name_signatories(
        context.tx, act_id=act.id, kind=group["kind"], names=names, demo=group["demo"]
    )
    if signed_on is not None:
        ids = [one.id for one in named]
        record_signatures(context.tx, act_id=act.id, signatory_ids=ids, signed_on=signed_on)
