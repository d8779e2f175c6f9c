"""The register of attendance as a table."""

from __future__ import annotations

from collections.abc import Sequence

from consultazione.documents.paper.model import Table
from consultazione.minutes.compose.types import AttendanceRow
from consultazione.minutes.compose.wording import HEADINGS as W

_NOTHING = "–"


def register_of(rows: Sequence[AttendanceRow]) -> Table:
    """The register; in which office and how somebody came, only where the document says it."""
    is_new, is_weighted = any("how" in row for row in rows), any("weight" in row for row in rows)
    columns = [
        (W["mark"], 1, True), (W["person"], 4, True), (W["office"], 3, is_new),
        (W["organisation"], 4, True), (W["how"], 2, is_new), (W["interval"], 3, True),
        (W["weight"], 1, is_weighted),
    ]  # fmt: skip
    shown = [is_shown for _name, _width, is_shown in columns]
    return Table(
        tuple(name for name, _width, is_shown in columns if is_shown),
        tuple(
            tuple(cell for cell, is_shown in zip(_cells(row), shown, strict=True) if is_shown)
            for row in rows
        ),
        tuple(width for _name, width, is_shown in columns if is_shown),
    )


def _cells(row: AttendanceRow) -> tuple[str, ...]:
    intervals = ", ".join(f"{i['from']['time']}–{i['to']['time']}" for i in row["intervals"])
    organisation = f"{row['organisation']}, " if row["organisation"] is not None else ""
    return (
        row["mark"],
        _person(row),
        row.get("office", _NOTHING),
        f"{organisation}{row['category_name']}",
        row.get("how", _NOTHING),
        intervals or _NOTHING,
        str(row.get("weight", _NOTHING)),
    )


def _person(row: AttendanceRow) -> str:
    if row["person"] is None:
        return _NOTHING
    presides = f" ({W['presides']})" if row["presides"] else ""
    by = f" ({W['delegated']} {row['delegated_by']})" if "delegated_by" in row else ""
    return f"{row['person']}{presides}{by}"
