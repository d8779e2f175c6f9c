"""The blueprint of the pages for those who run the site."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("operations", __name__, url_prefix="/amministrazione")
