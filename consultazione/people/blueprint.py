"""The blueprints of people: pages and REST resources."""

from __future__ import annotations

from flask import Blueprint

from consultazione.web.api import resource

admin = Blueprint("admin", __name__, url_prefix="/amministrazione")
pages = Blueprint("people", __name__)
rest = resource("people_api", __name__, "Persons and organisations")
