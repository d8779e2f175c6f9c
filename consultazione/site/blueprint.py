"""The blueprint of the site around the consultation."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("site", __name__)
