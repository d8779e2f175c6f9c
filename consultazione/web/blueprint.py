"""The blueprint of the pages and probes that belong to no feature."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("web", __name__)
