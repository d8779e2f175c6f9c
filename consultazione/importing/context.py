"""What the sections of a file share while it is loaded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from consultazione.core.actor import Actor, Role
from consultazione.core.db import Transaction
from consultazione.importing.faults import Fault
from consultazione.people.models import Organisation
from consultazione.people.queries import actor_of
from consultazione.proposals.models import Proposal
from consultazione.tables.models import ThematicTable
from consultazione.zones.models import Act, Cycle, PhaseKind, Zone

T = TypeVar("T")


@dataclass
class Context:
    """The transaction, the checked file, and what has been loaded so far, by its id in the file.

    public_url: the address of the site, which documents name. people: person ids by e-mail
    address. proposals: by their place in the file, from 1.
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

    def lookup(self, things: dict[Any, T], reference: Any, at: str) -> T:
        """What a reference in the field `at` stands for; Fault if it is not loaded yet."""
        if reference not in things:
            raise Fault((at,), f"{reference!r} is not in the file, or comes later in it")
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
