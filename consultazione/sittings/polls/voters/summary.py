"""A poll in numbers for programs: who is entitled, who was present, what it took."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from consultazione.core.errors import NotFound
from consultazione.sittings.polls.models import Poll, PollState
from consultazione.sittings.polls.snapshot import poll_snapshots
from consultazione.sittings.polls.types import PollSnapshot
from consultazione.sittings.polls.voters.arithmetic import arithmetic
from consultazione.sittings.polls.voters.basis import names_of_organisations


class Elector(TypedDict):
    """An organisation that is entitled; null for what is not known, or not told."""

    id: int
    name: str
    votes: int
    present: bool | None
    voted: bool | None


@dataclass(frozen=True)
class PollSummary:
    """A poll as the room has it, the organisations entitled by name, and its arithmetic."""

    poll: PollSnapshot
    organisations: list[Elector] | None
    arithmetic: str | None


def poll_summary(session: Session, poll_id: int) -> PollSummary:
    """Return a poll with its electorate; NotFound if there is none."""
    row = session.get(Poll, poll_id)
    if row is None:
        raise NotFound(_("There is no such poll."))
    (poll,) = poll_snapshots(session, row.sitting_id, only=[poll_id])
    said = arithmetic(poll) if poll["state"] is PollState.CLOSED else None
    return PollSummary(poll, _electors(session, poll), said)


def _electors(session: Session, poll: PollSnapshot) -> list[Elector] | None:
    votes = poll["organisations"]
    if votes is None:
        return None
    return [
        {
            "id": key,
            "name": name,
            "votes": votes[str(key)],
            "present": _is_among(key, poll["present_organisations"]),
            "voted": _is_among(key, poll["voted_organisations"]),
        }
        for key, name in names_of_organisations(session, votes).items()
    ]


def _is_among(organisation_id: int, known: list[int] | None) -> bool | None:
    return None if known is None else organisation_id in known
