"""The record of a series of sittings (*verbale unico*): one head, and the minutes of each below it.

It binds minutes that are approved, each under its own number and digest, which it names. It is
composed anew whenever it is asked for, and takes no number itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from consultazione.documents.paper.model import Block, Break, Heading, Paper, Seal, Table, text
from consultazione.documents.paper.wording import day_of
from consultazione.minutes.compose.types import MinutesDocument
from consultazione.minutes.compose.wording import HEADINGS as W
from consultazione.minutes.papers.body import body
from consultazione.minutes.papers.head import head
from consultazione.minutes.papers.levels import Levels

KIND = "minutes_series"
TITLE = "Verbale unico"
_OPENING = (
    "Questo verbale unico raccoglie i verbali approvati di {count} del tavolo «{table}», dal "
    "{first} al {last}. Ogni verbale resta quello che è stato approvato, con il suo numero e la "
    "sua impronta."
)
_COLUMNS = ("Seduta", "Giorno", "Verbale n.", "Impronta (SHA-256)")


@dataclass(frozen=True)
class Bound:
    """One of the minutes that are bound: its document, and the digest of it."""

    document: MinutesDocument
    digest: str


def series_of(bound: Sequence[Bound], *, first: date, last: date) -> Paper:
    """The record of approved minutes in their order, of which there is one at least."""
    found = bound[0].document["facts"]
    table = found["table"]["name"]
    opening = _OPENING.format(
        count="una seduta" if len(bound) == 1 else f"{len(bound)} sedute",
        table=table,
        first=day_of(first),
        last=day_of(last),
    )
    return Paper(
        kind=KIND,
        zone=found["zone"],
        plan=found["plan"],
        title=TITLE,
        subject=f"{table}, dal {day_of(first)} al {day_of(last)}",
        demo=any(one.document["facts"]["demo"] for one in bound),
        blocks=(
            text(opening),
            Heading(2, "Le sedute"),
            Table(_COLUMNS, tuple(_row(one) for one in bound), (8, 7, 4, 14)),
            *_common(bound),
            *(block for one in bound for block in _part(one)),
        ),
    )


def seal_of(*, address: str) -> Seal:
    """What is said from outside: where it is composed anew. address: of its page."""
    return Seal(address)


def _row(one: Bound) -> tuple[str, ...]:
    found, number = one.document["facts"], one.document.get("register")
    cited = f"{number['number']}/{number['year']}" if number else "–"
    return found["title"], found["opened"]["day"], cited, _in_groups(one.digest)


def _in_groups(digest: str) -> str:
    """A digest in groups of sixteen digits, between which a narrow column breaks it."""
    return " ".join(digest[start : start + 16] for start in range(0, len(digest), 16))


def _common(bound: Sequence[Bound]) -> Iterator[Block]:
    """Who was there, over all sittings: each person once, with the sittings that they attended."""
    came: dict[tuple[str, str], list[str]] = {}
    for number, one in enumerate(bound, 1):
        for row in one.document["facts"]["attendance"]["rows"]:
            if row["person"] is not None:
                who = (row["person"], row["organisation"] or row["category_name"])
                came.setdefault(who, []).append(str(number))
    if came:
        yield Heading(2, "Presenze nelle sedute")
        rows = tuple(
            (person, whose, ", ".join(dict.fromkeys(numbers)))
            for (person, whose), numbers in sorted(came.items(), key=lambda item: item[0][::-1])
        )
        yield Table((W["person"], W["organisation"], "Sedute n."), rows, (10, 12, 5))


def _part(one: Bound) -> Iterator[Block]:
    document, levels = one.document, Levels(is_part=True)
    found = document["facts"]
    yield Break()
    yield Heading(2, f"{found['title']}, {found['opened']['day']}")
    yield from head(document, levels)
    yield from body(document, levels)
