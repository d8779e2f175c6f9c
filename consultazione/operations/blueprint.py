"""The blueprint of the administrators' pages."""

from __future__ import annotations

from flask import Blueprint

from consultazione.web.current_zone import IN_ZONE

pages = Blueprint("operations", __name__, url_prefix=f"{IN_ZONE}/amministrazione")
