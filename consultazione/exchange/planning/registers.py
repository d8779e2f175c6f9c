"""The names that a file may use: bodies and funds of the zone, tables and needs of the cycle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.exchange.reading.headings import key_of
from consultazione.programme.models import AnnualProgramme, Fund
from consultazione.tables.models import ThematicTable
from consultazione.zones.models import Body, Priority

# How many names a sentence lists.
_TOLD = 12


@dataclass(frozen=True)
class Register:
    """Names with their ids. names: as people read them, by id; ids: by key."""

    names: Mapping[int, str]
    ids: Mapping[str, int]

    def find(self, name: str) -> int | None:
        """The id of a name, however it is spelt; None if there is none."""
        return self.ids.get(key_of(name))

    @property
    def told(self) -> str:
        """The names for a sentence that says which there are."""
        names = sorted(self.names.values())
        return "; ".join([*names[:_TOLD], *(["..."] if len(names) > _TOLD else [])])


@dataclass(frozen=True)
class Registers:
    """All names that a programme's file may use."""

    bodies: Register
    funds: Register
    tables: Register
    priorities: Register


def registers(session: Session, programme: AnnualProgramme) -> Registers:
    """The names of the programme's zone and cycle. A fund has two: its code and its name."""
    zone_id, cycle_id = programme.zone_id, programme.cycle_id
    funds = session.execute(select(Fund.id, Fund.code, Fund.name).where(Fund.zone_id == zone_id))
    found = [(row.id, row.code, row.name) for row in funds]
    return Registers(
        bodies=_register(
            session.execute(select(Body.id, Body.name).where(Body.zone_id == zone_id))
        ),
        funds=Register(
            names={number: code for number, code, _name in found},
            ids={key_of(name): number for number, _code, name in found}
            | {key_of(code): number for number, code, _name in found},
        ),
        tables=_register(
            session.execute(
                select(ThematicTable.id, ThematicTable.name).where(
                    ThematicTable.cycle_id == cycle_id
                )
            )
        ),
        priorities=_register(
            session.execute(
                select(Priority.id, Priority.title).where(Priority.cycle_id == cycle_id)
            )
        ),
    )


def _register(rows: Iterable[tuple[int, str]]) -> Register:
    names = dict(iter(rows))
    return Register(names, {key_of(name): number for number, name in names.items()})
