"""The union table: who sat on which side, and what each organisation said and voted.

Union records name *le parti presenti* first ("per [ente] ...; per le OO.SS.: FP CGIL ...") and
give the position of each organisation beside what is agreed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from consultazione.minutes.compose import wording
from consultazione.minutes.compose.types import (
    AttendanceRow,
    OnPoint,
    Parties,
    Party,
    PollRow,
    Position,
)
from consultazione.people.models import Category


def parties(rows: Sequence[AttendanceRow], parts: Sequence[OnPoint]) -> Parties:
    """The parties of a union table and their positions.

    rows: the register of attendance. parts: what happened on each point and outside them.
    """
    present = [row for row in rows if row["person"] is not None]
    unions = [row for row in present if row["category"] == Category.UNION.value]
    others = [row for row in present if row["category"] != Category.UNION.value]
    names = dict.fromkeys(row["organisation"] for row in unions if row["organisation"])
    return {
        "parties": [*_grouped(others, wording.FOR_BODIES), *_grouped(unions, wording.FOR_UNIONS)],
        "positions": [*(_position(name, parts) for name in names), *_absent(rows)],
    }


def _absent(rows: Iterable[AttendanceRow]) -> Iterator[Position]:
    """The unions with a seat for which nobody came, and what is known of them."""
    for row in rows:
        is_union = row["category"] == Category.UNION.value
        if is_union and row["person"] is None and row["organisation"]:
            mark = wording.MARKS[row["mark"]]
            yield {"organisation": row["organisation"], "said": [f"{wording.NOBODY_CAME}: {mark}."]}


def _grouped(rows: Iterable[AttendanceRow], side: str) -> Iterator[Party]:
    """One party for each organisation of a side, with the persons who came for it."""
    groups: dict[str, list[str]] = {}
    for row in rows:
        name = row["organisation"] or row["category_name"]
        groups.setdefault(name, []).append(row["person"] or "")
    for name, persons in groups.items():
        yield {"side": side, "organisation": name, "persons": persons}


def _position(organisation: str, parts: Iterable[OnPoint]) -> Position:
    said = [line for part in parts for line in _said(organisation, part)]
    return {"organisation": organisation, "said": said or [wording.NO_POSITION]}


def _said(organisation: str, part: OnPoint) -> Iterator[str]:
    for poll in part["polls"]:
        yield from _voted(organisation, poll)
    for row in part.get("statements", []):
        if row["organisation"] == organisation and row["body"] is not None:
            yield f"{row['kind']}: {row['body']}"


def _voted(organisation: str, poll: PollRow) -> Iterator[str]:
    for row in poll.get("by_name", []):
        if any(voter["organisation"] == organisation for voter in row["voters"]):
            yield f"Sul quesito «{poll['question']}»: {row['name'].lower()}."
