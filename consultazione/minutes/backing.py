"""The vote and the quorum behind a conclusion, and what is amiss with them.

Read from the facts of the minutes alone, so that the approved document holds what was known.
"""

from __future__ import annotations

from collections.abc import Iterator

from consultazione.minutes.compose.types import Backed, MinutesFacts, PointRow, PollRow
from consultazione.minutes.compose.wording import FAULTS, Fault


def polls_of(facts: MinutesFacts) -> list[PollRow]:
    """Every poll of a sitting: those on its points in the order of the agenda, then the others."""
    on_points = [poll for point in facts["agenda"] for poll in point["polls"]]
    return on_points + facts["outside"]["polls"]


def last_poll_on(facts: MinutesFacts, point_id: int) -> int | None:
    """The id of the last poll on a point; None if there was none."""
    polls = next((point["polls"] for point in _points(facts, point_id)), [])
    return max((poll["id"] for poll in polls), default=None)


def backing(facts: MinutesFacts, point_id: int, poll_id: int | None) -> Backed:
    """What stands behind a conclusion on a point, which rests on a poll or on none."""
    poll = next((row for row in polls_of(facts) if row["id"] == poll_id), None)
    found: Backed = {}
    if poll is not None:
        found["poll_id"] = poll["id"]
        found["vote"] = _told(poll)
    standing = poll if poll is not None and "quorum" in poll else _point(facts, point_id)
    if standing is not None and "quorum" in standing:
        found["quorum"] = standing["quorum"]
    if faults := list(_faults(poll, standing)):
        found["warnings"] = [FAULTS[fault] for fault in faults]
    return found


def _faults(poll: PollRow | None, standing: PollRow | PointRow | None) -> Iterator[Fault]:
    """What is amiss; an opinion poll decides nothing, so it can fail nothing either."""
    if poll is not None and not poll.get("consultative"):
        if poll["carried"] is None:
            yield Fault.VOID
        elif not poll["carried"]:
            yield Fault.NOT_CARRIED
    if standing is not None and not standing.get("quorum_met", True):
        yield Fault.NO_QUORUM


def _told(poll: PollRow) -> str:
    """A poll in one line: what was asked, the counts, how it ended."""
    counts = ", ".join(f"{line['name']} {line['ballots']}" for line in poll["tally"])
    what = "Sondaggio" if poll.get("consultative") else "Votazione"
    parts = [f"{what} «{poll['question']}»", f"{counts}." if counts else "", f"{poll['result']}."]
    return " ".join(part for part in parts if part).replace("» ", "»: ", 1)


def _point(facts: MinutesFacts, point_id: int) -> PointRow | None:
    return next(_points(facts, point_id), None)


def _points(facts: MinutesFacts, point_id: int) -> Iterator[PointRow]:
    return (point for point in facts["agenda"] if point["id"] == point_id)
