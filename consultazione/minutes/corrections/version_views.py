"""What a text of a draft said before, with what changed each time, and the way back to it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import NotFound
from consultazione.core.revisions import Revision, kept
from consultazione.minutes.blueprint import pages
from consultazione.minutes.commands.editing import write_note
from consultazione.minutes.commands.gists import write_gist
from consultazione.minutes.corrections.pieces import text_of
from consultazione.minutes.models import Minutes, MinutesNote, Piece, SpeechGist
from consultazione.minutes.queries import readable_minutes
from consultazione.minutes.schemas import RevertSchema
from consultazione.minutes.text_views import require_editor
from consultazione.people.history import Field, history
from consultazione.web import auth
from consultazione.web.forms import Form, act
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter

_NAMED = re.compile(r"(nota|intervento)-([0-9]{1,18})")
_PIECES = {"nota": Piece.NOTE, "intervento": Piece.GIST}


@pages.get("/verbali/<int:minutes_id>/testi/com-era-prima", endpoint="earlier_text")
@auth.sign_in_required
def earlier_text_page(minutes_id: int) -> str:
    """What a note or a gist said before; `pezzo` in the query string says which."""
    minutes, piece, number = _asked(minutes_id)
    row = _row(minutes, piece, number)
    return render_template(
        "minutes/earlier_text.html",
        minutes=minutes,
        named=request.args["pezzo"],
        text=text_of(snapshot(), minutes, piece, number),
        history=history(snapshot(), _revisions(minutes, piece, number), {"body": Field(_("Text"))}),
        version=row.version if row else 0,
        may_revert=minutes.circulated_at is None and minutes.document is None,
    )


@pages.post("/verbali/<int:minutes_id>/testi/com-era-prima", endpoint="revert_text")
@limiter.limit(WRITING)
@auth.sign_in_required
def revert_text_button(minutes_id: int) -> ResponseReturnValue:
    """Let a note or a gist say again what it said before one of its changes."""
    minutes, piece, number = _asked(minutes_id)
    to = url_for("minutes.earlier_text", minutes_id=minutes_id, pezzo=request.args["pezzo"])
    asked = Form(RevertSchema()).read()
    if asked is None:
        return redirect(to)
    body = _before(_revisions(minutes, piece, number), asked["revision"])
    command = partial(_revert, minutes, piece, number, body, asked["version"])
    return act(command, done=_("The text says again what it said before."), to=to)


def _before(revisions: Sequence[Revision], number: int) -> str:
    """What the text said before one of its changes; NotFound if there was no such change."""
    for revision in revisions:
        if revision.version == number:
            return str(revision.was["body"])
    raise NotFound(_("The draft has no such text any more."))


def _revert(
    minutes: Minutes, piece: Piece, number: int, body: str, version: int, tx: Transaction
) -> None:
    if piece is Piece.NOTE:
        write_note(tx, minutes_id=minutes.id, point_id=number, body=body, version=version)
    else:
        at: Mapping[str, int] = {"sitting_id": minutes.sitting_id, "hand_id": number}
        write_gist(tx, **at, body=body, version=version)


def _asked(minutes_id: int) -> tuple[Minutes, Piece, int]:
    minutes = readable_minutes(snapshot(), minutes_id, actor())
    require_editor(minutes.sitting)
    found = _NAMED.fullmatch(request.args.get("pezzo", ""))
    if found is None:
        raise NotFound(_("The draft has no such text any more."))
    return minutes, _PIECES[found[1]], int(found[2])


def _row(minutes: Minutes, piece: Piece, number: int) -> MinutesNote | SpeechGist | None:
    """The text as it stands; None if nobody has written it."""
    if piece is Piece.GIST:
        return snapshot().get(SpeechGist, number)
    return next((note for note in minutes.notes if note.point_id == number), None)


def _revisions(minutes: Minutes, piece: Piece, number: int) -> list[Revision]:
    """The changes of a text, the latest first; nothing of a text that nobody has written."""
    if piece is Piece.GIST:
        return kept(snapshot(), SpeechGist.__tablename__, number)
    notes = [note.id for note in minutes.notes if note.point_id == number]
    return kept(snapshot(), MinutesNote.__tablename__, notes[0]) if notes else []
