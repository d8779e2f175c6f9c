"""The blueprints of comments: pages and REST resources."""

from __future__ import annotations

from flask import Blueprint

from consultazione.web.api import resource

pages = Blueprint("comments", __name__)
rest = resource("comments_api", __name__, "Comments on proposals")
