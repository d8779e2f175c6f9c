"""A Data Package: one CSV for each table, with Table Schemas that say what its columns hold.

Data Package and Table Schema 1.0 (specs.frictionlessdata.io). Amounts are in euro.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

from sqlalchemy.orm import Session

from consultazione.exchange.writing.csv_text import write_for_programs
from consultazione.exchange.writing.source import Programme, Source
from consultazione.exchange.writing.tables import TABLES, Field

# Bytes of a table that wait in memory, before they wait on disk.
_IN_MEMORY = 256 * 1024
_PIECE = 256 * 1024
# What `datapackage.json` says, as JSON values.
Description = Mapping[str, Any]


def write(out: BinaryIO, source: Source) -> None:
    """Write the archive with `datapackage.json` and the tables."""
    with _waiting() as files:

        def append(session: Session, programme: Programme) -> None:
            for table in TABLES:
                write_for_programs(files[table.name], table.rows(session, programme))

        source.each(append)
        _pack(out, files)


def description(folder: str = "") -> Description:
    """What `datapackage.json` says. folder: in which the tables stand beside it, with a slash."""
    return {
        "profile": "data-package",
        "name": "programmi-attuativi",
        "title": "Programmi attuativi annuali dei Piani di zona",
        "description": "Interventi, quote di spesa per ente e fondo, indicatori e risorse. "
        "Importi in euro. I dati con «dimostrativo» vero sono inventati.",
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "path": "https://creativecommons.org/licenses/by/4.0/",
                "title": "Creative Commons Attribution 4.0",
            }
        ],
        "resources": [
            described(table.name, table.title, table.fields, table.key, table.of, folder)
            for table in TABLES
        ],
    }


def described(
    name: str,
    title: str,
    fields: Sequence[Field],
    key: Sequence[str] = (),
    of: Iterable[tuple[str, str]] = (),
    folder: str = "",
) -> dict[str, object]:
    """What `datapackage.json` says of one table; `Table` says what the arguments mean."""
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "title": title,
        "path": f"{folder}{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_field(field) for field in fields],
            "primaryKey": list(key),
            "foreignKeys": [
                {"fields": [field], "reference": {"resource": other, "fields": ["id"]}}
                for field, other in of
            ],
        },
    }


def _field(field: Field) -> dict[str, object]:
    required = {"constraints": {"required": True}} if field.required else {}
    return {"name": field.name, "type": field.type, "title": field.title, **required}


@contextmanager
def _waiting() -> Iterator[dict[str, BinaryIO]]:
    """A file for each table, with its headings; small ones stay in memory."""
    with ExitStack() as opened:
        files = {table.name: opened.enter_context(_spooled()) for table in TABLES}
        for table in TABLES:
            write_for_programs(files[table.name], [[field.name for field in table.fields]])
        yield files


@contextmanager
def _spooled() -> Iterator[BinaryIO]:
    with SpooledTemporaryFile(_IN_MEMORY) as spooled:
        yield cast("BinaryIO", spooled)


def _pack(out: BinaryIO, files: dict[str, BinaryIO]) -> None:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        said = json.dumps(description(), ensure_ascii=False, indent=2)
        archive.writestr("datapackage.json", said)
        for name, file in files.items():
            file.seek(0)
            with archive.open(f"{name}.csv", "w", force_zip64=True) as part:
                while piece := file.read(_PIECE):
                    part.write(piece)
