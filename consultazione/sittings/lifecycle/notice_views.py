"""The notice of convocation: a page to print, a PDF, and an ODT to work on."""

from __future__ import annotations

from flask import Response, current_app, make_response, render_template, url_for

from consultazione.config import Settings
from consultazione.documents.paper.model import Paper, Seal
from consultazione.documents.paper.odt import MEDIA_TYPE, odt_of
from consultazione.documents.paper.pdf import asked_for
from consultazione.documents.typesetting import typeset
from consultazione.sittings.blueprint import pages
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.lifecycle.notice.sealed import sealed_notice
from consultazione.sittings.models import Sitting
from consultazione.sittings.queries import get_sitting
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
    return _file(typeset(asked), "application/pdf", f"avviso-{sitting_id}.pdf")


@pages.get("/sedute/<int:sitting_id>/avviso.odt")
@reads_much()
def notice_odt(sitting_id: int) -> Response:
    """The notice as OpenDocument text."""
    sitting, paper, seal = _notice(sitting_id)
    content = odt_of(paper, seal, at=sitting.convened_at)
    return _file(content, MEDIA_TYPE, f"avviso-{sitting_id}.odt")


def _notice(sitting_id: int) -> tuple[Sitting, Paper, Seal]:
    settings: Settings = current_app.extensions["settings"]
    address = settings.public_url + url_for("sittings.show", sitting_id=sitting_id)
    sitting = get_sitting(snapshot(), sitting_id)
    return sitting, *sealed_notice(snapshot(), sitting, address=address)


def _file(content: bytes, media_type: str, name: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = media_type
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
