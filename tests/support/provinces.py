"""A territory with two zones, a provincial programme, a table and a project."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from consultazione.core.actor import SYSTEM, Actor
from consultazione.people.commands.coordinators import appoint_coordinator
from consultazione.provincial.commands.programme import (
    forward_project,
    open_provincial_programme,
    set_up_provincial_table,
    write_provincial_project,
)
from consultazione.provincial.models import ProjectForward, ProvincialProject, Section
from consultazione.zones.commands.territories import join_territory, set_up_territory
from consultazione.zones.models import TerritoryKind
from tests.support.factories import Factory


class Province:
    """The zone of a factory and another, `there`, in one territory with a project."""

    def __init__(self, make: Factory) -> None:
        self.make, self.there = make, Factory(make.database, name="Distretto di Altrove")
        with make.database.transaction(SYSTEM) as tx:
            self.territory = set_up_territory(
                tx,
                slug="provincia-di-prova",
                name="Provincia di prova",
                kind=TerritoryKind.PROVINCE,
                region="Emilia-Romagna",
                lead_body="Provincia di prova",
            )
            for zone in (make.zone, self.there.zone):
                join_territory(tx, zone_id=zone.id, territory_id=self.territory.id)
            self.programme = open_provincial_programme(
                tx, territory_id=self.territory.id, first_year=2018, last_year=2020
            )
            self.table = set_up_provincial_table(
                tx,
                territory_id=self.territory.id,
                section=Section.IMMIGRATION,
                name="Tavolo stranieri",
                remit="Mediazione nei servizi",
            )
        self.project = self.write("Mediatori negli sportelli")

    def write(self, title: str, **values: Any) -> ProvincialProject:
        """A project of the table."""
        given = {"body": "Mediatori in **ogni** sportello.", "amount": Decimal("12000.50")}
        with self.make.database.transaction(SYSTEM) as tx:
            return write_provincial_project(
                tx,
                programme_id=self.programme.id,
                table_id=self.table.id,
                title=title,
                **{**given, **values},
            )

    def forward(self, to: Factory | None = None) -> ProjectForward:
        """The project, forwarded to a zone."""
        with self.make.database.transaction(SYSTEM) as tx:
            return forward_project(
                tx, project_id=self.project.id, zone_id=(to or self.make).zone.id
            )

    def coordinator(self) -> Actor:
        """Somebody who coordinates the territory."""
        person = self.make.person()
        with self.make.database.transaction(SYSTEM) as tx:
            appoint_coordinator(tx, territory_id=self.territory.id, email=person.email or "")
        return self.make.actor(person)
