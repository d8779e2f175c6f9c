"""The zone's file: documented, described by a schema, exported, and read again as the same zone."""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from sqlalchemy import func, select

from consultazione.config import ROOT
from consultazione.core import clock
from consultazione.core.actor import Role
from consultazione.core.db import Database
from consultazione.importing.export.zone import zone_file
from consultazione.importing.json_schema import json_schema
from consultazione.importing.main import BadFile, load, load_files
from consultazione.importing.parts import Part
from consultazione.importing.schema import ZoneDocument
from consultazione.importing.territory.schema import TerritoryDocument
from consultazione.zones.gatherings.commands import announce_gathering
from consultazione.zones.gatherings.models import Gathering, GatheringKind
from consultazione.zones.models import Cycle, Zone
from consultazione.zones.queries import cycles
from tests.support.factories import Factory
from tests.support.zone_answers import png
from tests.support.zone_manual import EXAMPLE, MANUAL, plain

DEMO = (ROOT / "demo" / "reno-lavino-samoggia.yaml").read_text(encoding="utf-8")


def faults(text: str) -> list[str]:
    validator = Draft202012Validator(json_schema("https://example.org/schema"))
    documents = [plain(one) for one in yaml.safe_load_all(text)]
    return [fault.message for one in documents for fault in validator.iter_errors(one)]


def test_the_schema_is_sound_and_the_files_fit_it() -> None:
    Draft202012Validator.check_schema(json_schema("https://example.org/schema"))
    assert faults(DEMO) == []
    assert faults(EXAMPLE) == []
    assert faults(DEMO.replace("kind: union\n", "kind: planet\n", 1))
    assert faults(DEMO.replace("  lead_body:", "  lead:", 1))


def test_the_schema_is_published(client: FlaskClient, app: Flask) -> None:
    sent = client.get("/api/v1/zone-file.schema.json")
    assert sent.content_type == "application/schema+json"
    url = app.extensions["settings"].public_url
    assert sent.get_json(force=True) == json_schema(f"{url}/api/v1/zone-file.schema.json")


def test_the_manual_names_every_field() -> None:
    missing = [
        f"{place}.{name}"
        for document in (ZoneDocument(), TerritoryDocument())
        for place, name in _fields("", document)
        if f"`{name}`" not in MANUAL
    ]
    assert missing == []


def _fields(place: str, schema: Any) -> list[tuple[str, str]]:
    found = []
    for name, field in schema.fields.items():
        found.append((place, name))
        inner = getattr(field, "inner", field)
        if isinstance(nested := getattr(inner, "schema", None), Part):
            found += _fields(f"{place}.{name}", nested)
    return found


def test_the_example_of_the_manual_loads(database: Database, tmp_path: Path) -> None:
    load(database, EXAMPLE, tmp_path)
    with database.snapshot() as session:
        zone = session.scalars(select(Zone)).one()
        told = [cycle.years for cycle in cycles(session, zone.id)]
    assert told == ["2025-2027", "2018-2020", "2015-2017"]


def exported(database: Database, uploads: Path) -> str:
    with database.snapshot() as session:
        return zone_file(session, session.scalars(select(Zone.id)).one(), uploads)


def two_cycles() -> str:
    """The demo, with a logo and contacts, and one more cycle after it."""
    logo = b64encode(png()).decode()
    more = f"  colour: green\n  logo: {logo}\n  contacts: {{email: a@b.example, phone: '1'}}\n"
    first = DEMO.replace("  sign_off_rule:", f"{more}  sign_off_rule:", 1)
    document = yaml.safe_load(first)
    second = {name: document[name] for name in ("zone", "chapters", "tables", "organisations")}
    second["zone"]["cycle"] = {"start": 2028, "end": 2030}
    return f"{first}\n---\n{yaml.safe_dump(second, allow_unicode=True)}"


def _without_ids(text: str) -> list[dict[str, Any]]:
    """The documents, with what goes by an id numbered by its first place in the file."""
    places: dict[str, str] = {}
    for found in re.findall(r"(?:act|organisation|intervention|criterion|item)-\d+", text):
        places.setdefault(found, f"{found.partition('-')[0]}-{len(places)}")
    named = re.sub("|".join(sorted(places, key=len, reverse=True)), lambda m: places[m[0]], text)
    return list(yaml.safe_load_all(named))


def _outline(text: str) -> list[dict[str, Any]]:
    """What a file says of the first cycle's zone and of all cycles' parts, defaults filled in."""
    documents = [ZoneDocument().load(one) for one in yaml.safe_load_all(text)]
    for document in documents:
        for item in [*document["acts"], *document["tables"]]:
            item.pop("id")
            item.pop("slug", None)
    kept = ("zone", "chapters", "priorities", "acts", "tables")
    return [{name: one[name] for name in kept} for one in documents]


def test_what_is_exported_and_imported_is_the_same_zone(
    database: Database, tmp_path: Path, make: Factory
) -> None:
    load(database, two_cycles(), tmp_path)
    first = exported(database, tmp_path)
    assert faults(first) == []
    assert _outline(first) == _outline(two_cycles())
    assert "demo.example" not in first
    assert "Cittadina" not in first
    with database.transaction(make.actor(make.person())) as tx:
        zone = tx.session.scalars(select(Zone)).one()
        zone.slug, zone.name = "another", "Another"
    renamed = first  # the same file again: the zone of before has another address now
    load(database, renamed, tmp_path)
    with database.snapshot() as session:
        newest = session.scalars(select(Zone).where(Zone.slug != "another")).one()
        second = zone_file(session, newest.id, tmp_path)
    assert _without_ids(second) == _without_ids(first)


