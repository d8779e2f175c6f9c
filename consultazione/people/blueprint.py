"""The blueprints of people: pages and REST resources."""

from __future__ import annotations

from flask import Blueprint

from consultazione.people.labels import CATEGORY_NAMES
from consultazione.web.api import resource
from consultazione.web.current_zone import IN_ZONE

admin = Blueprint("admin", __name__, url_prefix=f"{IN_ZONE}/amministrazione")
pages = Blueprint("people", __name__)
rest = resource("people_api", __name__, "Persons and organisations")

# For the templates of every feature: how a category of participants is called.
pages.add_app_template_global(CATEGORY_NAMES.get, "category_name")
