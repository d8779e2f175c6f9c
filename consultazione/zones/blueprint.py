"""The blueprints of zones: pages and REST resources."""

from __future__ import annotations

from flask import Blueprint

from consultazione.web.api import resource

pages = Blueprint("zones", __name__)
rest = resource("zones_api", __name__, "The zone and the public log")
