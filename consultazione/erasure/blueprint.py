"""The blueprint of erasures: pages of the administration."""

from __future__ import annotations

from flask import Blueprint

from consultazione.web.current_zone import IN_ZONE

pages = Blueprint("erasure", __name__, url_prefix=f"{IN_ZONE}/amministrazione/cancellazioni")
