"""Which features have pages and which have REST resources: one line each."""

from __future__ import annotations

from flask import Blueprint as Pages
from flask_smorest import Blueprint as Resources

from consultazione.people import admin_views as administration
from consultazione.people import api as people_api
from consultazione.people import views as people
from consultazione.web import views as web

PAGES: list[Pages] = [web.blueprint, people.blueprint, administration.blueprint]
APIS: list[Resources] = [people_api.blueprint]
