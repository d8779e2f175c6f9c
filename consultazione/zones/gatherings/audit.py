"""What gatherings must say by the zone's stream."""

from __future__ import annotations

from typing import Any

from consultazione.core.audit import (
    AT,
    FORGET,
    NOTHING,
    OF_STREAM,
    Audit,
    Is,
    Past,
    Said,
    adds,
    register,
    sets,
)
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
        kind="gathering_kind",
        starts_at="starts_at",
        revision=Is(0),
        called_off_at=Is(None),
        called_off_reason=Is(None),
    ),
    sets(
        "gathering.revised",
        **_GATHERING,
        revision="revision",
        starts_at="starts_at",
        kind=Is(FORGET),
    ),
    sets(
        "gathering.called_off",
        **_GATHERING,
        called_off_at=AT,
        called_off_reason="reason",
        revision=_one_more("revision"),
    ),
)

register("zone", audits=(GATHERING,), apart=True)
