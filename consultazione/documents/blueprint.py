"""The blueprints of the register of documents: pages and REST resources."""

from __future__ import annotations

from flask import Blueprint

from consultazione.documents.queries import cycle_of_registration
from consultazione.web.api import resource
from consultazione.web.current_zone import cycle_found_by

pages = Blueprint("documents", __name__)
rest = resource("documents_api", __name__, "The register of documents")

cycle_found_by("registration_id", cycle_of_registration)
