"""A territory's document: its zones join it, its projects reach them, and it is written again."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from sqlalchemy import select

from consultazione.config import ROOT
from consultazione.core.actor import Role
from consultazione.core.clock import in_rome
from consultazione.core.db import Database
from consultazione.core.log import verify
from consultazione.importing.json_schema import json_schema
from consultazione.importing.main import BadFile, load_files
from consultazione.importing.territory.export import territory_file
from consultazione.importing.territory.schema import TerritoryDocument
from consultazione.people.models import TerritoryCoordinator
from consultazione.people.queries import actor_of
from consultazione.provincial.models import ForwardState, ProjectForward
from consultazione.zones.models import Territory, Zone
from tests.support.factories import Factory
from tests.support.zone_manual import EXAMPLE, TERRITORY, plain

NAMES = ("ravenna", "faenza", "bassa-romagna", "provincia-di-ravenna")
FILES = {name: (ROOT / "demo" / f"{name}.yaml").read_text(encoding="utf-8") for name in NAMES}


def exported(database: Database, uploads: Path) -> str:
    with database.snapshot() as session:
        territory = session.scalars(select(Territory).order_by(Territory.id.desc())).first()
        assert territory is not None
        return territory_file(session, territory, uploads)


def test_projects_reach_the_zones_that_answer_them(database: Database, tmp_path: Path) -> None:
    load_files(database, FILES, tmp_path)
    with database.snapshot() as session:
        zones = {zone.id: zone for zone in session.scalars(select(Zone))}
        assert {zone.territory.slug for zone in zones.values() if zone.territory} == {NAMES[-1]}
        answers = session.scalars(select(ProjectForward)).all()
        refused = [one for one in answers if one.state is ForwardState.REFUSED]
        assert [(zones[one.zone_id].slug, bool(one.reason)) for one in refused] == [
            ("faenza", True)
        ]
        assert refused[0].answered_at is not None
        assert in_rome(refused[0].answered_at).date() == date(2018, 4, 18)
        assert {one.state for one in answers} == set(ForwardState)
        coordinator = session.scalars(select(TerritoryCoordinator)).one()
        actor = actor_of(session, coordinator.person_id)
        reads = {
            zone.slug
            for zone in zones.values()
            if Role.PROVINCIAL_COORDINATOR in actor.roles(zone.id)
        }
        assert reads == {"ravenna"}
        assert Role.PLAN_OFFICE not in actor.roles(refused[0].zone_id)
        assert all(verify.verify_stream(session, name) == [] for name in verify.streams(session))


def test_what_is_exported_and_imported_is_the_same_territory(
    database: Database, tmp_path: Path, make: Factory
) -> None:
    load_files(database, FILES, tmp_path)
    first = exported(database, tmp_path)
    validator = Draft202012Validator(json_schema("https://example.org/schema"))
    for document in yaml.safe_load_all(first):
        assert list(validator.iter_errors(plain(document))) == []
    assert "demo.example" not in first
    assert _own(first) == _own(FILES[NAMES[-1]])
    with database.transaction(make.actor(make.person())) as tx:
        for row in (*tx.session.scalars(select(Zone)), *tx.session.scalars(select(Territory))):
            row.slug, row.name = f"former-{row.slug}", f"Former {row.name}"
    load_files(database, {"again.yaml": first}, tmp_path)
    second = exported(database, tmp_path)
    assert _own(second) == _own(first)
    assert len(list(yaml.safe_load_all(second))) == 4


def _own(text: str) -> Any:
    """The territory's own document without persons, its tables numbered, forwards by zone."""
    *_zones, document = yaml.safe_load_all(text)
    own = TerritoryDocument().load(document)
    del own["coordinators"]
    tables = {table.pop("id"): number for number, table in enumerate(own["provincial_tables"])}
    for programme in own["provincial_programmes"]:
        for project in programme["projects"]:
            project["table"] = tables[project["table"]]
            project["forwards"] = {one.pop("zone"): one for one in project["forwards"]}
            for forward in project["forwards"].values():
                del forward["by"]
    return own


def test_the_example_of_the_manual_loads_after_its_zone(database: Database, tmp_path: Path) -> None:
    load_files(database, {"": f"{EXAMPLE}---\n{TERRITORY}"}, tmp_path)
    with database.snapshot() as session:
        assert session.scalars(select(Zone)).one().territory_id is not None


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("zones: [valle-chiara]", "zones: [valle-scura]", r"territory\.zones\.0: there is no zone"),
        (
            "zones: [v",
            "drafts_shared_by: [altrove]\n  zones: [v",
            r"drafts_shared_by\.0: 'altrove'",
        ),
        ("table: minori", "table: maggiori", r"projects\.0\.table: .*maggiori"),
        ("section: childhood", "section: Childhood", r"provincial_tables\.0\.section"),
        (
            "provincial_tables:\n",
            "provincial_tables:\n  - {id: minori, section: immigration, name: A, remit: Altri.}\n",
            r"provincial_tables\.1\.id: minori stands here twice",
        ),
        ("amount: 42000", "amount: -1", r"projects\.0\.amount"),
        (", reason: Il servizio c'è già.", "", r"forwards\.0\.reason"),
        ("day: 2025-04-18", "by: nobody@valle.example", r"forwards\.0\.by"),
        ("day: 2025-04-18", "by: delegata@valle.example", r"forwards\.0: "),
        ("kind: province", "kind: planet", r"territory\.kind"),
    ],
)
def test_a_bad_document_names_its_place_and_leaves_nothing(
    database: Database, tmp_path: Path, old: str, new: str, says: str
) -> None:
    assert old in TERRITORY
    with pytest.raises(BadFile, match=says):
        load_files(database, {"": f"{EXAMPLE}---\n{TERRITORY.replace(old, new)}"}, tmp_path)
    with database.snapshot() as session:
        assert session.scalars(select(Zone)).all() == []
