"""The blueprints of sittings: their pages by section, and their REST resources."""

from __future__ import annotations

from flask import Blueprint

from consultazione.core.scopes import Scope
from consultazione.web.api import resource

pages = Blueprint("sittings", __name__)
desk_pages = Blueprint("desk", __name__)
hall_pages = Blueprint("hall", __name__)
quorum_pages = Blueprint("quorums", __name__)
rehearsal_pages = Blueprint("rehearsals", __name__)
roll_pages = Blueprint("roll", __name__)
screen_pages = Blueprint("screens", __name__)
video_pages = Blueprint("video", __name__)
rest = resource("sittings_api", __name__, "Sittings and their rooms", scope=Scope.SITTINGS)
