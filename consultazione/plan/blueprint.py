"""The blueprints of plan: pages and REST resources."""

from __future__ import annotations

from flask import Blueprint

from consultazione.web.api import resource

pages = Blueprint("plan", __name__)
rest = resource("plan_api", __name__, "The plan, its contributions and their pedigrees")
