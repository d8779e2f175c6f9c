"""The blueprint of the public log's files; they are of the whole installation."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("transparency", __name__, url_prefix="/log")
