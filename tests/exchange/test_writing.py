"""Programmes as files: what they hold, and that they can be read back."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from frictionless import Package
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection

from consultazione.exchange.planning.plan import Change
from consultazione.exchange.writing.csv_text import harmless, write_for_programs
from consultazione.programme.commands.costs import record_spending, share_cost
from consultazione.programme.commands.results import add_indicator, add_resource, measure_indicator
from consultazione.programme.kinds import PolicyArea, ResourceKind
from consultazione.programme.queries import shares
from tests.support.books import Books
from tests.support.imports import plan_of, reading_in, written
from tests.support.statements import statements


@pytest.fixture
def full(books: Books) -> Books:
    """A programme with something in every column."""
    fund = books.fund("FNPS")
    made = books.intervention(
        (fund, "5.25"),
        title="=Sportello; “sociale”",
        policies=[PolicyArea.WORK, PolicyArea.HOUSING],
        body_ids=[books.payers[1].id],
        objectives="- primo\n- secondo",
        recipients="Chi ha bisogno, subito",
    )
    more = [
        books.share(fund, "5.25"),
        books.share(fund, "10", body_id=books.payers[1].id, activated_by_consultation=True),
    ]
    books.run(share_cost, intervention_id=made.id, total=Decimal("15.25"), shares=more)
    with books.make.session() as session:
        spent = {row.id: Decimal("1.10") for row in shares(session, [made.id])[:1]}
    books.run(record_spending, intervention_id=made.id, spent=spent)
    added = books.run(
        add_indicator,
        intervention_id=made.id,
        name="Persone",
        unit="persone",
        target=Decimal(40),
        source="registro",
        responsible="Ufficio di piano",
    )
    books.run(
        measure_indicator,
        indicator_id=added.id,
        measured=Decimal(38),
        on_day=date(2018, 12, 31),
        evidence="registro degli accessi",
    )
    books.run(
        add_resource,
        intervention_id=made.id,
        resource_kind=ResourceKind.PROFESSIONAL,
        description="Assistenti sociali",
        quantity=Decimal(2),
        unit="persone",
    )
    books.intervention(title="Senza soldi")
    return books


@pytest.mark.parametrize("kind", ["csv", "ods"])
def test_what_is_written_is_read_back_unchanged(full: Books, kind: str) -> None:
    plan = plan_of(full, reading_in(kind, written(full, kind)))
    assert plan.faults == []
    assert [item.change for item in plan.items] == [Change.UNCHANGED] * 2, [
        item.differing for item in plan.items
    ]


def test_frictionless_accepts_the_package(full: Books, tmp_path: Path) -> None:
    full.open(2019)
    with zipfile.ZipFile(io.BytesIO(written(full, "zip", all_of_them=True))) as archive:
        archive.extractall(tmp_path)
    package = Package(str(tmp_path / "datapackage.json"))
    report = package.validate()
    assert report.valid, report.flatten(["resource", "rowNumber", "message"])
    assert len(package.get_resource("programmi").read_rows()) == 2
    amounts = [row["importo"] for row in package.get_resource("quote").read_rows()]
    assert amounts == [Decimal("5.25"), Decimal("10.00")]


def test_frictionless_would_see_a_wrong_package(full: Books, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(written(full, "zip"))) as archive:
        archive.extractall(tmp_path)
    (tmp_path / "interventi.csv").write_text((tmp_path / "fondi.csv").read_text())
    assert not Package(str(tmp_path / "datapackage.json")).validate().valid


def test_json_is_exact(full: Books) -> None:
    (programme,) = json.loads(written(full, "json"))["programmi"]
    assert (programme["anno"], programme["dimostrativo"]) == (2018, False)
    assert [share["importo"] for share in programme["quote"]] == ["5.25", "10.00"]
    assert programme["indicatori"][0]["misurato"] == "38.00"
    assert len(programme["interventi"]) == 2


def test_the_region_gets_a_line_for_each_indicator(full: Books) -> None:
    text = written(full, "regione").decode("utf-8-sig")
    first, second = csv.DictReader(io.StringIO(text), delimiter=";")
    assert (first["Indicatore"], first["Valore misurato"]) == ("Persone", "38,00")
    assert (second["Intervento"], second["Indicatore"]) == ("Senza soldi", "")


def test_all_programmes_say_where_they_belong(full: Books) -> None:
    full.open(2019)
    text = written(full, "csv", all_of_them=True).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert {(row["Anno"], row["Ciclo"]) for row in rows} == {("2018", "2018-2020")}
    assert rows[0]["Intervento"] == "'=Sportello; “sociale”"


TEXTS = st.tuples(
    st.sampled_from(["", "=", "+", "-", "@", "\t", "\r"]),
    st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), max_size=30),
).map("".join)


@given(TEXTS)
def test_no_text_is_run_by_a_spreadsheet(text: str) -> None:
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    out = io.BytesIO()
    write_for_programs(out, [[text, "x"]])
    (row,) = csv.reader(io.StringIO(out.getvalue().decode(), newline=""))
    assert row[0] in {text, f"'{text}"}


@pytest.mark.parametrize("kind", ["csv", "ods", "json", "zip", "regione"])
def test_a_file_takes_as_many_statements_however_much_it_holds(
    books: Books, connection: Connection, kind: str
) -> None:
    fund = books.fund("FNPS")
    books.intervention((fund, "5"))
    with statements(connection) as few:
        written(books, kind)
    for _ in range(3):
        books.intervention((fund, "5"))
    with statements(connection) as more:
        written(books, kind)
    assert len(more) == len(few)


def test_interventions_without_shares_stand_in_their_place(books: Books) -> None:
    fund = books.fund("FNPS")
    for title, paid in {"Uno": [(fund, "5")], "Due": [], "Tre": [(fund, "7")]}.items():
        books.intervention(*paid, title=title)
    books.intervention(title="Quattro")
    rows = csv.DictReader(io.StringIO(written(books, "csv").decode("utf-8-sig")), delimiter=";")
    assert [(row["Intervento"], row["Fondo"], row["Importo"]) for row in rows] == [
        ("Uno", "FNPS", "5,00"), ("Due", "", ""), ("Tre", "FNPS", "7,00"), ("Quattro", "", ""),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["csv", "ods", "json", "zip", "regione"])
def test_cursors_are_planned_for_all_of_their_rows(
    books: Books, connection: Connection, kind: str
) -> None:
    """For a tenth of them PostgreSQL reads the shares of all zones in the order of one."""
    books.intervention((books.fund("FNPS"), "5"))
    with statements(connection) as sent:
        written(books, kind)
    first = next(
        number
        for number, said in enumerate(sent)
        if "FROM share" in said or "FROM intervention" in said
    )
    assert "SET LOCAL cursor_tuple_fraction = 1" in sent[:first]
