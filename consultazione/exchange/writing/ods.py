"""Rows as a sheet of an ODS file (OpenDocument 1.3), written row by row.

Libraries for ODS hold a whole document as a tree, which a large programme has no room for.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_URN = "urn:oasis:names:tc:opendocument:xmlns:"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content office:version="1.3"'
    f' xmlns:office="{_URN}office:1.0" xmlns:table="{_URN}table:1.0"'
    f' xmlns:text="{_URN}text:1.0"><office:body><office:spreadsheet>'
)
_TAIL = "</office:spreadsheet></office:body></office:document-content>"
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest manifest:version="1.3"'
    f' xmlns:manifest="{_URN}manifest:1.0"><manifest:file-entry manifest:full-path="/"'
    f' manifest:media-type="{MEDIA_TYPE}"/><manifest:file-entry manifest:full-path="content.xml"'
    ' manifest:media-type="text/xml"/></manifest:manifest>'
)


@contextmanager
def sheet(out: BinaryIO, name: str) -> Iterator[Callable[[Iterable[Sequence[object]]], None]]:
    """Write a document with one sheet of that name; yields what appends rows to it."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("mimetype", MEDIA_TYPE, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        with archive.open("content.xml", "w", force_zip64=True) as content:
            content.write(f"{_HEAD}<table:table table:name={quoteattr(name)}>".encode())
            yield lambda rows: content.writelines(_row(row).encode() for row in rows)
            content.write(f"</table:table>{_TAIL}".encode())


def _row(row: Sequence[object]) -> str:
    return f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>"


def _cell(value: object) -> str:
    if value is None or value == "":
        return "<table:table-cell/>"
    if isinstance(value, int | Decimal):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'
