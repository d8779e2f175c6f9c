"""What gatherings must say by the zone's stream."""

from __future__ import annotations

from typing import Any

from consultazione.core.audit import (
    AT,
    NOTHING,
    OF_STREAM,
    Audit,
    Is,
    Past,
    Said,
    adds,
    details,
    if_said,
    register,
    sets,
)
from consultazione.zones.gatherings.events import GATHERING_DETAILS
from consultazione.zones.gatherings.models import Gathering


def _one_more(name: str) -> Any:
    """One more than the column said, if that is known."""

    def read(_entry: Past, said: Said) -> object:
        return said[name] + 1 if name in said else NOTHING

    return read


_GATHERING = {"id": "gathering_id"}
GATHERING = Audit(
    Gathering,
    adds(
        "gathering.announced",
        **_GATHERING,
        zone_id=OF_STREAM,
        cycle_id=if_said("cycle_id"),
        starts_at="starts_at",
        revision=Is(0),
        called_off_at=Is(None),
        called_off_reason=Is(None),
        **details(GATHERING_DETAILS) | {"kind": "gathering_kind"},
    ),
    sets(
        "gathering.revised",
        **_GATHERING,
        revision="revision",
        starts_at="starts_at",
        **details(GATHERING_DETAILS),
    ),
    sets(
        "gathering.called_off",
        **_GATHERING,
        called_off_at=AT,
        called_off_reason="reason",
        revision=_one_more("revision"),
    ),
    partly=True,
)

register("zone", audits=(GATHERING,), apart=True)
