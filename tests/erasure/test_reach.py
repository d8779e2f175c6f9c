"""Whatever kind of event holds words, and wherever a page takes them from, an order reaches it."""

from __future__ import annotations

import pytest
from sqlalchemy import Enum, String, Table
from sqlalchemy.dialects.postgresql import JSONB

from consultazione import models
from consultazione.core.columns import Base
from consultazione.core.events import registry
from consultazione.core.personal_data import personal_data
from consultazione.documents.paper.model import to_json
from consultazione.erasure.columns import (
    OUTSIDE,
    REFERRED,
    TECHNICAL,
    tables_with_words,
    text_columns,
    ways_to_zone,
)
from consultazione.erasure.files import tables_with_files
from consultazione.erasure.finding import VERSION_FIELDS, Place
from consultazione.erasure.labels import place_name
from consultazione.erasure.names import ROWS
from consultazione.erasure.passages import Passage, occurrences, paths_in, without, without_in
from tests.support.paper_example import EXAMPLE

assert models.ALL
SEARCHED = {f"{column.table.name}.{column.name}" for column in text_columns()}
# Found in another way: texts of the log, versions, an account, and what is never personal data.
OTHERWISE = {
    "log_text.sealed",  # each text of the zone is opened
    *(f"revision.{name}" for name in VERSION_FIELDS),
    "person.blocked_reason",  # emptied with the account
    "erasure_order.reference",  # the number of an act, which everybody may read
    "provincial_project.title",  # words of a territory, whose administrator no zone has
    "provincial_project.body",
    "provincial_table.name",
    "provincial_table.remit",
    *(f"territory.{name}" for name in ("name", "region", "lead_body", "presentation")),
}
TEXTS = sorted(
    {
        column
        for event in registry().values()
        for columns in personal_data(event).texts.values()
        for column in columns
    }
)
GO = [Passage("Ada Rossi", "X"), Passage("ugo@example.org", "Y")]


@pytest.mark.parametrize("column", TEXTS)
def test_an_order_looks_where_an_event_says_that_its_words_stand(column: str) -> None:
    table, name = column.split(".")
    kind = Base.metadata.tables[table].columns[name].type
    holds_words = isinstance(kind, String | JSONB) and not isinstance(kind, Enum)
    assert column in SEARCHED | OTHERWISE or not holds_words or name in TECHNICAL


def test_each_table_that_is_looked_through_has_a_name() -> None:
    looked_through = {table.name for table in [*tables_with_words(), *tables_with_files()]}
    assert set(ROWS) == looked_through | {"log_text", "revision"}


def test_a_place_in_a_kept_document_is_its_text_whatever_its_blocks_are_called() -> None:
    content = to_json(EXAMPLE)
    paths = tuple(path for path, _ in paths_in(content, [Passage("passo", "X")]))
    assert any("items" in path for path in paths)
    place = Place("registered_document", ("7",), "content", len(paths), paths)
    assert place_name(place).endswith("7: text")


@pytest.mark.parametrize("table", tables_with_words(), ids=lambda table: table.name)
def test_a_row_with_words_belongs_to_a_zone(table: Table) -> None:
    assert table.name == "zone" or table.name in REFERRED or ways_to_zone(table)


def test_each_table_is_searched_or_named_as_one_of_no_zone() -> None:
    wordy = {
        table.name
        for table in Base.metadata.sorted_tables
        if any(isinstance(column.type, String | JSONB) for column in table.columns)
    }
    assert {table.name for table in Base.metadata.sorted_tables} | {
        "alembic_version"
    } >= OUTSIDE  # fmt: skip
    assert not OUTSIDE & {table.name for table in tables_with_words()}
    assert {"minutes", "outcome", "statement", "block_version"} <= wordy - OUTSIDE


@pytest.mark.parametrize(
    ("text", "expected", "times"),
    [
        ("Lo dice Ada Rossi.", "Lo dice X.", 1),
        ("ADA\n  ROSSI e ada rossi", "X e X", 2),
        ("Adamo Rossi, Ada Rossini", "Adamo Rossi, Ada Rossini", 0),
        ("Scrivi a ugo@example.org!", "Scrivi a Y!", 1),
        ("ugo@example.organic", "ugo@example.organic", 0),
        ("", "", 0),
    ],
)
def test_whole_words_go_whatever_their_case(text: str, expected: str, times: int) -> None:
    assert (without(text, GO), occurrences(text, GO)) == (expected, times)


def test_json_keeps_its_shape() -> None:
    value = {"Ada Rossi": [1, None, {"body": "di Ada Rossi"}, "Ada Rossi"]}
    assert without_in(value, GO) == {"Ada Rossi": [1, None, {"body": "di X"}, "X"]}
    assert list(paths_in(value, GO)) == [
        (("Ada Rossi", 2, "body"), 1),
        (("Ada Rossi", 3), 1),
    ]


def test_a_mark_is_taken_literally() -> None:
    assert without("qui Ada", [Passage("Ada", r"\1 \g<0>")]) == r"qui \1 \g<0>"