def test_an_event_without_a_description_is_exported_and_imported(
    database: Database, tmp_path: Path, make: Factory
) -> None:
    with database.transaction(make.holder(Role.PLAN_OFFICE)) as tx:
        announce_gathering(
            tx, cycle_id=make.cycle.id, kind=GatheringKind.SEMINAR, title="Seminario",
            starts_at=clock.now() + timedelta(days=9), place="Teatro",
        )  # fmt: skip
    text = exported(database, tmp_path).replace(make.zone.slug, "another")
    load(database, text, tmp_path)
    with database.snapshot() as session:
        assert session.scalars(select(Gathering.description)).all() == ["", ""]


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        ({"start: 2028, end: 2030": "start: 2025, end: 2027"}, "zone.cycle"),
        ({"start: 2028": "start: 2031"}, "zone.cycle"),
    ],
)
def test_a_cycle_twice_is_refused_with_its_line(
    database: Database, tmp_path: Path, damage: dict[str, str], says: str
) -> None:
    years = "cycle:\n    end: 2030\n    start: 2028"
    text = two_cycles().replace(years, "cycle: {start: 2028, end: 2030}")
    for old, new in damage.items():
        assert old in text
        text = text.replace(old, new)
    line = max(n for n, words in enumerate(text.splitlines(), 1) if "  cycle: {" in words)
    with pytest.raises(BadFile) as refused:
        load(database, text, tmp_path)
    assert f"line {line}: {says}" in str(refused.value)
    with database.snapshot() as session:
        assert session.scalar(select(func.count()).select_from(Zone)) == 0


@pytest.mark.parametrize(
    ("section", "items", "place"),
    [
        ("bodies", ["{name: Alto, kind: region}"] * 2, "bodies.1.name"),
        ("phases", ["{kind: approval, title: Voto}"] * 2, "phases.1.kind"),
        ("tables", ["{id: a, name: A, kind: plenary, remit: x}"] * 2, "tables.1.id"),
        (
            "acts",
            ["{id: a, kind: approval, title: A, on_day: 2025-01-01, body: B, source: c}"] * 3,
            "acts.1.id",
        ),
        ("funds", ["{code: F, name: Fondo}"] * 2, "funds.1.code"),
        (
            "criteria",
            ["{id: a, name: A, kind: population, figures_year: 2025}"] * 2,
            "criteria.1.id",
        ),
        (
            "shared_items",
            ["{id: a, year: 2025, title: A, amount: 1, criterion: b}"] * 2,
            "shared_items.1.id",
        ),
        ("what_ifs", ["{id: a, year: 2025, name: A, by: a@b.example}"] * 2, "what_ifs.1.id"),
    ],
)
def test_what_stands_twice_is_refused_with_its_line(
    database: Database, tmp_path: Path, section: str, items: list[str], place: str
) -> None:
    zone = "{slug: prova, name: Prova, kind: union, lead_body: B, sign_off_rule: all_answered,"
    lines = [
        f"zone: {zone} cycle: {{start: 2025, end: 2027}}}}",
        "chapters: [{title: Uno}]",
        f"{section}:",
        *(f"  - {item}" for item in items),
    ]
    with pytest.raises(BadFile, match=f"line 5: {place}: .*stands here twice") as refused:
        load(database, "\n".join(lines), tmp_path)
    assert str(refused.value).count("line ") == len(items) - 1
    with database.snapshot() as session:
        assert session.scalar(select(func.count()).select_from(Zone)) == 0


def test_an_address_of_another_zone_is_refused(database: Database, tmp_path: Path) -> None:
    load(database, DEMO, tmp_path)
    other = EXAMPLE.replace("slug: valle-chiara", "slug: reno-lavino-samoggia")
    with pytest.raises(BadFile, match=r"zone\.slug: .*Unione Reno, Lavino e Samoggia"):
        load(database, other, tmp_path)


def test_of_several_files_all_are_loaded_or_none(database: Database, tmp_path: Path) -> None:
    wrong = EXAMPLE.replace("slug: valle-chiara", "slug: reno-lavino-samoggia")
    with pytest.raises(BadFile, match=r"b\.yaml: line \d+: zone\.slug"):
        load_files(database, {"a.yaml": DEMO, "b.yaml": wrong}, tmp_path)
    with database.snapshot() as session:
        assert session.scalar(select(func.count()).select_from(Cycle)) == 0
    loaded = load_files(database, {"a.yaml": DEMO, "b.yaml": EXAMPLE}, tmp_path)
    assert len(loaded) == 3


def test_administrators_download_the_file(client: FlaskClient, make: Factory) -> None:
    make.table(name="Casa")
    make.sign_in(client, make.holder(Role.PLAN_OFFICE))
    assert client.get(f"{make.here}/impostazioni/zona.yaml").status_code == 403
    make.sign_in(client, make.holder(Role.ADMINISTRATOR))
    sent = client.get(f"{make.here}/impostazioni/zona.yaml")
    (document,) = yaml.safe_load_all(sent.text)
    assert document["tables"][0]["name"] == "Casa"
    assert make.zone.slug in sent.headers["Content-Disposition"]
