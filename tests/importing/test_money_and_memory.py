"""The money, the sharing and the memory of a zone's file: loaded, refused by line, exported."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consultazione.config import ROOT
from consultazione.core.db import Database
from consultazione.core.log import read_stream, verify
from consultazione.importing.export import zone_file
from consultazione.importing.json_schema import json_schema
from consultazione.importing.main import BadFile, load
from consultazione.importing.schema import ZoneDocument
from consultazione.memory.models import ArchiveDocument, ArchivePage, Fulfilment, PriorityLink
from consultazione.memory.promises import tally
from consultazione.plan.models import PlanState
from consultazione.plan.needs.models import Purpose
from consultazione.plan.needs.queries import needs_and_answers
from consultazione.plan.standing import plan_of, state_of
from consultazione.programme.balances import earmark_balances, fund_balances
from consultazione.programme.events import programme_stream
from consultazione.programme.models import Intervention, Share
from consultazione.programme.queries import indicators, programme_of, programmes_of
from consultazione.programme.sums import years
from consultazione.sharing.budgets.models import Budget
from consultazione.sharing.models import Scenario
from consultazione.sharing.queries import items, points_of, polls_at
from consultazione.zones.models import Cycle, Zone

MANUAL = (ROOT / "docs" / "zone-file.md").read_text(encoding="utf-8")
EXAMPLE = MANUAL.partition("```yaml\n")[2].partition("```")[0]


def demo(name: str) -> str:
    return (ROOT / "demo" / f"{name}.yaml").read_text(encoding="utf-8")


def the_cycle(session: Session, first_year: int) -> Cycle:
    return session.scalars(select(Cycle).filter_by(first_year=first_year)).one()


def refused(database: Database, uploads: Path, text: str) -> str:
    with pytest.raises(BadFile) as fault:
        load(database, text, uploads)
    with database.snapshot() as session:
        assert session.scalar(select(func.count()).select_from(Zone)) == 0
    return str(fault.value)


def damaged(old: str, new: str) -> tuple[str, int]:
    """The example with a damage, and the line where it is."""
    assert EXAMPLE.count(old) == 1
    return EXAMPLE.replace(old, new), EXAMPLE[: EXAMPLE.index(old)].count("\n") + 1


def test_the_programme_of_the_example_loads(database: Database, tmp_path: Path) -> None:
    load(database, EXAMPLE, tmp_path)
    with database.snapshot() as session:
        cycle = the_cycle(session, 2018)
        first, second = (
            session.scalars(select(Intervention).filter_by(programme_id=programme.id)).one()
            for programme in programmes_of(session, cycle.id)
        )
        of_first = select(Share).where(Share.intervention_id == first.id)
        paid = {row.fund.code: row for row in session.scalars(of_first)}
        (measured,) = indicators(session, [first.id])
        assert (first.total, second.title, second.continues_id) == (
            Decimal("40000.50"),
            first.title,
            first.id,
        )
        assert paid["COM"].activated_by_consultation
        assert measured.measured == 210
        assert [paid["COM"].spent, paid["FNPS"].spent] == [None, 28000]
        entries = read_stream(session, programme_stream(first.programme_id))
    assert [entry.at.year for entry in entries if entry.kind == "programme.opened"] == [2018]
    assert entries[-1].at.year == 2019


def test_the_sharing_of_the_example_loads(database: Database, tmp_path: Path) -> None:
    load(database, EXAMPLE, tmp_path)
    with database.snapshot() as session:
        cycle = the_cycle(session, 2018)
        stored = session.scalars(select(Scenario)).one()
        assert [item.title for item in items(session, cycle.id, 2018)] == ["Portierato"]
        assert (stored.figures["before"], stored.figures["after"]) == ("10000.50", "9000.50")
        assert session.scalars(select(Budget)).one().result == {
            "answers": 1,
            "too_few": True,
            "rows": [],
            "spent": "0.00",
        }


def test_the_memory_of_the_example_loads(database: Database, tmp_path: Path) -> None:
    load(database, EXAMPLE, tmp_path)
    with database.snapshot() as session:
        past = the_cycle(session, 2015)
        assert tally(session, past.id)[Fulfilment.PARTLY] == 1
        assert session.scalars(select(ArchivePage.body)).all() == ["Il testo del piano."]
        link = session.scalars(select(PriorityLink)).one()
        assert (link.earlier_cycle_id, link.cycle_id) == (past.id, the_cycle(session, 2018).id)


def test_the_plan_of_the_example_loads(database: Database, tmp_path: Path) -> None:
    load(database, EXAMPLE, tmp_path)
    with database.snapshot() as session:
        cycle = the_cycle(session, 2018)
        found = needs_and_answers(session, cycle.id)
        assert found.purposes[Purpose.LOCAL_SYSTEMS] == 1
        assert all(one.is_answered for one in (*found.needs, *found.goals))
        assert state_of(plan_of(session, cycle.id)) is PlanState.PUBLIC_DRAFT


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("total: 40000.50", "total: 40000.00", "interventions.0.total"),
        ("amount: 30000,", "amount: -1,", "shares.1.amount"),
        ("amount: 30000,", "amount: 30000.001,", "shares.1.amount"),
        ("percent: 50,", "percent: 150,", "earmarks.0.percent"),
        ("level: access", "level: top", "interventions.0.level"),
        ("        kind: project\n", "", "interventions.0.kind"),
        ("lead_body: Comune di Valle Chiara\n        bodies", "lead_body: Nessuno\n        bodies",
         "interventions.0.lead_body"),
        ("needs: [Solitudine]", "needs: [Noia]", "interventions.0.needs"),
        ("fund: FNPS, amount: 30000", "fund: FNA, amount: 30000", "shares.1.fund"),
        ("measured_on: 2019-03-01", "measured_on: null", "indicators.0.measured"),
        ("measured_on: 2019-03-01", "measured_on: 2101-03-01", "indicators.0.on_day"),
        ("continues: portierato-2018", "continues: nulla", "interventions.0.continues"),
        ("year: 2019\n", "year: 2018\n", "programmes.1"),
        ("population: 60, users", "population: 61, users", "criteria.0.percentages"),
        ("amounts: {portierato:", "amounts: {altro:", "amounts.altro"),
        ("given: [70, 30]", "given: [70]", "answers.0.given"),
        ("given: [70, 30]", "given: [70, 40]", "answers.0.answer"),
        ("file_name: piano.txt\n", "on_day: 2015-01-01\n", "archive.0.file_name"),
        ("file_name: piano.txt", "file_name: piano.exe", "archive.0.file"),
        ("earlier: Ascolto", "earlier: Altro", "priority_links.0.earlier"),
        ("{cycle: 2015-2017, priority: Ascolto", "{cycle: 2014-2016, priority: Ascolto",
         "promises.0.cycle"),
        ("{state: public_draft,", "{state: approved,", "plan_steps.0.act"),
        ("  - chapter: 1\n    body: Ogni", "  - chapter: 9\n    body: Ogni", "plan.0.chapter"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_with_its_place(
    database: Database, tmp_path: Path, old: str, new: str, place: str
) -> None:
    text, line = damaged(old, new)
    told = refused(database, tmp_path, text)
    assert place in told
    told_line = int(told.partition("line ")[2].partition(":")[0])
    assert abs(told_line - line) <= 8


def test_an_earmark_cannot_be_spent_elsewhere(database: Database, tmp_path: Path) -> None:
    text, _line = damaged("area: families\n", "area: poverty\n")
    assert "interventions.0.shares" in refused(database, tmp_path, text)


@pytest.fixture
def told(database: Database, tmp_path: Path) -> Database:
    """A database with the concluded cycle."""
    load(database, demo("reno-lavino-samoggia-2018-2020"), tmp_path)
    return database


def test_the_story_spends_what_its_funds_have(told: Database) -> None:
    with told.snapshot() as session:
        cycle = the_cycle(session, 2018)
        rows = years(session, cycle.id, cycle.first_year, cycle.last_year)
        for year in range(cycle.first_year, cycle.last_year + 1):
            programme = programme_of(session, cycle.id, year)
            balances = fund_balances(session, programme.id)
            marks = earmark_balances(session, programme.id, balances)
            assert all(mark.is_kept for mark in marks)
            assert len(marks) == 1
            assert not programme.is_draft
        assert all(one.demo for one in session.scalars(select(Intervention)))
    assert [row.interventions for row in rows] == [13, 13, 13]
    assert all(0 < row.sum.activated < row.sum.spent < row.sum.planned for row in rows)


def test_the_story_voted_on_a_what_if(told: Database) -> None:
    with told.snapshot() as session:
        stored = session.scalars(select(Scenario)).one()
        (point,) = points_of(session, stored.id)
        assert len(polls_at(session, [point.id])) == 1
        changed = [
            row["name"] for row in stored.figures["effects"] if row["before"] != row["after"]
        ]
        asked = session.scalars(select(Budget)).one()
        chosen = [row["cost"] for row in (asked.result or {})["rows"] if row["chosen"]]
    assert len(changed) == 5
    assert sum(map(Decimal, chosen)) == asked.funds


def test_the_story_ends_with_an_approved_plan_that_answers(told: Database) -> None:
    with told.snapshot() as session:
        cycle = the_cycle(session, 2018)
        found = needs_and_answers(session, cycle.id)
        assert state_of(plan_of(session, cycle.id)) is PlanState.APPROVED
        assert all(found.purposes.values())
        assert sum(tally(session, cycle.id).values()) == 8
        assert [fault for name in verify.streams(session)
                for fault in verify.verify_stream(session, name)] == []  # fmt: skip


@pytest.mark.parametrize("years", ["2015-2017", "2012-2014"])
def test_a_link_may_wait_for_the_cycle_of_another_file(
    database: Database, tmp_path: Path, years: str
) -> None:
    old = "earlier_cycle: 2015-2017, earlier: Ascolto"
    text, _line = damaged(old, f"if_there: true, earlier_cycle: {years}, earlier: Ascolto")
    load(database, text, tmp_path)
    with database.snapshot() as session:
        links = session.scalar(select(func.count()).select_from(PriorityLink))
    assert links == (1 if years == "2015-2017" else 0)


def test_past_plans_are_placeholders_that_say_so(database: Database, tmp_path: Path) -> None:
    load(database, demo("sesto-calende"), tmp_path)
    with database.snapshot() as session:
        documents = list(session.scalars(select(ArchiveDocument)))
        texts = list(session.scalars(select(ArchivePage.body)))
    assert {row.years for row in documents} == {"2006-2008", "2009-2011", "2012-2014", "2015-2017"}
    assert all(row.demo for row in documents)
    assert len(texts) == 4
    assert all(text.startswith("SEGNAPOSTO DELLA DIMOSTRAZIONE") for text in texts)


def _exported(database: Database, uploads: Path) -> str:
    with database.snapshot() as session:
        newest = session.scalars(select(Zone).order_by(Zone.id.desc()).limit(1)).one()
        return zone_file(session, newest.id, uploads)


_SECTIONS = ("funds", "programmes", "figures", "criteria", "shared_items", "archive",
             "priority_links", "promises")  # fmt: skip
_NAMES = {"id", "continues", "approved_by", "criterion", "opened_on"}


def _without_names(value: Any) -> Any:
    """The same without what only holds a file together, and without days that were not told."""
    if isinstance(value, dict):
        return {key: _without_names(one) for key, one in value.items() if key not in _NAMES}
    return [_without_names(one) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize("name", ["example", "piano-sociale", "sesto-calende"])
def test_what_is_exported_is_imported_as_the_same(
    database: Database, tmp_path: Path, name: str
) -> None:
    load(database, EXAMPLE if name == "example" else demo(name), tmp_path)
    first = _exported(database, tmp_path)
    documents = list(yaml.safe_load_all(first))
    validator = Draft202012Validator(json_schema("https://example.org/schema"))
    assert [fault for one in documents for fault in validator.iter_errors(_plain(one))] == []
    slug = documents[0]["zone"]["slug"]
    load(database, first.replace(f"slug: {slug}\n", "slug: un-altra\n"), tmp_path)
    again = list(yaml.safe_load_all(_exported(database, tmp_path)))
    kept = [{name: one[name] for name in _SECTIONS if name in one} for one in documents]
    assert any(kept)
    assert _without_names(kept) == _without_names(
        [{name: one[name] for name in _SECTIONS if name in one} for one in again]
    )


def test_the_export_says_what_the_example_said(database: Database, tmp_path: Path) -> None:
    load(database, EXAMPLE, tmp_path)
    said = ZoneDocument().load(next(yaml.safe_load_all(EXAMPLE)))
    past, kept, newest = (
        ZoneDocument().load(one) for one in yaml.safe_load_all(_exported(database, tmp_path))
    )
    for section in ("funds", "criteria", "shared_items", "priority_links"):
        assert _without_names(kept[section]) == _without_names(said[section])
    assert newest["figures"] == said["figures"]
    sheets = [document["programmes"][0]["interventions"][0] for document in (kept, said)]
    for name in sheets[1].keys() - _NAMES:
        assert sheets[0][name] == sheets[1][name]
    assert newest["archive"][0]["content"].decode() == said["archive"][0]["text"]
    assert past["promises"][0]["fulfilment"] is Fulfilment.PARTLY


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
