"""The money, the sharing and the memory of a zone's file: loaded, refused by line, exported."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator
from sqlalchemy import func, select

from consultazione.config import ROOT
from consultazione.core.db import Database
from consultazione.importing.documents import BadFile
from consultazione.importing.json_schema import json_schema
from consultazione.importing.main import load
from consultazione.memory.models import ArchiveDocument, ArchivePage, PriorityLink
from consultazione.zones.models import Zone
from tests.support.zone_exports import exported, without_names
from tests.support.zone_manual import EXAMPLE, plain


def demo(name: str) -> str:
    return (ROOT / "demo" / f"{name}.yaml").read_text(encoding="utf-8")


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
        ("{id: portierato-2019,", "{id: portierato-2018,", "programmes.1.interventions.0.id"),
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


_SECTIONS = ("funds", "programmes", "figures", "criteria", "shared_items", "archive",
             "priority_links", "promises")  # fmt: skip


@pytest.mark.parametrize("name", ["example", "piano-sociale", "sesto-calende"])
def test_what_is_exported_is_imported_as_the_same(
    database: Database, tmp_path: Path, name: str
) -> None:
    load(database, EXAMPLE if name == "example" else demo(name), tmp_path)
    first = exported(database, tmp_path)
    documents = list(yaml.safe_load_all(first))
    validator = Draft202012Validator(json_schema("https://example.org/schema"))
    assert [fault for one in documents for fault in validator.iter_errors(plain(one))] == []
    slug = documents[0]["zone"]["slug"]
    load(database, first.replace(f"slug: {slug}\n", "slug: un-altra\n"), tmp_path)
    again = list(yaml.safe_load_all(exported(database, tmp_path)))
    kept = [{name: one[name] for name in _SECTIONS if name in one} for one in documents]
    assert any(kept)
    assert without_names(kept) == without_names(
        [{name: one[name] for name in _SECTIONS if name in one} for one in again]
    )


def approving_acts(document: str) -> dict[int, str]:
    """Of each year whose programme is approved, the title of the act that approved it."""
    documents = [one for one in yaml.safe_load_all(document) if "programmes" in one]
    return {
        programme["year"]: act["title"]
        for one in documents
        for programme, act in product(one["programmes"], one["acts"])
        if programme.get("approved_by") == act["id"]
    }


def test_the_act_that_approved_a_programme_goes_out_and_comes_in_again(
    database: Database, tmp_path: Path
) -> None:
    text = EXAMPLE.replace("    reviewed_on: 2019-03-01\n", "    approved_by: quadro\n", 1)
    load(database, text, tmp_path)
    first = exported(database, tmp_path)
    load(database, first.replace("slug: valle-chiara\n", "slug: un-altra\n"), tmp_path)
    again = exported(database, tmp_path)
    assert "slug: un-altra\n" in again
    assert approving_acts(first) == approving_acts(again) == {2018: "Piano regionale"}
