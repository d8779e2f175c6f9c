"""The formats in which programmes are offered, by the ending of their address."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from sqlalchemy.orm import Session

from consultazione.exchange.writing import json_text, ods, package, regional
from consultazione.exchange.writing.csv_text import MARK, write_for_people
from consultazione.exchange.writing.lines import COLUMNS, lines
from consultazione.exchange.writing.source import Programme, Source

_PLACE = ("Zona", "Ciclo", "Anno")
_SHEET = "Interventi"


@dataclass(frozen=True)
class Format:
    """A format: the end of a file's name, its media type, what writes it.

    suffix: what the name has before its end, to tell two formats of one ending apart.
    """

    ending: str
    media_type: str
    write: Callable[[BinaryIO, Source], None]
    suffix: str = ""


def _csv(out: BinaryIO, source: Source) -> None:
    out.write(MARK)
    write_for_people(out, [_headings(source)])
    source.each(lambda session, p: write_for_people(out, _lines(session, p, source)))


def _ods(out: BinaryIO, source: Source) -> None:
    with ods.sheet(out, _SHEET) as append:
        append([_headings(source)])
        source.each(lambda session, p: append(_lines(session, p, source)))


def _is_one(source: Source) -> bool:
    """True if the file holds one programme, and so can be imported again."""
    return len(source.programmes) == 1


def _headings(source: Source) -> Sequence[str]:
    headings = [column.value for column in COLUMNS]
    return headings if _is_one(source) else [*_PLACE, *headings]


def _lines(session: Session, programme: Programme, source: Source) -> Iterator[Sequence[object]]:
    place = () if _is_one(source) else (programme.zone_name, programme.cycle, programme.year)
    return ((*place, *line) for line in lines(session, programme.id))


FORMATS = {
    "csv": Format("csv", "text/csv", _csv),
    "ods": Format("ods", ods.MEDIA_TYPE, _ods),
    "json": Format("json", "application/json", json_text.write),
    "zip": Format("zip", "application/zip", package.write),
    "regione": Format("csv", "text/csv", regional.write, "-regione"),
}
