"""The blueprints of the zone file: its schema, and the download."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("importing", __name__)
schema = Blueprint("importing_schema", __name__)
