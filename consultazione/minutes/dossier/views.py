"""The page on which the file of a sitting is put together, and the file."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from sqlalchemy.orm import Session

from consultazione.core.errors import NotFound
from consultazione.documents.frames import Asked
from consultazione.documents.paper.model import Seal
from consultazione.documents.paper.pdf import asked_for
from consultazione.minutes.blueprint import pages
from consultazione.minutes.dossier.contents import Offered, offered
from consultazione.minutes.dossier.making import Chosen, Cover, made
from consultazione.minutes.dossier.papers import TITLE, Apart, Listed, cover, frame_of
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.models import Sitting
from consultazione.sittings.queries import get_sitting
from consultazione.web.files.made import inline, public_url
from consultazione.web.files.stored import directory
from consultazione.web.last_update import page_follows
from consultazione.web.request_db import release_snapshot, snapshot
from consultazione.web.security import reads_much
from consultazione.zones.queries import get_cycle


@pages.get("/sedute/<int:sitting_id>/fascicolo")
def dossier(sitting_id: int) -> str:
    """Choose which documents of a sitting come into its file."""
    page_follows(sitting_stream(sitting_id))
    return _page(_held(sitting_id), fault=None)


@pages.get("/sedute/<int:sitting_id>/fascicolo.pdf")
@reads_much()
def dossier_pdf(sitting_id: int) -> ResponseReturnValue:
    """The chosen documents as one PDF; making it takes a while, and holds no connection."""
    session, sitting = snapshot(), _held(sitting_id)
    keys = request.args.getlist("parte")
    chosen = [one for one in _offered(session, sitting) if one.key in keys]
    if not chosen:
        return _page(sitting, fault=_("Choose at least one document.")), 422
    found = [Chosen(one.title, one.source()) for one in chosen]
    title, front = f"{TITLE}. {sitting.title}", _cover(session, sitting)
    release_snapshot()
    return _sent(made(title, found, front, directory()), sitting_id)


def _sent(content: bytes, sitting_id: int) -> Response:
    return inline(content, "application/pdf", f"fascicolo-{sitting_id}.pdf")


def _cover(session: Session, sitting: Sitting) -> Cover:
    """How the cover is asked for, without the database."""
    frame = frame_of(get_cycle(session, sitting.table.cycle_id), sitting)
    seal, at = Seal(f"{public_url()}/sedute/{sitting.id}"), sitting.closed_at or sitting.convened_at

    def asked(listed: Sequence[Listed], apart: Sequence[Apart]) -> Asked:
        return asked_for(cover(frame, listed, apart), seal, at=at)

    return asked


def _offered(session: Session, sitting: Sitting) -> list[Offered]:
    return offered(session, sitting, public_url=public_url())


def _held(sitting_id: int) -> Sitting:
    """A sitting; NotFound for a rehearsal, of which nothing remains."""
    sitting = get_sitting(snapshot(), sitting_id)
    if sitting.rehearses is not None:
        raise NotFound(lazy_gettext("A rehearsal has no file: nothing of it remains."))
    return sitting


def _page(sitting: Sitting, *, fault: str | None) -> str:
    return render_template(
        "minutes/dossier.html",
        sitting=sitting,
        offered=_offered(snapshot(), sitting),
        fault=fault,
    )
