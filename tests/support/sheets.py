"""Files of a programme for tests: good ones, and those that somebody made to break a reader."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook

HEADINGS = ("Intervento", "Ente finanziatore", "Fondo", "Importo")
_ODS = "urn:oasis:names:tc:opendocument:xmlns:"


def xlsx(rows: Iterable[Sequence[Any]], touch: Callable[[Any], object] | None = None) -> bytes:
    """A workbook with one sheet; touch: does something to the sheet before it is written."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "Interventi"
    for row in rows:
        sheet.append(list(row))
    if touch is not None:
        touch(sheet)
    written = BytesIO()
    workbook.save(written)
    return written.getvalue()


def csv(rows: Iterable[Sequence[Any]], *, separator: str = ";", encoding: str = "utf-8") -> bytes:
    """A text with one line for each row."""
    lines = [separator.join(str(cell) for cell in row) for row in rows]
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


def ods_cell(value: object, **attributes: str) -> str:
    """A cell of an ODS; attributes: more of the table's, such as formula."""
    more = "".join(f' table:{n.replace("_", "-")}="{escape(v)}"' for n, v in attributes.items())
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"{more}/>'
    text = f"<text:p>{escape(str(value))}</text:p>"
    return f'<table:table-cell office:value-type="string"{more}>{text}</table:table-cell>'


def ods(rows: Iterable[Sequence[Any]], *, before: str = "", repeated: str = "1") -> bytes:
    """A document with one sheet, each of its rows so often. Cells given as XML stay as they are."""
    lines = (
        "".join(c if str(c).startswith("<table:") else ods_cell(c) for c in row) for row in rows
    )
    body = "".join(
        f'<table:table-row table:number-rows-repeated="{repeated}">{line}</table:table-row>'
        for line in lines
    )
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f'<?xml version="1.0"?>{before}<office:document-content'
            f' xmlns:office="{_ODS}office:1.0" xmlns:table="{_ODS}table:1.0"'
            f' xmlns:text="{_ODS}text:1.0"><office:body><office:spreadsheet>'
            f'<table:table table:name="Interventi">{body}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        }
    )


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """A packed archive with these parts."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return written.getvalue()


def with_part(original: bytes, name: str, content: bytes) -> bytes:
    """An archive with one more part, or with another in its place."""
    with zipfile.ZipFile(BytesIO(original)) as packed:
        parts: dict[str, str | bytes] = {n: packed.read(n) for n in packed.namelist()}
    return archive({**parts, name: content})
