"""Which programmes a file holds, and how they are read: one after the other, each at one moment.

A visitor may keep a connection for two seconds. So each programme is read in a snapshot of
its own, by a cursor of the server, and written down before the next; whoever downloads
slowly holds a file on disk and no connection.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select, text
from sqlalchemy.orm import Session

from consultazione.programme.models import AnnualProgramme
from consultazione.zones.models import Cycle, Zone

# PostgreSQL plans a cursor as if a tenth of its rows were read, the first ones soon. So it went
# through the shares of all zones, by an index that has them in the order in which they are wanted.
_TO_THE_END = text("SET LOCAL cursor_tuple_fraction = 1")
# Rows that a cursor hands over at once.
_AT_ONCE = 1_000
# Calls a function with a session that sees one moment of the database, and ends it after.
Snapshots = Callable[[Callable[[Session], None]], None]


@dataclass(frozen=True)
class Programme:
    """What files say of a programme as a whole. cycle: its years, such as 2018-2020."""

    id: int
    zone: str
    zone_name: str
    cycle: str
    year: int
    state: str
    demo: bool


@dataclass(frozen=True)
class Source:
    """The programmes of a file, and the snapshots in which they are read."""

    programmes: Sequence[Programme]
    snapshots: Snapshots

    def each(self, write: Callable[[Session, Programme], None]) -> None:
        """Call a function for every programme, with a session of its moment."""
        for programme in self.programmes:
            self.snapshots(_with(write, programme))


def programmes(session: Session, programme_id: int | None = None) -> list[Programme]:
    """One programme, or all of the installation by zone and year."""
    query = (
        select(AnnualProgramme, Cycle, Zone)
        .join(Cycle, Cycle.id == AnnualProgramme.cycle_id)
        .join(Zone, Zone.id == AnnualProgramme.zone_id)
        .order_by(Zone.slug, AnnualProgramme.year, AnnualProgramme.id)
    )
    if programme_id is not None:
        query = query.where(AnnualProgramme.id == programme_id)
    return [
        Programme(
            id=row.id,
            zone=zone.slug,
            zone_name=zone.name,
            cycle=cycle.years,
            year=row.year,
            state=row.state.value,
            demo=row.demo,
        )
        for row, cycle, zone in session.execute(query)
    ]


def stream(session: Session, query: Select[*tuple[Any, ...]]) -> Iterator[Any]:
    """The rows of a query, a thousand at a time from the server's cursor."""
    return iter(session.execute(query, execution_options={"yield_per": _AT_ONCE}))


def _with(
    write: Callable[[Session, Programme], None], programme: Programme
) -> Callable[[Session], None]:
    def read(session: Session) -> None:
        session.execute(_TO_THE_END)
        write(session, programme)

    return read
