"""The blueprint of setting up: pages."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("setup", __name__)
