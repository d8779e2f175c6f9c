"""A sitting as plain text: works without scripts, by keyboard alone, on slow lines.

What is sent from here are the same messages as over Socket.IO, with the same answers. Who
takes part keeps their place by reloading, by hand or as often as they have chosen.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.errors import NotFound, Refusal
from consultazione.live import gateway, rooms
from consultazione.live.text import answers_of, own_hand
from consultazione.sittings.chronicle import chronicle_lines
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.quorums.words import standing_words
from consultazione.sittings.room import room_mine, room_snapshot
from consultazione.web import auth
from consultazione.web.security import WRITING, limiter
from consultazione.web.unit import actor, snapshot

blueprint = Blueprint("text", __name__)

# What the page has buttons for.
ACTS = frozenset({"here", "leave", "hand.raise", "hand.withdraw", "floor.end", "ballot.cast"})
RELOADS_EVERY = 20  # seconds; less than it takes to be thought gone


@blueprint.get("/sedute/<int:sitting_id>/testo")
def stream(sitting_id: int) -> ResponseReturnValue:
    """The sitting as text, the newest first; with `auto` the page reloads itself."""
    room = room_snapshot(snapshot(), sitting_id)
    person_id, reloads = actor().person_id, "auto" in request.args
    mine = room_mine(snapshot(), sitting_id, person_id)
    is_present = mine.get("present", False)
    page = render_template(
        "sittings/text.html",
        sitting=get_sitting(snapshot(), sitting_id),
        room=room,
        chronicle=chronicle_lines(room),
        mine=mine,
        is_present=is_present,
        hand=own_hand(room, person_id),
        answers=answers_of(snapshot(), room),
        standing=standing_words,
        key=str(uuid4()),
        reloads=reloads,
        seconds=RELOADS_EVERY,
    )
    if is_present:
        rooms.here(sitting_id)
    return make_response(page, {"Refresh": str(RELOADS_EVERY)} if reloads else {})


@blueprint.post("/sedute/<int:sitting_id>/testo")
@limiter.limit(WRITING)
@auth.sign_in_required
def act(sitting_id: int) -> ResponseReturnValue:
    """Do what one of the page's buttons says, and show the page again."""
    try:
        _press(request.form.to_dict())
        flash(_("Done."), "success")
    except Refusal as refusal:
        flash(str(refusal.detail), "danger")
    reloads = request.form.get("auto")
    return redirect(url_for("text.stream", sitting_id=sitting_id, auto=reloads), 303)


def _press(fields: dict[str, Any]) -> None:
    message = fields.pop("message", "")
    if message not in ACTS:
        raise NotFound(_("This message is not known here. Reload the page."))
    for of_the_page in ("csrf_token", "auto"):
        fields.pop(of_the_page, None)
    gateway.run_message(message, (fields,))
