"""Who was there when: intervals by person and mandate, at a moment, and at each vote."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.sittings.models import Poll
from consultazione.sittings.queries import Attended

# What has not ended yet.
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class AtVote:
    """A poll, and those who were there at any time while it was open."""

    poll: Poll
    present: list[Attended]


def present_during(
    register: Iterable[Attended], since: datetime, until: datetime | None
) -> list[Attended]:
    """Those who were there at any time from a moment to another, both included.

    until: None if it has not come yet. Who left at the very moment was there no more.
    """
    end = until or _NEVER
    return [
        one
        for one in register
        if any(stay.entered_at <= end and (stay.left_at or _NEVER) > since for stay in one.stays)
    ]


def present_at(register: Iterable[Attended], moment: datetime) -> list[Attended]:
    """Those who were there at a moment."""
    return present_during(register, moment, moment)


def votes_of(session: Session, sitting_id: int, register: Sequence[Attended]) -> list[AtVote]:
    """The polls of a sitting in their order, each with those who were there for it."""
    polls = session.scalars(select(Poll).filter_by(sitting_id=sitting_id).order_by(Poll.id))
    return [AtVote(one, present_during(register, one.opened_at, one.closed_at)) for one in polls]
