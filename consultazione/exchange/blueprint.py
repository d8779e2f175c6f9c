"""The blueprints of import and export: pages and REST resources."""

from __future__ import annotations

from flask import Blueprint

from consultazione.core.scopes import Scope
from consultazione.web.api import resource

pages = Blueprint("exchange", __name__)
_ABOUT = "The annual programmes as files"
rest = resource("exchange_api", __name__, _ABOUT, scope=Scope.PLAN)
