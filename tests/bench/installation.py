"""An installation of some zones: a server of its own, the application over it, what is in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask

from consultazione.app import create_app
from consultazione.config import read_settings
from consultazione.core.db import Database, open_database
from consultazione.core.text_keys import TextKeys
from consultazione.embedded import schema
from consultazione.embedded.postgres import Postgres
from consultazione.embedded.valkey import Valkey
from tests.bench import region_log, region_money, region_rows
from tests.bench.measure import directory
from tests.support.applications import CompiledTemplates
from tests.support.factories import Factory
from tests.support.two_zones import what_is_talked_over

# What an address may have in it, found in each zone: of the current cycle where it has cycles.
_FOUND = {
    "slug": "SELECT slug FROM thematic_table WHERE zone_id = %s AND slug = 'tavolo-1'",
    "intervention_id": "SELECT min(i.id) FROM intervention i JOIN annual_programme p"
    " ON p.id = i.programme_id AND p.zone_id = %s",
    "need_id": "SELECT max(id) FROM priority WHERE is_need AND zone_id = %s",
    "budget_id": "SELECT max(id) FROM participatory_budget WHERE zone_id = %s",
    "criterion_id": "SELECT max(id) FROM sharing_criterion WHERE zone_id = %s",
    "item_id": "SELECT max(id) FROM shared_item WHERE zone_id = %s",
    "fund_id": "SELECT max(id) FROM fund WHERE zone_id = %s",
    "gathering_id": "SELECT max(id) FROM gathering WHERE zone_id = %s",
    "act_id": "SELECT min(id) FROM act WHERE zone_id = %s AND title = 'Atto 1'",
    "archive_document_id": "SELECT max(id) FROM archive_document WHERE zone_id = %s",
    "assessment_id": "SELECT max(id) FROM promise_assessment WHERE zone_id = %s",
    "project_id": "SELECT max(project_id) FROM project_forward WHERE zone_id = %s",
    "forward_id": "SELECT max(id) FROM project_forward WHERE zone_id = %s",
    "proposal_id": "SELECT max(p.id) FROM proposal p JOIN thematic_table t ON t.id = p.table_id"
    " AND t.zone_id = %s",
    "contribution_id": "SELECT max(c.id) FROM contribution c JOIN chapter h"
    " ON h.id = c.chapter_id AND h.zone_id = %s",
    "minutes_id": "SELECT max(m.id) FROM minutes m JOIN sitting s ON s.id = m.sitting_id"
    " JOIN thematic_table t ON t.id = s.table_id AND t.zone_id = %s AND m.state = 'published'",
    "block_id": "SELECT max(b.id) FROM block b JOIN chapter h ON h.id = b.chapter_id"
    " AND h.zone_id = %s JOIN cycle c ON c.id = h.cycle_id AND c.first_year = 2018",
}


@dataclass(frozen=True)
class Place:
    """A zone: a factory of things in it, and what addresses may have in them."""

    make: Factory
    things: Mapping[str, Any]


@dataclass
class Installation:
    """What was set up. places: the zones whose pages are measured, all of one size."""

    app: Flask
    size: Size
    database: Database
    server: Postgres
    zones: Sequence[Factory]
    places: Sequence[Place]


@dataclass(frozen=True)
class Size:
    """How much an installation holds: interventions of each year; shares, indicators of all years.

    blocks: of the plan of the second zone. special: its first three zones are of other sizes
    than the rest, and their pages are measured apart.
    """

    zones: int
    interventions: int
    shares: int
    indicators: int
    blocks: int
    special: bool

    @property
    def measured(self) -> Sequence[int]:
        """The places of zones of the usual size, three if there are."""
        first = 3 if self.special else 0
        step = max(1, (min(self.zones, 32) - first) // 3)
        return range(first, self.zones, step)[:3]


@contextmanager
def installation(size: Size) -> Iterator[Installation]:
    """An installation of that size on servers of its own, as ``up`` runs them."""
    with directory("region-") as here, Postgres(here / "pg") as server, ExitStack() as stack:
        secrets = here / "secrets"
        schema.migrate(server.owner_url, server.url, secrets)
        valkey = stack.enter_context(Valkey(here / "valkey"))
        keys = TextKeys(secrets)
        # Without the limits of web processes, which on a busy machine would end what is measured.
        database = open_database(server.url, secret="x" * 40, text_keys=keys)
        zones, things = _set_up(database, size, here)
        _fill(server, size)
        region_log.record(database)
        with _owner(server, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
        app = _application(database, valkey, here)
        places = [
            Place(zones[n], {**things[n], **_found(server, zones[n].zone.id)}) for n in things
        ]
        yield Installation(app, size, database, server, zones, places)


def place_of(installed: Installation, number: int) -> Place:
    """A zone that has no things of commands' making, by its number."""
    make = installed.zones[number]
    found = _found(installed.server, make.zone.id)
    return Place(make, {"zone": make.zone.slug, "cycle": make.cycle.years, **found})


def _set_up(
    database: Database, size: Size, here: Path
) -> tuple[list[Factory], dict[int, dict[str, Any]]]:
    """The zones, by the commands of the product; in those that are measured, what commands make."""
    zones = [Factory(database, name=f"Distretto {n}") for n in range(size.zones)]
    ids = [make.zone.id for make in zones]
    assert ids == sorted(ids)
    things = {n: what_is_talked_over(zones[n], here / "data" / "uploads") for n in size.measured}
    return zones, things


def _fill(server: Postgres, size: Size) -> None:
    """All other rows, in one transaction whose triggers look at every sum."""
    values = {
        "alone": int(not size.special),
        "yearly": size.interventions,
        "shares": size.shares,
        "indicators": size.indicators,
        "blocks": size.blocks,
    }
    with _owner(server) as connection:
        for statements in (*region_rows.STATEMENTS, *region_money.STATEMENTS):
            connection.execute(statements, values)


def _owner(server: Postgres, *, autocommit: bool = False) -> psycopg.Connection[Any]:
    address = server.owner_url.replace("+psycopg", "")
    return psycopg.connect(address, autocommit=autocommit, cursor_factory=psycopg.ClientCursor)


def _found(server: Postgres, zone_id: int) -> dict[str, Any]:
    with _owner(server) as connection:
        rows = {name: connection.execute(q, [zone_id]).fetchone() for name, q in _FOUND.items()}
    return {name: row[0] for name, row in rows.items() if row}


def _application(database: Database, valkey: Valkey, here: Path) -> Flask:
    settings = read_settings(
        {
            "DATA_DIR": str(here / "data"),
            "SECRETS_DIR": str(here / "secrets"),
            "RUN_DIR": str(here / "run"),
            "DATABASE_URL": "postgresql://opened-before",
            "REDIS_URL": valkey.url_for("web"),
            "SECRET_KEY": "x" * 40,
            "TESTING": "yes",  # no limits to how often one address asks
        }
    )
    app = create_app(settings, database)
    app.config["WTF_CSRF_ENABLED"] = False
    app.jinja_env.bytecode_cache = CompiledTemplates()  # for the installation beside it, too
    return app
