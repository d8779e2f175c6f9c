"""The notice of convocation: a page to print, and a PDF."""

from __future__ import annotations

from flask import Response, current_app, make_response, render_template, url_for

from consultazione.config import Settings
from consultazione.core import clock
from consultazione.documents.typesetting import typeset
from consultazione.sittings.blueprint import pages
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.lifecycle.notice.model import WORDS, Notice, notice_of
from consultazione.sittings.lifecycle.notice.pdf import asked_for
from consultazione.sittings.queries import get_sitting
from consultazione.web.last_update import page_follows
from consultazione.web.request_db import release_snapshot, snapshot
from consultazione.web.security import reads_much


@pages.get("/sedute/<int:sitting_id>/avviso")
def notice(sitting_id: int) -> str:
    """The notice of convocation with the agenda, to read or print."""
    page_follows(sitting_stream(sitting_id))
    return render_template(
        "sittings/notice.html",
        sitting=get_sitting(snapshot(), sitting_id),
        notice=_notice(sitting_id),
        words=WORDS,
    )


@pages.get("/sedute/<int:sitting_id>/avviso.pdf")
@reads_much()
def notice_pdf(sitting_id: int) -> Response:
    """The notice as PDF; setting takes a while, and holds no connection."""
    asked = asked_for(_notice(sitting_id), at=clock.now())
    release_snapshot()
    response = make_response(typeset(asked))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="avviso-{sitting_id}.pdf"'
    return response


def _notice(sitting_id: int) -> Notice:
    settings: Settings = current_app.extensions["settings"]
    address = settings.public_url + url_for("sittings.show", sitting_id=sitting_id)
    return notice_of(snapshot(), get_sitting(snapshot(), sitting_id), address=address)
