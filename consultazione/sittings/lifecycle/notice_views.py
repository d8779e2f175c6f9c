"""The notice of convocation: a page to print, a PDF, an ODT to work on, and Akoma Ntoso."""

from __future__ import annotations

from functools import partial

from flask import Response, render_template, url_for
from flask_babel import lazy_gettext as _

from consultazione.core.errors import NotFound
from consultazione.core.threadpool import offload
from consultazione.documents.colophon import file_name, named
from consultazione.documents.paper.akn import MEDIA_TYPE as AKN
from consultazione.documents.paper.akn import akn_of
from consultazione.documents.paper.model import Paper, Seal
from consultazione.documents.paper.odt import MEDIA_TYPE, odt_of
from consultazione.documents.paper.pdf import asked_for
from consultazione.documents.register import registration_of
from consultazione.documents.typesetting import typeset
from consultazione.sittings.blueprint import pages
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.lifecycle.notice.kind import NOTICE
from consultazione.sittings.lifecycle.notice.sealed import sealed_notice
from consultazione.sittings.models import Sitting
from consultazione.sittings.queries import get_sitting
from consultazione.web.files.made import inline, public_url
from consultazione.web.last_update import page_follows
from consultazione.web.request_db import release_snapshot, snapshot
from consultazione.web.security import reads_much


@pages.get("/sedute/<int:sitting_id>/avviso")
def notice(sitting_id: int) -> str:
    """The notice of convocation with the agenda, to read or print."""
    page_follows(sitting_stream(sitting_id))
    sitting, paper, seal = _notice(sitting_id)
    return render_template("sittings/notice.html", sitting=sitting, paper=paper, seal=seal)


@pages.get("/sedute/<int:sitting_id>/avviso.pdf")
@reads_much()
def notice_pdf(sitting_id: int) -> Response:
    """The notice as PDF; setting takes a while, and holds no connection."""
    sitting, paper, seal = _notice(sitting_id)
    asked = asked_for(paper, seal, at=sitting.convened_at)
    release_snapshot()
    return inline(typeset(asked), "application/pdf", f"avviso-{sitting_id}.pdf")


@pages.get("/sedute/<int:sitting_id>/avviso.odt")
@reads_much()
def notice_odt(sitting_id: int) -> Response:
    """The notice as OpenDocument text."""
    sitting, paper, seal = _notice(sitting_id)
    make = partial(odt_of, paper, seal, at=sitting.convened_at)
    release_snapshot()
    return inline(offload(make), MEDIA_TYPE, f"avviso-{sitting_id}.odt")


@pages.get("/sedute/<int:sitting_id>/avviso.xml")
@reads_much()
def notice_xml(sitting_id: int) -> Response:
    """The notice as Akoma Ntoso; NotFound for one from before the register."""
    _sitting, paper, seal = _notice(sitting_id)
    row = registration_of(snapshot(), NOTICE, sitting_id)
    if row is None:
        raise NotFound(_("This document has no number in the register."))
    make, name = partial(akn_of, paper, seal, named(snapshot(), row)), file_name(row, "xml")
    release_snapshot()
    return inline(offload(make), AKN, name)


def _notice(sitting_id: int) -> tuple[Sitting, Paper, Seal]:
    address = public_url() + url_for("sittings.show", sitting_id=sitting_id)
    sitting = get_sitting(snapshot(), sitting_id)
    return sitting, *sealed_notice(snapshot(), sitting, address=address)
