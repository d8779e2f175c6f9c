"""The path of a file: acts with their parts, events, norms and guidelines."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from consultazione.core import clock
from consultazione.importing.context import Context
from consultazione.zones.acts.commands.approving import record_approval
from consultazione.zones.acts.commands.signing import name_signatories, record_signatures
from consultazione.zones.commands.path import record_act
from consultazione.zones.gatherings.commands import announce_gathering
from consultazione.zones.library.commands import add_citation
from consultazione.zones.models import Act


def load_act(context: Context, item: dict[str, Any]) -> None:
    """Record a formal act with its approval and its signatories."""
    reference = item.pop("id")
    approvals, signatories = item.pop("approvals"), item.pop("signatories")
    act = record_act(context.tx, cycle_id=context.cycle.id, **item)
    context.acts[reference] = act
    for approval in approvals:
        record_approval(context.tx, act_id=act.id, **approval)
    for group in signatories:
        _load_signatories(context, act, group)


def load_gathering(context: Context, item: dict[str, Any]) -> None:
    """Announce a conference, a seminar or an assembly."""
    days, day = item.pop("days_from_now"), item.pop("on_day")
    starts = clock.at_rome(day or clock.today() + timedelta(days=days), item.pop("at"))
    announce_gathering(context.tx, cycle_id=context.cycle.id, starts_at=starts, **item)


def load_citation(context: Context, item: dict[str, Any]) -> None:
    """Add a norm or a guideline to the library."""
    add_citation(context.tx, zone_id=context.zone.id, **item)


def _load_signatories(context: Context, act: Act, group: dict[str, Any]) -> None:
    signed_on, names = group.pop("signed_on"), "\n".join(group.pop("names"))
    named = name_signatories(context.tx, act_id=act.id, names=names, **group)
    if signed_on is not None:
        ids = [one.id for one in named]
        record_signatures(context.tx, act_id=act.id, signatory_ids=ids, signed_on=signed_on)
