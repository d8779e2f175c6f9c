"""Pages that offer programmes as files, and the files; the template of an import."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from flask import Response, render_template, send_file
from flask_babel import gettext as _

from consultazione.core.errors import NotFound
from consultazione.exchange.blueprint import pages
from consultazione.exchange.labels import FORMAT_NAMES, FORMAT_TEXTS
from consultazione.exchange.template import XLSX_TYPE, write_csv, write_xlsx
from consultazione.exchange.writing.formats import FORMATS
from consultazione.exchange.writing.source import Programme, Source, programmes
from consultazione.programme.queries import programme_of
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.request_db import read, snapshot
from consultazione.web.security import reads_much

_YEAR = f"{IN_CYCLE}/programma/<int(max=9999):year>"
_TEMPLATES = {"csv": ("text/csv", write_csv), "xlsx": (XLSX_TYPE, write_xlsx)}


@pages.get(f"{_YEAR}/dati")
def data(year: int) -> str:
    """The formats in which a programme, and all of the site, can be taken away."""
    programme = programme_of(snapshot(), current_cycle().id, year)
    return render_template(
        "exchange/data.html", programme=programme, names=FORMAT_NAMES, texts=FORMAT_TEXTS
    )


@pages.get(f"{_YEAR}/dati/<kind>")
@reads_much()
def download(year: int, kind: str) -> Response:
    """A programme as a file."""
    programme = programme_of(snapshot(), current_cycle().id, year)
    return export_response(kind, programme.id)


@pages.get("/dati/programmi/<kind>")
@reads_much()
def download_all(kind: str) -> Response:
    """All programmes of the site as a file."""
    return export_response(kind)


@pages.get("/dati/programmi/modello.<ending>")
def template(ending: str) -> Response:
    """An empty file with the headings of an import, and two example lines."""
    if ending not in _TEMPLATES:
        raise NotFound(_("There is no such template."))
    media_type, write = _TEMPLATES[ending]
    return _sent(write, media_type, f"modello-programma.{ending}")


def export_response(kind: str, programme_id: int | None = None) -> Response:
    """A programme, or all of them, in a format; NotFound if there is no such format or programme.

    The file is written whole before it is sent: no connection to the database waits for a
    slow reader.
    """
    if kind not in FORMATS:
        raise NotFound(_("There is no such format."))
    found = read(lambda session: programmes(session, programme_id))
    if programme_id is not None and not found:
        raise NotFound(_("There is no such programme."))
    chosen, source = FORMATS[kind], Source(found, read)
    name = f"programma-{_which(found, programme_id)}{chosen.suffix}.{chosen.ending}"
    return _sent(lambda out: chosen.write(out, source), chosen.media_type, name)


def _which(found: Sequence[Programme], programme_id: int | None) -> str:
    return "tutti" if programme_id is None else f"{found[0].zone}-{found[0].year}"


def _sent(write: Callable[[BinaryIO], None], media_type: str, name: str) -> Response:
    with ExitStack() as unless_sent:
        file = cast("BinaryIO", unless_sent.enter_context(TemporaryFile()))
        write(file)
        unless_sent.pop_all()
    size = file.tell()
    file.seek(0)
    response = send_file(file, mimetype=media_type, as_attachment=True, download_name=name)
    response.content_length = size
    weakref.finalize(response.response, file.close)  # also if nobody reads it to its end
    return response
