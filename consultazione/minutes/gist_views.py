"""The page on which the gist of each speech is written, while the sitting goes on or after it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from consultazione.core import log
from consultazione.core.errors import NotAllowed
from consultazione.core.permissions import Permission
from consultazione.minutes.blueprint import pages
from consultazione.minutes.models import MinutesState
from consultazione.minutes.queries import Spoken, gists_of, minutes_of, speeches_of
from consultazione.minutes.side_by_side_views import (
    Texts,
    answer_fields,
    gist_texts,
    refused_pieces,
    save_texts,
)
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.models import Sitting, SittingState
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.secretaries import may_write
from consultazione.web import auth
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import limiter

# A gist is saved as it is written: a moment after each pause.
_AS_ONE_WRITES = "120 per minute"


@pages.get("/sedute/<int:sitting_id>/sintesi")
@auth.sign_in_required
def gists(sitting_id: int) -> ResponseReturnValue:
    """The speeches that the reader may sum up: all of them, or their own after the closing."""
    return _page(sitting_id)


@pages.post("/sedute/<int:sitting_id>/sintesi", endpoint="save_gists")
@limiter.limit(_AS_ONE_WRITES)
@auth.sign_in_required
def save_gists_form(sitting_id: int) -> ResponseReturnValue:
    """Save the gists that were sent and changed; to who asks for JSON it says how each stands."""
    spoken = _own_speeches(snapshot(), get_sitting(snapshot(), sitting_id))
    errors = save_texts({"sitting_id": sitting_id}, request.form)
    if request.accept_mimetypes.best == "application/json":
        texts = refused_pieces(_texts(renew_snapshot(), sitting_id, spoken), request.form, errors)
        return jsonify(answer_fields(texts, request.form)), texts.status
    if errors:
        return _page(sitting_id, errors)
    flash(_("What you wrote is saved."), "success")
    return redirect(url_for("minutes.gists", sitting_id=sitting_id))


def _page(sitting_id: int, errors: dict[str, list[str]] | None = None) -> ResponseReturnValue:
    session = renew_snapshot()
    sitting = get_sitting(session, sitting_id)
    spoken = _own_speeches(session, sitting)
    texts = _texts(session, sitting_id, spoken)
    if errors:
        texts = refused_pieces(texts, request.form, errors)
    minutes = minutes_of(session, sitting_id)
    stream = sitting_stream(sitting_id)
    page = render_template(
        "minutes/gists.html",
        sitting=sitting,
        spoken=spoken,
        texts=texts,
        closed=minutes is not None and minutes.state is not MinutesState.DRAFT,
        stream=stream,
        head=log.head(session, stream),
    )
    return page, texts.status


def _texts(session: Session, sitting_id: int, spoken: Sequence[Spoken]) -> Texts:
    """The gists of these speeches, and of no others."""
    return gist_texts({one.hand_id for one in spoken}, gists_of(session, sitting_id))


def _own_speeches(session: Session, sitting: Sitting) -> list[Spoken]:
    """Those that the reader may sum up; NotAllowed if there is none and never will be."""
    spoken = speeches_of(session, sitting.id)
    if may_write(actor(), Permission.WRITE_GIST, sitting):
        return spoken
    own = [one for one in spoken if one.person_id == actor().person_id]
    if not own or sitting.state is not SittingState.CLOSED:
        raise NotAllowed(
            _("Who writes the minutes sums up what is said; who spoke can do it after the closing.")
        )
    return own
