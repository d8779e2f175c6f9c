"""What the sections of a file share while it is loaded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.db import Transaction
from consultazione.importing.days import morning_of
from consultazione.importing.faults import Fault
from consultazione.importing.money.items import SheetItem
from consultazione.people.models import Organisation
from consultazione.people.queries import actor_of
from consultazione.proposals.models import Proposal
from consultazione.tables.models import ThematicTable
from consultazione.zones.models import Act, Cycle, PhaseKind, Zone
from consultazione.zones.queries import bodies, chapters, priorities

T = TypeVar("T")


@dataclass(frozen=True)
class LoadedIntervention:
    """An intervention that is loaded, with its whole sheet as the file has it."""

    id: int
    sheet: SheetItem


@dataclass
class Context:
    """The transaction, the checked file, and what has been loaded so far, by its id in the file.

    public_url: the address of the site, which documents name. people: person ids by e-mail
    address. proposals: by their place in the file, from 1. funds: ids by code.
    criteria, shared_items, what_ifs: their ids.
    """

    tx: Transaction
    data: dict[str, Any]
    uploads_dir: Path
    public_url: str
    zone: Zone = field(init=False)
    cycle: Cycle = field(init=False)
    phase_ids: dict[PhaseKind, int] = field(default_factory=dict)
    acts: dict[str, Act] = field(default_factory=dict)
    tables: dict[str, ThematicTable] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    proposals: dict[int, Proposal] = field(default_factory=dict)
    funds: dict[str, int] = field(default_factory=dict)
    interventions: dict[str, LoadedIntervention] = field(default_factory=dict)
    criteria: dict[str, int] = field(default_factory=dict)
    shared_items: dict[str, int] = field(default_factory=dict)
    what_ifs: dict[str, int] = field(default_factory=dict)

    def lookup(self, things: dict[Any, T], reference: Any, at: str) -> T:
        """What a reference in the field `at` stands for; Fault if it is not loaded yet."""
        if reference not in things:
            raise Fault(
                (at,), f"{reference!r} is not in the file, or comes later in it: name what is there"
            )
        return things[reference]

    def table_id(self, reference: str, at: str) -> int:
        """The id of a table of the file."""
        return self.lookup(self.tables, reference, at).id

    def actor(self, email: str, at: str) -> Actor:
        """The actor for a person of the file."""
        return actor_of(self.tx.session, self.lookup(self.people, email, at))

    @contextmanager
    def acting_as(self, email: str, at: str, moment: datetime) -> Iterator[None]:
        """Run commands as a person of the file at a given moment, as the log will show."""
        with self.tx.acting_as(self.actor(email, at), at=moment):
            yield

    @contextmanager
    def office_on(self, day: date | None, by: str | None) -> Iterator[None]:
        """Run commands on a day, today if none is given, as somebody of the plan office.

        by: their e-mail address; None for the platform.
        """
        actor = self.actor(by, "by") if by else SYSTEM
        with self.tx.acting_as(actor, at=morning_of(self.tx, day)):
            yield

    @cached_property
    def _bodies(self) -> dict[str, int]:
        return {body.name: body.id for body in bodies(self.tx.session, self.zone.id)}

    def body_id(self, name: str, at: str) -> int:
        """The id of a body of the zone."""
        return self.lookup(self._bodies, name, at)

    @cached_property
    def _priorities(self) -> dict[str, int]:
        return {row.title: row.id for row in priorities(self.tx.session, self.cycle.id)}

    def priority_id(self, title: str, at: str) -> int:
        """The id of a need or priority of the cycle."""
        return self.lookup(self._priorities, title, at)

    @cached_property
    def _chapters(self) -> dict[int, int]:
        return {row.number: row.id for row in chapters(self.tx.session, self.cycle.id)}

    def chapter_id(self, number: int, at: str) -> int:
        """The id of a chapter of the cycle."""
        return self.lookup(self._chapters, number, at)

    def password(self, email: str) -> str:
        """The password that the file has for an account."""
        accounts = {person["email"]: str(person["password"]) for person in self.data["people"]}
        return self.lookup(accounts, email, "sign_off")

    def facilitator(self) -> str:
        """The e-mail address of the first facilitator in the file; Fault if there is none."""
        for person in self.data["people"]:
            if any(role["role"] is Role.FACILITATOR for role in person["roles"]):
                return str(person["email"])
        raise Fault(("people",), "an admitted proposal needs somebody with the role facilitator")
