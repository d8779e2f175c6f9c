"""The page for the projector of a hall, and the QR code of the room's address."""

from __future__ import annotations

from flask import Response, current_app, render_template, request, url_for

from consultazione.config import Settings
from consultazione.documents.paper.qr import qr_svg
from consultazione.sittings.attendance.hall_views import hall_code
from consultazione.sittings.blueprint import screen_pages
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.room.public import room_json
from consultazione.sittings.room.sentences import room_wording
from consultazione.sittings.room.snapshot import room_mine
from consultazione.web.public_cache import READER
from consultazione.web.request_db import snapshot


@screen_pages.get("/sedute/<int:sitting_id>/schermo")
def projector(sitting_id: int) -> str:
    """Show the screen of a hall, which needs no account and which its script keeps up to date.

    With the screen's key in the query string (`chiave`) it also shows the check-in code.
    """
    text = room_json(READER, sitting_id)
    return render_template(
        "sittings/screen.html",
        sitting=get_sitting(snapshot(), sitting_id),
        snapshot=text,
        mine=room_mine(snapshot(), sitting_id, None),
        words=room_wording(),
        address=_address(sitting_id),
        **hall_code(sitting_id, request.args.get("chiave", "")),
    )


@screen_pages.get("/sedute/<int:sitting_id>/qr.svg")
def qr(sitting_id: int) -> Response:
    """Draw the room's address as a QR code."""
    get_sitting(snapshot(), sitting_id)
    return Response(qr_svg(_address(sitting_id)), mimetype="image/svg+xml")


def _address(sitting_id: int) -> str:
    settings: Settings = current_app.extensions["settings"]
    return settings.public_url + url_for("sittings.room", sitting_id=sitting_id)
