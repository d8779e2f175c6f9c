"""The blueprints of the live edge: the page of plain text and the stream of sentences."""

from __future__ import annotations

from flask import Blueprint

from consultazione.web.api import resource

pages = Blueprint("text", __name__)
rest = resource("live_api", __name__, "Sittings while they go on")
