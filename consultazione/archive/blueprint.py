"""The blueprint of the archive's pages."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("archive", __name__)
