"""The files of documents that the register keeps: PDF, ODT and Akoma Ntoso."""

from __future__ import annotations

from functools import partial

from flask import Response
from flask_babel import lazy_gettext as _

from consultazione.core.errors import NotFound
from consultazione.core.threadpool import offload
from consultazione.documents.blueprint import pages
from consultazione.documents.colophon import (
    asked_for_registration,
    file_name,
    named,
    seal_of_kept,
)
from consultazione.documents.models import Registration
from consultazione.documents.paper.akn import MEDIA_TYPE as AKN
from consultazione.documents.paper.akn import akn_of
from consultazione.documents.paper.model import Paper, from_json
from consultazione.documents.paper.odt import MEDIA_TYPE, odt_of
from consultazione.documents.queries import get_registration
from consultazione.documents.reach import require_open
from consultazione.documents.typesetting import typeset
from consultazione.web.files.made import inline, public_url
from consultazione.web.request_db import actor, release_snapshot, snapshot
from consultazione.web.security import reads_much


@pages.get("/documenti/<int:registration_id>.pdf")
@reads_much()
def pdf(registration_id: int) -> Response:
    """A kept document as PDF/A, dated with its registration; setting holds no connection."""
    row, _paper = _kept(registration_id)
    asked = asked_for_registration(row, public_url())
    name = file_name(row, "pdf")
    release_snapshot()
    return inline(typeset(asked), "application/pdf", name)


@pages.get("/documenti/<int:registration_id>.odt")
@reads_much()
def odt(registration_id: int) -> Response:
    """A kept document as OpenDocument text."""
    row, paper = _kept(registration_id)
    seal, name = seal_of_kept(row, public_url()), file_name(row, "odt")
    make = partial(odt_of, paper, seal, at=row.registered_at)
    release_snapshot()
    return inline(offload(make), MEDIA_TYPE, name)


@pages.get("/documenti/<int:registration_id>.xml")
@reads_much()
def xml(registration_id: int) -> Response:
    """A kept document as Akoma Ntoso."""
    row, paper = _kept(registration_id)
    seal, name = seal_of_kept(row, public_url()), file_name(row, "xml")
    make = partial(akn_of, paper, seal, named(snapshot(), row))
    release_snapshot()
    return inline(offload(make), AKN, name)


def _kept(registration_id: int) -> tuple[Registration, Paper]:
    """A registration with its document; NotFound if it has none, NotAllowed if it is not theirs."""
    row = get_registration(snapshot(), registration_id)
    require_open(snapshot(), row, actor())
    if row.content is None:
        raise NotFound(_("This document has a page of its own: read it there."))
    return row, from_json(row.content)
