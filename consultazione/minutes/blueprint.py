"""The blueprints of minutes: pages and REST resources."""

from __future__ import annotations

from flask import Blueprint

from consultazione.web.api import resource

pages = Blueprint("minutes", __name__)
rest = resource("minutes_api", __name__, "Minutes of sittings")
