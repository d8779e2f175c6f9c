"""One factory for all tests: each method makes a thing with honest defaults.

Things are made by the product's own commands, in the name of somebody who may, so that
the log is as true in a test as it is in life.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from consultazione.comments.commands.writing import write_comment
from consultazione.comments.models import Comment, Position
from consultazione.core import clock
from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.db import Database
from consultazione.core.incoming.uploads import store
from consultazione.minutes.commands.approving import approve_minutes, publish_minutes, seal_minutes
from consultazione.minutes.commands.drafting import draft_minutes
from consultazione.minutes.commands.editing import add_conclusion
from consultazione.minutes.models import Minutes
from consultazione.outcomes.commands.opening import open_outcome
from consultazione.outcomes.models import Outcome
from consultazione.people.commands.accounts import register, start_sign_in
from consultazione.people.commands.mandates import give_mandate
from consultazione.people.commands.organisations import register_organisation
from consultazione.people.commands.roles import give_role
from consultazione.people.credentials.new_password import choose_password
from consultazione.people.models import Category, Mandate, Organisation, Person
from consultazione.people.queries import actor_of
from consultazione.plan.commands.forwarding import forward_outcome
from consultazione.plan.models import Contribution
from consultazione.proposals.commands.lifecycle import submit_proposal
from consultazione.proposals.models import Proposal
from consultazione.sittings.agenda.points import NewPoint
from consultazione.sittings.attendance.commands.presence import enter_sitting
from consultazione.sittings.lifecycle.commands.convening import convene_sitting
from consultazione.sittings.lifecycle.commands.opening import close_sitting, open_sitting
from consultazione.sittings.models import Sitting
from consultazione.tables.commands import publish_material, set_up_table, take_seat
from consultazione.tables.models import Material, TableKind, ThematicTable
from consultazione.tables.rules import TableRule, Who
from consultazione.zones.commands.setting_up import NewChapter, NewPhase, set_up_zone
from consultazione.zones.models import Cycle, PhaseKind, Zone, ZoneKind
from consultazione.zones.queries import chapters, current_cycle

PASSWORD = "una frase lunga"
_numbers = count(1)


class Factory:
    """Makes things in one database; `zone` is made at the first use."""

    def __init__(self, database: Database, *, name: str = "Unione di prova") -> None:
        self.database = database
        self.name = name
        self._zone: Zone | None = None

    @property
    def zone(self) -> Zone:
        """The zone that everything else belongs to, with the seven chapters."""
        if self._zone is None:
            self._zone = self._make_zone()
        return self._zone

    @property
    def cycle(self) -> Cycle:
        """The zone's current cycle."""
        with self.database.snapshot() as session:
            return current_cycle(session, self.zone.id)

    @property
    def at(self) -> str:
        """How the addresses of the zone begin."""
        return f"/zone/{self.zone.slug}"

    @property
    def here(self) -> str:
        """How the addresses of what belongs to the current cycle begin."""
        return f"{self.at}/{self.cycle.years}"

    def person(self, **values: Any) -> Person:
        """An account; the password is PASSWORD."""
        number = next(_numbers)
        email = values.get("email", f"person{number}@example.org")
        name = values.get("display_name", f"Person {number}")
        password = values.get("password", PASSWORD)
        chosen = choose_password(password, display_name=name, email=email)
        with self.database.transaction(SYSTEM) as tx:
            return register(tx, email=email, display_name=name, password=chosen)

    def actor(self, person: Person) -> Actor:
        """The actor that a person is at this moment."""
        with self.database.snapshot() as session:
            return actor_of(session, person.id)

    def citizen(self) -> Actor:
        """A participant who speaks for themselves."""
        return self.actor(self.person())

    def holder(self, role: Role, table_id: int | None = None) -> Actor:
        """Somebody who was given a role in the zone, or at one table."""
        person = self.person()
        with self.database.transaction(SYSTEM) as tx:
            give_role(
                tx, zone_id=self.zone.id, email=person.email or "", role=role, table_id=table_id
            )
        return self.actor(person)

    def organisation(self, category: Category = Category.VOLUNTEERING) -> Organisation:
        """An organisation of the zone's register."""
        with self.database.transaction(SYSTEM) as tx:
            return register_organisation(
                tx,
                zone_id=self.zone.id,
                name=f"Organisation {next(_numbers)}",
                category=category,
            )

    def seated(self, table_id: int, category: Category = Category.VOLUNTEERING) -> Organisation:
        """An organisation of the register with a seat at a table."""
        organisation = self.organisation(category)
        self.seat(table_id, organisation)
        return organisation

    def seat(self, table_id: int, organisation: Organisation) -> None:
        """Give an organisation a seat at a table."""
        with self.database.transaction(SYSTEM) as tx:
            take_seat(tx, table_id=table_id, organisation_id=organisation.id)

    def mandate(
        self, person: Person, organisation: Organisation, *, ends_on: date | None = None
    ) -> Mandate:
        """A mandate that began a year ago."""
        with self.database.transaction(SYSTEM) as tx:
            return give_mandate(
                tx,
                organisation_id=organisation.id,
                email=person.email or "",
                act="deed 1/2018",
                starts_on=clock.today() - timedelta(days=365),
                ends_on=ends_on,
            )

    def delegate(self, category: Category = Category.VOLUNTEERING) -> Actor:
        """A person with a mandate for a new organisation of that category."""
        person = self.person()
        self.mandate(person, self.organisation(category))
        return self.actor(person)

    def table(self, kind: TableKind = TableKind.THEMATIC, **values: Any) -> ThematicTable:
        """A table of the zone at which whoever has an account may do everything.

        But at the union consultation only unions with a seat propose.
        """
        union = kind is TableKind.UNION_CONSULTATION
        given = {
            "name": f"Table {next(_numbers)}",
            "remit": "Home care and neighbourhoods",
            "rule": TableRule(propose=Who.UNIONS) if union else TableRule(),
        }
        with self.database.transaction(SYSTEM) as tx:
            return set_up_table(tx, cycle_id=self.cycle.id, kind=kind, **{**given, **values})

    def proposal(
        self, table: ThematicTable | None = None, author: Actor | None = None, **values: Any
    ) -> Proposal:
        """A proposal that somebody has handed in."""
        given = {"title": f"Proposal {next(_numbers)}", "body": "A desk in **every** town."}
        table = table or self.table()
        with self.database.transaction(author or self.citizen()) as tx:
            return submit_proposal(tx, table_id=table.id, **{**given, **values})

    def comment(
        self, proposal: Proposal | None = None, author: Actor | None = None, **values: Any
    ) -> Comment:
        """A comment in favour of a proposal."""
        given = {"position": Position.IN_FAVOUR, "body": "Well said."}
        proposal = proposal or self.proposal()
        with self.database.transaction(author or self.citizen()) as tx:
            return write_comment(tx, proposal_id=proposal.id, **{**given, **values})

    def material(
        self,
        table: ThematicTable,
        directory: Path,
        *,
        name: str = "sintesi.txt",
        content: bytes = b"A summary.",
        **values: Any,
    ) -> Material:
        """A document published at a table, its file kept in a directory."""
        file = store(directory, name, content)
        with self.database.transaction(SYSTEM) as tx:
            return publish_material(
                tx, table_id=table.id, file=file, **{"title": "A summary", **values}
            )

    def sitting(
        self,
        table: ThematicTable | None = None,
        points: tuple[str, ...] = ("Minutes of the last sitting", "Carers", "Other business"),
        **values: Any,
    ) -> Sitting:
        """A sitting convened for this hour, which people can wait for."""
        given = {
            "title": f"Sitting {next(_numbers)}",
            "place": "Town hall",
            "starts_at": clock.now(),
            "points": [NewPoint(title=title) for title in points],
        }
        table = table or self.table()
        with self.database.transaction(SYSTEM) as tx:
            return convene_sitting(tx, table_id=table.id, **{**given, **values})

    def presided(self, sitting: Sitting) -> Actor:
        """A facilitator of its table, who has opened the sitting and presides."""
        facilitator = self.holder(Role.FACILITATOR, sitting.table_id)
        with self.database.transaction(facilitator) as tx:
            open_sitting(tx, sitting_id=sitting.id)
        return facilitator

    def present(self, sitting: Sitting, who: Actor | None = None) -> Actor:
        """Somebody, else a citizen, who has come into an open sitting."""
        who = who or self.citizen()
        with self.database.transaction(who) as tx:
            enter_sitting(tx, sitting_id=sitting.id)
        return who

    def held(self, sitting: Sitting | None = None) -> Sitting:
        """A sitting that was opened and closed."""
        sitting = sitting or self.sitting()
        with self.database.transaction(self.presided(sitting)) as tx:
            return close_sitting(tx, sitting_id=sitting.id)

    def minutes(self, sitting: Sitting | None = None) -> Minutes:
        """The draft of the minutes of a closed sitting."""
        sitting = sitting or self.held()
        with self.database.transaction(SYSTEM) as tx:
            return draft_minutes(tx, sitting_id=sitting.id)

    def published(self, minutes: Minutes, *conclusions: str) -> Minutes:
        """The minutes with conclusions for the first chapter, approved, sealed, published."""
        facilitator = self.holder(Role.FACILITATOR, minutes.facts["table"]["id"])
        point_id = minutes.facts["agenda"][0]["id"]
        with self.session() as session:
            chapter_id = chapters(session, self.cycle.id)[0].id
        with self.database.transaction(facilitator) as tx:
            for body in conclusions:
                add_conclusion(
                    tx, minutes_id=minutes.id, point_id=point_id, chapter_id=chapter_id, body=body
                )
            version = tx.session.get_one(Minutes, minutes.id).version
            approve_minutes(tx, minutes_id=minutes.id, version=version)
        with self.database.transaction(SYSTEM) as tx:
            seal_minutes(tx, minutes_id=minutes.id, public_url="https://zone.example")
        with self.database.transaction(facilitator) as tx:
            return publish_minutes(tx, minutes_id=minutes.id)

    def outcome(self, *conclusions: str, sitting: Sitting | None = None) -> Outcome:
        """The outcome of published minutes; the unions that it asks are made before it."""
        minutes = self.published(self.minutes(sitting), *(conclusions or ("Open a desk.",)))
        with self.database.transaction(SYSTEM) as tx:
            outcome = open_outcome(tx, minutes_id=minutes.id)
        assert outcome is not None
        return outcome

    def contributions(self, *bodies: str, sitting: Sitting | None = None) -> list[Contribution]:
        """What an outcome without unions, closed at once, has contributed to the plan."""
        outcome = self.outcome(*bodies, sitting=sitting)
        with self.database.transaction(SYSTEM) as tx:
            return forward_outcome(tx, outcome_id=outcome.id)

    def sign_in(self, client: FlaskClient, actor: Actor) -> FlaskClient:
        """Let a browser be signed in as an actor; returns the browser."""
        assert actor.person_id is not None
        with self.database.transaction(SYSTEM) as tx:
            key = start_sign_in(tx, person_id=actor.person_id, device="test")
        with client.session_transaction() as cookie:
            cookie["key"], cookie["person"] = key, actor.person_id
        return client

    def session(self) -> Any:
        """A reading session, as a context manager."""
        return self.database.snapshot()

    def _make_zone(self) -> Zone:
        with self.database.transaction(SYSTEM) as tx:
            return set_up_zone(
                tx,
                slug=f"zone-{next(_numbers)}",
                name=self.name,
                kind=ZoneKind.DISTRICT,
                lead_body="Comune di prova",
                cycle_start=2018,
                cycle_end=2020,
                chapters=[NewChapter(title=f"Chapter {n}") for n in range(1, 8)],
                phases=[NewPhase(kind=kind, title=f"Phase {kind.value}") for kind in PhaseKind],
            )
