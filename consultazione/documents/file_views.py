"""The files of documents that the register keeps: PDF and ODT."""

from __future__ import annotations

from flask import Response, current_app, make_response, url_for
from flask_babel import lazy_gettext as _

from consultazione.config import Settings
from consultazione.core.errors import NotFound
from consultazione.documents.blueprint import pages
from consultazione.documents.colophon import seal_of
from consultazione.documents.kinds import kind_of
from consultazione.documents.models import Registration
from consultazione.documents.paper.model import Paper, Seal, from_json
from consultazione.documents.paper.odt import MEDIA_TYPE, odt_of
from consultazione.documents.paper.pdf import asked_for
from consultazione.documents.queries import get_registration
from consultazione.documents.reach import require_open
from consultazione.documents.typesetting import typeset
from consultazione.web.request_db import actor, release_snapshot, snapshot
from consultazione.web.security import reads_much


@pages.get("/documenti/<int:registration_id>.pdf")
@reads_much()
def pdf(registration_id: int) -> Response:
    """A kept document as PDF/A, dated with its registration; setting holds no connection."""
    row, paper = _kept(registration_id)
    asked = asked_for(paper, _seal(row), at=row.registered_at)
    name = _name(row, "pdf")
    release_snapshot()
    return _file(typeset(asked), "application/pdf", name)


@pages.get("/documenti/<int:registration_id>.odt")
@reads_much()
def odt(registration_id: int) -> Response:
    """A kept document as OpenDocument text."""
    row, paper = _kept(registration_id)
    content = odt_of(paper, _seal(row), at=row.registered_at)
    return _file(content, MEDIA_TYPE, _name(row, "odt"))


def _kept(registration_id: int) -> tuple[Registration, Paper]:
    """A registration with its document; NotFound if it has none, NotAllowed if it is not theirs."""
    row = get_registration(snapshot(), registration_id)
    require_open(snapshot(), row, actor())
    if row.content is None:
        raise NotFound(_("This document has a page of its own: read it there."))
    return row, from_json(row.content)


def _seal(row: Registration) -> Seal:
    settings: Settings = current_app.extensions["settings"]
    address = settings.public_url + url_for("documents.show", registration_id=row.id)
    return seal_of(row, address=address)


def _file(content: bytes, media_type: str, name: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = media_type
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _name(row: Registration, ending: str) -> str:
    word = kind_of(row.kind).word.lower().replace(" ", "-")
    return f"{word}-{row.number}-{row.year}.{ending}"
