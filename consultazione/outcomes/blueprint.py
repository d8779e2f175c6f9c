"""The blueprints of outcomes: pages and REST resources."""

from __future__ import annotations

from flask import Blueprint

from consultazione.web.api import resource

pages = Blueprint("outcomes", __name__)
rest = resource("outcomes_api", __name__, "Outcomes and their sign-off")
