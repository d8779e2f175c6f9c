"""Turns a checked file into a zone, by the same commands that people use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from consultazione.comments.commands import write_comment
from consultazione.core import clock
from consultazione.core.actor import Actor, Role
from consultazione.core.db import Transaction
from consultazione.core.errors import Refusal
from consultazione.importing.replay import replay
from consultazione.people.commands.accounts import register
from consultazione.people.commands.mandates import give_mandate
from consultazione.people.commands.organisations import register_organisation
from consultazione.people.commands.roles import give_role
from consultazione.people.models import Organisation
from consultazione.people.queries import actor_of
from consultazione.proposals.commands.lifecycle import admit_proposal, submit_proposal
from consultazione.proposals.commands.supporting import support_proposal
from consultazione.proposals.models import Proposal
from consultazione.sittings.agenda.points import NewPoint
from consultazione.sittings.lifecycle.commands.convening import convene_sitting
from consultazione.tables.commands import publish_material, set_up_table, take_seat
from consultazione.tables.models import ThematicTable
from consultazione.tables.uploads import store
from consultazione.zones.commands.path import close_phase, open_phase, record_act
from consultazione.zones.commands.setting_up import (
    NewBody,
    NewChapter,
    NewPhase,
    NewPriority,
    set_up_zone,
)
from consultazione.zones.models import Act, PhaseKind, Zone
from consultazione.zones.queries import phases

T = TypeVar("T")
_SET_UP = ("kind", "title", "description", "demo")


class Fault(Exception):
    """Something in the file cannot be loaded. path: where in the file."""

    def __init__(self, path: tuple[str | int, ...], reason: str) -> None:
        super().__init__(reason)
        self.path = path
        self.reason = reason


class Loader:
    """Loads a file, section by section, in the transaction it was given."""

    zone: Zone
    _phase_ids: dict[PhaseKind, int]

    def __init__(self, tx: Transaction, data: dict[str, Any], uploads_dir: Path) -> None:
        self._tx = tx
        self._data = data
        self._uploads_dir = uploads_dir
        self._acts: dict[str, Act] = {}
        self._tables: dict[str, ThematicTable] = {}
        self._organisations: dict[str, Organisation] = {}
        self._people: dict[str, int] = {}
        self._proposals: dict[int, Proposal] = {}

    @property
    def size(self) -> int:
        """The number of steps."""
        return 1 + sum(len(self._data[section]) for section in self._sections())

    def steps(self) -> Iterator[None]:
        """Load the file; yields after each item, so that progress can be shown."""
        with _named(("zone",)):
            self._zone(self._data["zone"])
        yield
        for section, carry_out in self._sections().items():
            for index, item in enumerate(self._data[section]):
                with _named((section, index)):
                    carry_out(item, index + 1)
                yield

    def accounts_notice(self) -> str:
        """The accounts in the file with their passwords, for a demonstration."""
        rows = [
            f"  {person['display_name']:<24}{person['email']:<32}{person['password']}"
            for person in self._data["people"]
        ]
        return "\n".join(["Demo accounts (invented persons):", *rows, ""])

    def _sections(self) -> dict[str, Callable[[dict[str, Any], int], None]]:
        return {
            "acts": self._act,
            "phases": self._phase,
            "tables": self._table,
            "organisations": self._organisation,
            "people": self._person,
            "materials": self._material,
            "proposals": self._proposal,
            "past_sittings": self._past_sitting,
            "sittings": self._sitting,
        }

    def _zone(self, item: dict[str, Any]) -> None:
        cycle = item.pop("cycle")
        self.zone = set_up_zone(
            self._tx,
            **item,
            cycle_start=cycle["start"],
            cycle_end=cycle["end"],
            bodies=[NewBody(**body) for body in self._data["bodies"]],
            chapters=[NewChapter(**chapter) for chapter in self._data["chapters"]],
            priorities=[NewPriority(**priority) for priority in self._data["priorities"]],
            phases=[NewPhase(**_only(phase, _SET_UP)) for phase in self._data["phases"]],
        )
        rows = phases(self._tx.session, self.zone.id)
        self._phase_ids = {phase.kind: phase.id for phase in rows}

    def _act(self, item: dict[str, Any], _rank: int) -> None:
        reference = item.pop("id")
        self._acts[reference] = record_act(self._tx, zone_id=self.zone.id, **item)

    def _phase(self, item: dict[str, Any], _rank: int) -> None:
        phase_id = self._phase_ids[item["kind"]]
        if item["starts_on"]:
            open_phase(self._tx, phase_id=phase_id, starts_on=item["starts_on"])
        if item["closed_on"]:
            act = self._lookup(self._acts, item["closing_act"], "closing_act")
            close_phase(self._tx, phase_id=phase_id, act_id=act.id, closed_on=item["closed_on"])

    def _table(self, item: dict[str, Any], _rank: int) -> None:
        reference = item.pop("id")
        self._tables[reference] = set_up_table(self._tx, zone_id=self.zone.id, **item)

    def _organisation(self, item: dict[str, Any], _rank: int) -> None:
        seats = item.pop("seats")
        reference = item.pop("id")
        organisation = register_organisation(
            self._tx, zone_id=self.zone.id, demo=self.zone.demo, **item
        )
        self._organisations[reference] = organisation
        for seat in seats:
            table = self._lookup(self._tables, seat, "seats")
            take_seat(self._tx, table_id=table.id, organisation_id=organisation.id)

    def _person(self, item: dict[str, Any], _rank: int) -> None:
        email = item["email"]
        person = register(
            self._tx,
            email=email,
            display_name=item["display_name"],
            password=item["password"],
            demo=self.zone.demo,
        )
        self._people[email] = person.id
        for mandate in item["mandates"]:
            given = dict(mandate)
            organisation = self._lookup(self._organisations, given.pop("organisation"), "mandates")
            give_mandate(self._tx, organisation_id=organisation.id, email=email, **given)
        for role in item["roles"]:
            table_id = (
                self._lookup(self._tables, role["table"], "roles").id if role["table"] else None
            )
            give_role(
                self._tx,
                zone_id=self.zone.id,
                email=email,
                role=role["role"],
                table_id=table_id,
            )

    def _material(self, item: dict[str, Any], _rank: int) -> None:
        publish_material(
            self._tx,
            table_id=self._lookup(self._tables, item["table"], "table").id,
            title=item["title"],
            file=store(self._uploads_dir, item["file_name"], item["text"].encode()),
            demo=self.zone.demo,
        )

    def _proposal(self, item: dict[str, Any], rank: int) -> None:
        table = self._lookup(self._tables, item["table"], "table")
        at = self._tx.now - timedelta(days=item["days_ago"])
        with self._as(item["author"], "author", at):
            proposal = submit_proposal(
                self._tx,
                table_id=table.id,
                title=item["title"],
                body=item["body"],
                demo=self.zone.demo,
            )
        self._proposals[rank] = proposal
        if item["admitted"]:
            with self._as(self._facilitator(), "admitted", at):
                admit_proposal(self._tx, proposal_id=proposal.id)
        for comment in item["comments"]:
            with self._as(comment["author"], "comments", at):
                write_comment(
                    self._tx,
                    proposal_id=proposal.id,
                    position=comment["position"],
                    body=comment["body"],
                    demo=self.zone.demo,
                )
        for email in item["supports"]:
            with self._as(email, "supports", at):
                support_proposal(self._tx, proposal_id=proposal.id)

    def _sitting(self, item: dict[str, Any], _rank: int) -> None:
        day = clock.today() + timedelta(days=item["days_from_now"])
        convene_sitting(
            self._tx,
            table_id=self._lookup(self._tables, item["table"], "table").id,
            title=item["title"],
            place=item["place"],
            starts_at=clock.at_rome(day, item["at"]),
            points=[self._point(point) for point in item["agenda"]],
            demo=self.zone.demo,
        )

    def _past_sitting(self, item: dict[str, Any], _rank: int) -> None:
        emails = {item["presided_by"], *item["present"]}
        replay(
            self._tx,
            item,
            table_id=self._lookup(self._tables, item["table"], "table").id,
            points=[self._point(point) for point in item["points"]],
            actors={email: self._actor(email, "present") for email in emails},
            demo=self.zone.demo,
        )

    def _point(self, point: dict[str, Any]) -> NewPoint:
        linked = point["proposal"]
        proposal = self._lookup(self._proposals, linked, "agenda") if linked else None
        return NewPoint(point["title"], point["minutes"], proposal.id if proposal else None)

    @contextmanager
    def _as(self, email: str, field: str, at: datetime) -> Iterator[None]:
        """Run commands as a person of the file at a given moment, as the log will show."""
        with self._tx.acting_as(self._actor(email, field), at=at):
            yield

    def _actor(self, email: str, field: str) -> Actor:
        return actor_of(self._tx.session, self._lookup(self._people, email, field))

    def _facilitator(self) -> str:
        for person in self._data["people"]:
            if any(role["role"] is Role.FACILITATOR for role in person["roles"]):
                return str(person["email"])
        raise Fault(("people",), "an admitted proposal needs somebody with the role facilitator")

    def _lookup(self, things: dict[Any, T], reference: Any, field: str) -> T:
        if reference not in things:
            raise Fault((field,), f"{reference!r} is not in the file, or comes later in it")
        return things[reference]


@contextmanager
def _named(path: tuple[str | int, ...]) -> Iterator[None]:
    """Turn a refusal or a missing reference into a Fault that names this part of the file."""
    try:
        yield
    except Refusal as refusal:
        field = next(iter(refusal.fields), None)
        raise Fault((*path, field) if field else path, str(refusal.detail)) from refusal
    except Fault as fault:
        raise Fault((*path, *fault.path), fault.reason) from fault


def _only(item: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: item[name] for name in names}
