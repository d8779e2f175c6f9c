"""The page of a chat that is kept, for those who run the table."""

from __future__ import annotations

from flask import render_template
from flask_babel import lazy_gettext as _

from consultazione.core.errors import NotFound
from consultazione.core.permissions import Permission, require
from consultazione.sittings.blueprint import pages
from consultazione.sittings.chat.queries import kept_chat
from consultazione.sittings.queries import get_sitting, names_at
from consultazione.web import auth
from consultazione.web.request_db import actor, snapshot


@pages.get("/sedute/<int:sitting_id>/chat")
@auth.sign_in_required
def chat(sitting_id: int) -> str:
    """Show the messages of the chat, and until when; NotFound where none is kept."""
    sitting = get_sitting(snapshot(), sitting_id)
    table = sitting.table
    require(actor(), Permission.READ_KEPT_CHAT, zone_id=table.zone_id, table_id=table.id)
    kept = kept_chat(snapshot(), sitting_id)
    if kept is None:
        raise NotFound(_("No chat of this sitting is kept: it was deleted, or there was none."))
    messages, until = kept
    people = names_at(snapshot(), sitting_id, {message.person_id for message in messages})
    return render_template(
        "sittings/chat.html", sitting=sitting, messages=messages, until=until, people=people
    )
