"""The blueprints of memory: pages and REST resources."""

from __future__ import annotations

from flask import Blueprint

from consultazione.core.scopes import Scope
from consultazione.web.api import resource

pages = Blueprint("memory", __name__)
_ABOUT = "Past cycles: their documents, their priorities, and what became of their promises"
rest = resource("memory_api", __name__, _ABOUT, scope=Scope.PLAN)
