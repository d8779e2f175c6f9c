"""The blueprints of the search: its page, and REST."""

from __future__ import annotations

from flask import Blueprint

from consultazione.web.api import resource

pages = Blueprint("search", __name__)
rest = resource("search_api", __name__, "Search")
