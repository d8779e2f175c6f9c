"""The blueprint of the verify page, which belongs to no zone."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("verification", __name__)
