"""The blueprints of the zone file: its schema over REST, and the download."""

from __future__ import annotations

from flask import Blueprint

from consultazione.web.api import resource

pages = Blueprint("importing", __name__)
rest = resource("importing_api", __name__, "The zone file")
