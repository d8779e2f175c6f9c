"""The blueprint of the administrators' pages."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("operations", __name__, url_prefix="/amministrazione")
