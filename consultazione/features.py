"""Which features have pages and which have REST resources: one line each."""

from __future__ import annotations

from flask import Blueprint as Pages
from flask_smorest import Blueprint as Resources

from consultazione.comments import api as comments_api
from consultazione.comments import views as comments
from consultazione.live import api as live_api
from consultazione.live import text_views as text
from consultazione.minutes import api as minutes_api
from consultazione.minutes import views as minutes
from consultazione.outcomes import api as outcomes_api
from consultazione.outcomes import views as outcomes
from consultazione.people import admin_views as administration
from consultazione.people import api as people_api
from consultazione.people import views as people
from consultazione.plan import api as plan_api
from consultazione.plan import views as plan
from consultazione.proposals import api as proposals_api
from consultazione.proposals import views as proposals
from consultazione.sittings import desk_views as desk
from consultazione.sittings import hall_views as hall
from consultazione.sittings import rehearsal_views as rehearsals
from consultazione.sittings import screen_views as screens
from consultazione.sittings.notes import api as sittings_api
from consultazione.sittings.papers import views as sittings
from consultazione.sittings.quorums import views as quorums
from consultazione.sittings.roll import excuse_views as roll
from consultazione.sittings.video import views as video
from consultazione.tables import api as tables_api
from consultazione.tables import views as tables
from consultazione.web import views as web
from consultazione.zones import api as zones_api
from consultazione.zones import views as zones

PAGES: list[Pages] = [
    web.blueprint,
    zones.blueprint,
    people.blueprint,
    administration.blueprint,
    tables.blueprint,
    proposals.blueprint,
    comments.blueprint,
    sittings.blueprint,
    desk.blueprint,
    hall.blueprint,
    quorums.blueprint,
    rehearsals.blueprint,
    roll.blueprint,
    screens.blueprint,
    video.blueprint,
    text.blueprint,
    minutes.blueprint,
    outcomes.blueprint,
    plan.blueprint,
]
APIS: list[Resources] = [
    zones_api.blueprint,
    people_api.blueprint,
    tables_api.blueprint,
    proposals_api.blueprint,
    comments_api.blueprint,
    sittings_api.blueprint,
    live_api.blueprint,
    minutes_api.blueprint,
    outcomes_api.blueprint,
    plan_api.blueprint,
]
