"""A template to fill in: the headings, and example lines that are invented."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import BinaryIO

from openpyxl import Workbook

from consultazione.exchange.reading.headings import Column
from consultazione.exchange.writing.csv_text import MARK, write_for_people

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = tuple(Column)
_FIRST: dict[Column, object] = {
    Column.TITLE: "Esempio inventato: sportello di ascolto",
    Column.KIND: "Servizio",
    Column.LEVEL: "Accesso e presa in carico",
    Column.AREA: "Povertà ed esclusione sociale",
    Column.POLICIES: "Casa; Lavoro",
    Column.LEAD_BODY: "Comune di Esempio",
    Column.BODY: "Comune di Esempio",
    Column.FUND: "FNPS",
    Column.AMOUNT: Decimal("1200.50"),
    Column.TOTAL: Decimal("2000.00"),
    Column.ACTIVATED: "no",
}
_SECOND: dict[Column, object] = {
    Column.TITLE: "Esempio inventato: sportello di ascolto",
    Column.BODY: "Azienda di Esempio",
    Column.FUND: "FRNA",
    Column.AMOUNT: Decimal("799.50"),
    Column.ACTIVATED: "sì",
}
_WIDTH = 24


def write_csv(out: BinaryIO) -> None:
    """Write the template as a spreadsheet in Italian opens it."""
    out.write(MARK)
    write_for_people(out, _rows())


def write_xlsx(out: BinaryIO) -> None:
    """Write the template as a workbook."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Interventi")
    for letter in (chr(ord("A") + n) for n in range(len(COLUMNS))):
        sheet.column_dimensions[letter].width = _WIDTH
    for row in _rows():
        sheet.append(row)
    workbook.save(out)


def _rows() -> list[Sequence[object]]:
    headings = [column.value for column in COLUMNS]
    return [headings, *([line.get(column) for column in COLUMNS] for line in (_FIRST, _SECOND))]
