"""A sitting as a page of text: works without scripts, by keyboard alone, on slow lines.

Its forms run the same messages as Socket.IO, with the same answers. The page itself does not
reload, so that nothing typed is lost and the focus stays; news appear in an iframe that
refreshes itself, which also keeps its reader present.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from uuid import uuid4

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core import clock
from consultazione.core.errors import NotAllowed, NotFound, Refusal
from consultazione.live import gateway, rooms
from consultazione.live.blueprint import pages
from consultazione.live.noscript import answers_of, own_hands
from consultazione.sittings.chat.queries import chat_newest
from consultazione.sittings.chat.types import ChatPart
from consultazione.sittings.polls.sentences import can_vote, held_for, no_vote_sentence
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.quorums.sentences import standing_sentence
from consultazione.sittings.record.snapshot import own_statements
from consultazione.sittings.room.lines import earlier_than, names_of
from consultazione.sittings.room.public import newer_lines, newest_lines, public_room
from consultazione.sittings.room.sentences import room_wording
from consultazione.sittings.room.snapshot import present_of, room_mine
from consultazione.sittings.room.types import RoomMine, RoomSnapshot
from consultazione.web import auth
from consultazione.web.public_cache import READER
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, content_policy, limiter
from consultazione.web.url_converters import asked_id

# The messages that the page has buttons for.
ACTS = frozenset(
    {
        "here",
        "leave",
        "hand.raise",
        "hand.withdraw",
        "floor.end",
        "ballot.cast",
        "question.ask",
        "statement.make",
        "statement.withdraw",
        "chat.write",
    }
)
RENEWED_EVERY = 20  # seconds; far less than presence.SILENCE


@pages.get("/sedute/<int:sitting_id>/testo")
def stream(sitting_id: int) -> str:
    """The sitting as text, the newest first."""
    page = _page(sitting_id)
    _stay(sitting_id)
    return page


@pages.get("/sedute/<int:sitting_id>/testo/novita")
def news(sitting_id: int) -> ResponseReturnValue:
    """What has happened since a number (`dopo`), in an iframe that refreshes itself."""
    after = asked_id("dopo") or 0
    page = render_template(
        "sittings/text_news.html",
        sitting_id=sitting_id,
        lines=newer_lines(READER, sitting_id, after),
        now=clock.now(),
        seconds=RENEWED_EVERY,
    )
    _stay(sitting_id)
    policy = content_policy(frame_ancestors="'self'")
    headers = {"Refresh": str(RENEWED_EVERY), "Content-Security-Policy": policy}
    return make_response(page, headers)


@pages.post("/sedute/<int:sitting_id>/testo")
@limiter.limit(WRITING)
@auth.sign_in_required
def act(sitting_id: int) -> ResponseReturnValue:
    """Run the message of a button, and show the page again; with what was typed if refused."""
    typed = {request.form.get("message", ""): request.form.get("body", "")}
    try:
        _press(request.form.to_dict())
        flash(_("Done."), "success")
    except Refusal as refusal:
        flash(_reason(refusal), "danger")
        if any(typed.values()):
            renew_snapshot()
            return _page(sitting_id, typed), 422
    return redirect(url_for("text.stream", sitting_id=sitting_id), 303)


def _page(sitting_id: int, typed: Mapping[str, str] | None = None) -> str:
    room, text = public_room(READER, sitting_id)
    chronicle = newest_lines(READER, room, text)
    mine = room_mine(snapshot(), sitting_id, actor().person_id)
    return render_template(
        "sittings/text.html",
        sitting=get_sitting(snapshot(), sitting_id),
        room=room,
        chronicle=chronicle,
        earlier=earlier_than(room),
        name_of=names_of(room),
        mine=mine,
        is_present=mine.get("present", False),
        hands=own_hands(room, actor().person_id),
        answers=answers_of(snapshot(), room),
        no_vote=no_vote_sentence,
        held_for=held_for,
        can_vote=can_vote,
        say=room_wording()["sentences"],
        standing=standing_sentence,
        key=str(uuid4()),
        typed=typed or {},
        chat=_chat(room, mine),
        statements=own_statements(snapshot(), sitting_id, actor().person_id),
        day=date.fromisoformat,
    )


def _chat(room: RoomSnapshot, mine: RoomMine) -> ChatPart | None:
    """The newest messages, while the chat is open, for who is present."""
    if room["sitting"]["chat"] is None or not mine.get("present"):
        return None
    return chat_newest(snapshot(), room["sitting"]["id"], moderates=False)


def _stay(sitting_id: int) -> None:
    """Keep a reader present who is in the sitting already, unless its rule has changed."""
    person_id = actor().person_id
    if person_id is not None and present_of(snapshot(), sitting_id, [person_id]):
        with suppress(NotAllowed):
            rooms.here(sitting_id)


def _press(fields: dict[str, str]) -> None:
    message = fields.pop("message", "")
    if message not in ACTS:
        raise NotFound(_("This message is not known here. Reload the page."))
    fields.pop("csrf_token", None)
    gateway.run_message(message, (fields,))


def _reason(refusal: Refusal) -> str:
    """The sentences about the fields, which say more than the refusal's own; else that."""
    return " ".join(str(said) for found in refusal.fields.values() for said in found) or str(
        refusal.detail
    )
