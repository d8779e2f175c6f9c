"""Turns a checked document into a territory: its zones, its coordinators and its programmes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from consultazione.core.actor import SYSTEM, Actor
from consultazione.core.db import Transaction
from consultazione.importing.accounts import Account
from consultazione.importing.days import morning_of
from consultazione.importing.faults import Fault, located
from consultazione.importing.items import AccountItem
from consultazione.importing.members import load_account
from consultazione.importing.territory.items import (
    ForwardItem,
    ProjectItem,
    ProvincialProgrammeItem,
    ProvincialTableItem,
)
from consultazione.people.commands.coordinators import appoint_coordinator
from consultazione.people.queries import actor_of, person_by_email
from consultazione.provincial.commands.answering import accept_project, refuse_project
from consultazione.provincial.commands.programme import (
    forward_project,
    open_provincial_programme,
    set_up_provincial_table,
    write_provincial_project,
)
from consultazione.provincial.models import ForwardState, ProvincialProject
from consultazione.zones.commands.territories import join_territory, set_up_territory, share_drafts
from consultazione.zones.models import Territory
from consultazione.zones.queries import find_zone

_OF_ITS_ZONES = ("zones", "drafts_shared_by")


class TerritoryLoader:
    """Loads a territory's document, section by section, in the transaction it was given."""

    def __init__(self, tx: Transaction, data: Mapping[str, Any]) -> None:
        self._tx = tx
        self._data = data
        self._territory: Territory
        self._tables: dict[str, int] = {}
        self._sections: Mapping[str, Callable[[Any], None]] = {
            "coordinators": self._load_coordinator,
            "provincial_tables": self._load_table,
            "provincial_programmes": self._load_programme,
        }

    @property
    def title(self) -> str:
        """What was loaded, in words."""
        return str(self._data["territory"]["name"])

    @property
    def place(self) -> str:
        """Where the accounts of the document have their roles."""
        return self.title

    @property
    def accounts(self) -> list[Account]:
        """The accounts of the document if it is a demonstration's."""
        return [Account.of(one) for one in self._data["coordinators"] if self._is_demo]

    @property
    def size(self) -> int:
        """The number of steps."""
        return 1 + sum(len(self._data[section]) for section in self._sections)

    def steps(self) -> Iterator[None]:
        """Load the document; yields after each item, so that progress can be shown."""
        with located(("territory",)):
            self._load_territory(self._data["territory"])
        yield
        for section, load in self._sections.items():
            for index, item in enumerate(self._data[section]):
                with located((section, index)):
                    load(item)
                yield

    @property
    def _is_demo(self) -> bool:
        return bool(self._data["territory"]["demo"])

    def _load_territory(self, told: Mapping[str, Any]) -> None:
        own = {name: value for name, value in told.items() if name not in _OF_ITS_ZONES}
        self._territory = set_up_territory(self._tx, **own)
        for number, slug in enumerate(told["zones"]):
            with located(("zones", number)):
                zone_id = self._zone_id(slug)
                join_territory(self._tx, zone_id=zone_id, territory_id=self._territory.id)
        for number, slug in enumerate(told["drafts_shared_by"]):
            with located(("drafts_shared_by", number)):
                if slug not in told["zones"]:
                    reason = f"{slug!r} is not among the zones of this territory: add it to `zones`"
                    raise Fault((), reason)
                share_drafts(self._tx, zone_id=self._zone_id(slug))

    def _load_coordinator(self, item: AccountItem) -> None:
        load_account(self._tx, item, demo=self._is_demo)
        appoint_coordinator(self._tx, territory_id=self._territory.id, email=item["email"])

    def _load_table(self, item: ProvincialTableItem) -> None:
        table = set_up_provincial_table(
            self._tx,
            territory_id=self._territory.id,
            section=item["section"],
            name=item["name"],
            remit=item["remit"],
            demo=item["demo"],
        )
        self._tables[item["id"]] = table.id

    def _load_programme(self, item: ProvincialProgrammeItem) -> None:
        programme = open_provincial_programme(
            self._tx,
            territory_id=self._territory.id,
            first_year=item["start"],
            last_year=item["end"],
            demo=item["demo"],
        )
        for number, project in enumerate(item["projects"]):
            with located(("projects", number)):
                self._load_project(programme.id, project)

    def _load_project(self, programme_id: int, item: ProjectItem) -> None:
        if item["table"] not in self._tables:
            reason = f"{item['table']!r} is not among the provincial tables: write the id of one"
            raise Fault(("table",), reason)
        with self._acting(SYSTEM, item["day"]):
            project = write_provincial_project(
                self._tx,
                programme_id=programme_id,
                table_id=self._tables[item["table"]],
                title=item["title"],
                body=item["body"],
                amount=item["amount"],
                demo=item["demo"],
            )
        for number, forward in enumerate(item["forwards"]):
            with located(("forwards", number)):
                self._load_forward(project, forward, sent=item["day"])

    def _load_forward(
        self, project: ProvincialProject, item: ForwardItem, *, sent: date | None
    ) -> None:
        with self._acting(SYSTEM, sent):
            forward = forward_project(
                self._tx, project_id=project.id, zone_id=self._zone_id(item["zone"], "zone")
            )
        if item["answer"] is ForwardState.WAITING:
            return
        accepts = item["answer"] is ForwardState.ACCEPTED
        answer = accept_project if accepts else refuse_project
        with self._acting(self._person(item["by"]), item["day"] or sent):
            answer(self._tx, forward_id=forward.id, reason=item["reason"] or "")

    def _zone_id(self, slug: str, *field: str) -> int:
        zone = find_zone(self._tx.session, slug)
        if zone is None:
            raise Fault(field, f"there is no zone {slug!r}: load its file before the territory's")
        return zone.id

    def _person(self, email: str | None) -> Actor:
        """Who answers: the account with the address, or the platform."""
        if email is None:
            return SYSTEM
        with located(("by",)):
            return actor_of(self._tx.session, person_by_email(self._tx.session, email).id)

    @contextmanager
    def _acting(self, actor: Actor, day: date | None) -> Iterator[None]:
        """Run commands as somebody in the morning of a day, or now."""
        with self._tx.acting_as(actor, at=morning_of(self._tx, day)):
            yield
