"""Files of a programme, read in a process of their own: what they say, and what is refused."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from tempfile import TemporaryFile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultazione.core.incoming.confined import Limits
from consultazione.core.money import MOST
from consultazione.exchange.reading.amounts import Convention, judged, read_amount
from consultazione.exchange.reading.cells import MOST_ROWS, letter
from consultazione.exchange.reading.drafts import Reading
from consultazione.exchange.reading.faults import Fault, FaultKind, UnreadableFile
from consultazione.exchange.reading.headings import Column, column_of
from consultazione.exchange.reading.process import read_file
from consultazione.exchange.reading.reader import answer_of
from tests.support.sheets import HEADINGS, archive, csv, ods, ods_cell, with_part, xlsx

LINE = ("Sportello", "Comune di Prova", "FNPS", 1234.56)
GOOD = {
    "xlsx": xlsx([HEADINGS, LINE]),
    "ods": ods([HEADINGS, LINE]),
    "csv": csv([HEADINGS, ("Sportello", "Comune di Prova", "FNPS", "1.234,56")]),
}


def read(ending: str, content: bytes) -> Reading:
    """What a file says, read here; the process of its own has tests of its own."""
    answer = answer_of(ending, BytesIO(content))
    if answer.reading is None:
        assert answer.fault is not None
        raise UnreadableFile(answer.fault)
    return answer.reading


def refused(ending: str, content: bytes) -> Fault:
    """The one fault of a file, of the whole or of a place in it."""
    try:
        faults = read(ending, content).faults
    except UnreadableFile as error:
        return error.fault
    assert len(faults) == 1, faults
    return faults[0]


def read_apart(ending: str, content: bytes, limits: Limits | None = None) -> Reading:
    with TemporaryFile() as file:
        file.write(content)
        return read_file(ending, file, limits)


def with_line(*cells: Any, more: tuple[str, ...] = ()) -> bytes:
    return csv([(*HEADINGS, *more), cells])


@pytest.mark.parametrize("ending", GOOD)
def test_every_format_says_the_same(ending: str) -> None:
    reading = read_apart(ending, GOOD[ending])
    assert reading == read(ending, GOOD[ending])
    assert reading.faults == []
    (draft,) = reading.drafts
    (share,) = draft.shares
    assert (draft.title, share.body, share.fund) == ("Sportello", "Comune di Prova", "FNPS")
    assert (share.amount, share.row) == (Decimal("1234.56"), 2)


def test_lines_of_one_intervention_come_together() -> None:
    rows = [
        (*HEADINGS, "Macrolivello", "Attivata dalla consultazione", "Consuntivo"),
        ("Sportello", "Comune di Prova", "FNPS", "100", "Accesso", "no", ""),
        ("SPORTELLO", "AUSL di Prova", "FRNA", "50,50", "", "sì", "0"),
        ("Casa", "Comune di Prova", "FNPS", "1", "Inclusione", "", ""),
    ]
    first, second = read("csv", csv(rows)).drafts
    assert [share.amount for share in first.shares] == [Decimal(100), Decimal("50.5")]
    assert [share.activated for share in first.shares] == [False, True]
    assert [share.spent for share in first.shares] == [None, Decimal(0)]
    assert (first.rows, second.rows) == ([2, 3], [4])
    assert first.fields == {Column.LEVEL: "access"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_encoding_and_separator_are_found_out(encoding: str, separator: str) -> None:
    rows = [HEADINGS, ("Prossimità", "Comune di Prova", "FNPS", "1234.50")]
    (draft,) = read("csv", csv(rows, separator=separator, encoding=encoding)).drafts
    assert (draft.title, draft.shares[0].amount) == ("Prossimità", Decimal("1234.50"))


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("IMPORTO (€)", Column.AMOUNT),
        ("  canale di  finanziamento", Column.FUND),
        ("Priorita", Column.PRIORITIES),
        ("%", Column.PERCENT),
        ("Colore", None),
    ],
)
def test_headings_are_known_by_their_other_names(heading: str, column: Column | None) -> None:
    assert column_of(heading) is column


CELLS = {
    "negative": (with_line("A", "B", "F", "-5"), FaultKind.NEGATIVE, "D"),
    "in brackets": (with_line("A", "B", "F", "(5)"), FaultKind.NEGATIVE, "D"),
    "three decimals": (with_line("A", "B", "F", "1234,567"), FaultKind.DECIMALS, "D"),
    "ambiguous": (with_line("A", "B", "F", "1.234"), FaultKind.AMBIGUOUS, "D"),
    "no amount": (with_line("A", "B", "F", "molto"), FaultKind.NO_AMOUNT, "D"),
    "zero": (with_line("A", "B", "F", "0"), FaultKind.ZERO, "D"),
    "too high": (with_line("A", "B", "F", "9" * 13), FaultKind.TOO_HIGH, "D"),
    "over a hundred": (
        with_line("A", "B", "F", "5", "101", more=("Percentuale",)),
        FaultKind.OVER_HUNDRED,
        "E",
    ),
    "another percentage": (
        with_line("A", "B", "F", "5", "50", more=("Percentuale",)),
        FaultKind.PERCENT_OF_SUM,
        "E",
    ),
    "another sum": (
        with_line("A", "B", "F", "5", "6", more=("Costo totale",)),
        FaultKind.SUM,
        "E",
    ),
    "no title": (with_line("", "B", "F", "5"), FaultKind.MISSING, "A"),
    "no fund": (with_line("A", "B", "", "5"), FaultKind.MISSING, "C"),
    "no such level": (
        with_line("A", "B", "F", "5", "Altro", more=("Macrolivello",)),
        FaultKind.NOT_IN_LIST,
        "E",
    ),
    "maybe": (
        with_line("A", "B", "F", "5", "forse", more=("Attivata dalla consultazione",)),
        FaultKind.NOT_YES_NO,
        "E",
    ),
    "no number": (
        with_line("A", "B", "F", "5", "12a", more=("Numero",)),
        FaultKind.NOT_WHOLE,
        "E",
    ),
    "a long name": (with_line("A" * 201, "B", "F", "5"), FaultKind.LONG_TEXT, "A"),
    "a control character": (with_line("A\x07", "B", "F", "5"), FaultKind.CONTROL_CHARACTERS, "A"),
    "beside the headings": (with_line("A", "B", "F", "5", "x"), FaultKind.NO_HEADING, "E"),
    "a formula in text": (with_line("=cmd()", "B", "F", "5"), FaultKind.FORMULA, "A"),
    "said differently": (
        csv([(*HEADINGS, "Tipo"), (*LINE, "Servizio"), ("Sportello", "B", "F", "5", "Progetto")]),
        FaultKind.DIFFERS,
        "E",
    ),
    "a share twice": (csv([HEADINGS, LINE, LINE]), FaultKind.SHARE_TWICE, "B"),
}


@pytest.mark.parametrize("what", CELLS)
def test_a_wrong_cell_is_named_with_its_place(what: str) -> None:
    content, kind, column = CELLS[what]
    fault = refused("csv", content)
    assert (fault.kind, fault.column) == (kind, column)
    assert fault.row in {2, 3}


def merged(sheet: Any) -> None:
    sheet.merge_cells("A2:B2")


ENTITIES = "<!DOCTYPE x [" + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "x" * 10}">' for n in range(9)
)
FILES = {
    "merged cells": ("xlsx", xlsx([HEADINGS, LINE], merged), FaultKind.MERGED),
    "a formula": ("xlsx", xlsx([HEADINGS, (*LINE[:3], "=1+1")]), FaultKind.FORMULA),
    "an error": ("xlsx", xlsx([HEADINGS, (*LINE[:3], "#DIV/0!")]), FaultKind.ERROR_VALUE),
    "a truth": ("xlsx", xlsx([HEADINGS, (*LINE[:3], True)]), FaultKind.NOT_FOR_HERE),
    "three decimals": ("xlsx", xlsx([HEADINGS, (*LINE[:3], 1.005)]), FaultKind.DECIMALS),
    "merged cells of an ODS": (
        "ods",
        ods([HEADINGS, (ods_cell("A", number_columns_spanned="2"), *LINE[1:])]),
        FaultKind.MERGED,
    ),
    "a formula of an ODS": (
        "ods",
        ods([HEADINGS, (*LINE[:3], ods_cell(2, formula="of:=1+1"))]),
        FaultKind.FORMULA,
    ),
    "no number in an ODS": (
        "ods",
        ods([HEADINGS, (*LINE[:3], ods_cell(float("nan")))]),
        FaultKind.ERROR_VALUE,
    ),
    "entities in an ODS": (
        "ods",
        ods([HEADINGS, LINE], before=ENTITIES + "]>"),
        FaultKind.BROKEN,
    ),
    "rows without end": (
        "ods",
        ods([HEADINGS, LINE], repeated="999999999"),
        FaultKind.TOO_MANY_ROWS,
    ),
    "an empty ODS": ("ods", archive({"content.xml": ""}), FaultKind.BROKEN),
    "an ODS without content": ("ods", archive({"mimetype": "x"}), FaultKind.BROKEN),
    "macros": (
        "xlsx",
        with_part(xlsx([HEADINGS, LINE]), "xl/vbaProject.bin", b"x"),
        FaultKind.MACROS,
    ),
    "macros of an ODS": (
        "ods",
        with_part(ods([HEADINGS, LINE]), "Basic/Standard/script-lb.xml", b"<x/>"),
        FaultKind.MACROS,
    ),
    "a bomb": (
        "xlsx",
        with_part(xlsx([HEADINGS, LINE]), "xl/worksheets/sheet1.xml", bytes(201 << 20)),
        FaultKind.BOMB,
    ),
    "a password": ("xlsx", b"\xd0\xcf\x11\xe0" + bytes(600), FaultKind.OLD_OR_LOCKED),
    "half a file": ("xlsx", GOOD["xlsx"][:900], FaultKind.BROKEN),
    "another archive": ("xlsx", archive({"readme.txt": "x"}), FaultKind.BROKEN),
    "a text": ("ods", b"ciao", FaultKind.BROKEN),
    "no text": ("csv", b"\x00\x01\x02", FaultKind.NOT_TEXT),
    "an open quote": ("csv", csv([HEADINGS]) + b'"A;B', FaultKind.BROKEN),
    "nothing": ("csv", b"\r\n", FaultKind.EMPTY),
    "headings alone": ("csv", csv([HEADINGS]), FaultKind.NO_ROWS),
    "too many rows": ("csv", csv([HEADINGS, *[LINE] * (MOST_ROWS + 1)]), FaultKind.TOO_MANY_ROWS),
    "an unknown heading": ("csv", csv([(*HEADINGS, "Zzz"), LINE]), FaultKind.UNKNOWN_HEADING),
    "a misspelt one": ("csv", csv([(*HEADINGS, "Tavol"), LINE]), FaultKind.SIMILAR_HEADING),
    "one twice": ("csv", csv([(*HEADINGS, "Importo"), LINE]), FaultKind.TWICE_HEADING),
    "one missing": ("csv", csv([HEADINGS[:3], LINE]), FaultKind.MISSING_HEADING),
}


@pytest.mark.parametrize("what", FILES)
def test_a_file_that_was_made_to_break_it_is_refused(what: str) -> None:
    ending, content, kind = FILES[what]
    assert refused(ending, content).kind is kind


@pytest.mark.parametrize(
    ("limits", "kind"),
    [
        (Limits(seconds=1), FaultKind.TOO_LONG),
        (Limits(output=1000), FaultKind.BROKEN),
        (Limits(memory=80 << 20), FaultKind.BOMB),
    ],
)
def test_a_file_that_costs_too_much_is_given_up(limits: Limits, kind: FaultKind) -> None:
    rows = [HEADINGS, *(("A", f"Ente {n}", "F", f"{n},00") for n in range(1, MOST_ROWS))]
    with pytest.raises(UnreadableFile) as refusal:
        read_apart("csv", csv(rows), limits)
    assert refusal.value.fault.kind is kind


def test_what_is_refused_apart_is_told_here() -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read_apart("xlsx", xlsx([HEADINGS, LINE], merged))
    assert refusal.value.fault == refused("xlsx", xlsx([HEADINGS, LINE], merged))


def test_each_fault_of_a_file_is_told() -> None:
    rows = [HEADINGS, ("A", "B", "F", "-1"), ("B", "B", "F", "x"), ("C", "B", "F", "1")]
    faults = read("csv", csv(rows)).faults
    assert [(fault.row, fault.kind) for fault in faults] == [
        (2, FaultKind.NEGATIVE),
        (3, FaultKind.NO_AMOUNT),
    ]


@pytest.mark.parametrize(
    ("text", "conventions", "value"),
    [
        ("1.234,56", (), Decimal("1234.56")),
        ("1,234.56", (), Decimal("1234.56")),
        ("1234.56", (), Decimal("1234.56")),
        ("1234,5", (), Decimal("1234.5")),
        ("1.234.567", (), Decimal(1234567)),
        ("€ 1 234,00", (), Decimal(1234)),
        ("1234", (), Decimal(1234)),
        ("0,500", (), Decimal("0.5")),
        ("1.234", (Convention.COMMA,), Decimal(1234)),
        ("1.234", (Convention.POINT,), Decimal("1.234")),
        ("1.234", (), FaultKind.AMBIGUOUS),
        ("1,234", tuple(Convention), FaultKind.AMBIGUOUS),
        ("1.23.4", (), FaultKind.NO_AMOUNT),
        ("1e5", (), FaultKind.NO_AMOUNT),
        ("−12,00", (), FaultKind.NEGATIVE),
    ],
)
def test_amounts_are_read_as_their_file_writes_them(
    text: str, conventions: tuple[Convention, ...], value: Decimal | FaultKind
) -> None:
    assert read_amount(text, frozenset(conventions)) == value


@given(st.decimals(min_value=0, max_value=MOST, places=2))
def test_an_amount_in_italian_is_read_back(value: Decimal) -> None:
    written = f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
    assert read_amount(written, frozenset()) == value
    assert judged(value) == value


def test_columns_are_named_as_spreadsheets_do() -> None:
    assert [letter(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
