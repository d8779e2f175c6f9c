"""A person's own calendar, and the page on which its private address is made and ended."""

from __future__ import annotations

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import Schema

from consultazione.core import clock
from consultazione.core.errors import NotFound
from consultazione.core.permissions import acting_person
from consultazione.site.blueprint import pages
from consultazione.site.calendars.commands import make_calendar_address, revoke_calendar_address
from consultazione.site.calendars.entry_views import entries_of
from consultazione.site.calendars.queries import calendar_address_of, person_of_calendar
from consultazione.web import auth
from consultazione.web.files.followed import followed
from consultazione.web.forms import Form, act
from consultazione.web.last_update import without_foot
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter, reads_much
from consultazione.zones.calendar.ics import MEDIA_TYPE, last_change, to_ics

_KEY = "chiave"
_LONGEST_KEY = 100


@pages.get("/calendario/persona.ics")
@reads_much()
def person_ics() -> Response:
    """The calendar of whoever made this secret address; the secret stands in the query.

    NotFound for a wrong or an ended one alike: nobody learns which there are.
    """
    key = request.args.get(_KEY, "")[:_LONGEST_KEY]
    person_id = person_of_calendar(snapshot(), key)
    if person_id is None:
        raise NotFound(_("This calendar is not there any more: make a new address."))
    lines = list(entries_of(snapshot(), person_id, clock.now()))
    answer = followed(to_ics(_("My calendar"), lines), MEDIA_TYPE, last_change(lines))
    answer.headers["Content-Disposition"] = "inline; filename=calendario.ics"
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@pages.get("/profilo/calendario", endpoint="own_calendar")
@auth.sign_in_required
@without_foot
def own_calendar() -> str:
    """Whether there is a private address, and the ways to make and to end it."""
    return _page(None)


@pages.post("/profilo/calendario", endpoint="make_calendar_address")
@limiter.limit(WRITING)
@auth.sign_in_required
@without_foot
def make_address() -> ResponseReturnValue:
    """Make a private address, and show it this once."""
    form = Form(Schema())
    key = form.perform(make_calendar_address)
    renew_snapshot()
    address = url_for("site.person_ics", **{_KEY: key}, _external=True) if key else None
    return _page(address), form.status, form.headers


@pages.post("/profilo/calendario/chiudi", endpoint="revoke_calendar_address")
@limiter.limit(WRITING)
@auth.sign_in_required
def revoke_address() -> ResponseReturnValue:
    """End the private address."""
    return act(
        revoke_calendar_address,
        done=_("The address does not work any more."),
        to=url_for("site.own_calendar"),
    )


def _page(address: str | None) -> str:
    return render_template(
        "site/own_calendar.html",
        address=address,
        row=calendar_address_of(snapshot(), acting_person(actor())),
    )
