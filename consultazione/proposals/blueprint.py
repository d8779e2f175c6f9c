"""The blueprints of proposals: pages and REST resources."""

from __future__ import annotations

from flask import Blueprint

from consultazione.web.api import resource

pages = Blueprint("proposals", __name__)
rest = resource("proposals_api", __name__, "Proposals and their supports")
