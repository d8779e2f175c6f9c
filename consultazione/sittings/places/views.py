"""Pages of the places in the hall: the buttons of who registers, and the list for the desk."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.permissions import Permission, require
from consultazione.sittings.blueprint import places_pages
from consultazione.sittings.places.commands.registering import (
    register_for_hall,
    withdraw_from_hall,
)
from consultazione.sittings.places.events import places_stream
from consultazione.sittings.places.models import Registration, RegistrationState
from consultazione.sittings.places.queries import hall_of, is_ahead, registrations
from consultazione.sittings.places.schemas import RegistrationSchema
from consultazione.sittings.queries import get_sitting
from consultazione.web import auth
from consultazione.web.forms import Form, act
from consultazione.web.last_update import page_follows
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter

_PAGE = "/sedute/<int:sitting_id>/posti"


@places_pages.get(_PAGE)
@auth.sign_in_required
def show(sitting_id: int) -> str:
    """Who is registered for the hall, to read at the desk or to print."""
    sitting = get_sitting(snapshot(), sitting_id)
    table = sitting.table
    require(actor(), Permission.READ_REGISTRATIONS, zone_id=table.zone_id, table_id=table.id)
    page_follows(places_stream(sitting_id))
    rows = registrations(snapshot(), sitting_id)
    return render_template(
        "sittings/places_list.html",
        sitting=sitting,
        hall=hall_of(snapshot(), sitting),
        placed=[row for row in rows if row.state is RegistrationState.PLACED],
        waiting=[row for row in rows if row.state is RegistrationState.WAITING],
        ahead=is_ahead(sitting),
    )


@places_pages.post(_PAGE)
@limiter.limit(WRITING)
@auth.sign_in_required
def register(sitting_id: int) -> ResponseReturnValue:
    """Register for the hall."""
    form = Form(RegistrationSchema())
    done = form.perform(partial(register_for_hall, sitting_id=sitting_id))
    if done is None:
        for sentences in form.errors.values():
            flash(sentences[0], "danger")
    else:
        flash(_has_a_place(done), "success")
    return redirect(_of_sitting(sitting_id), 303)


@places_pages.post(f"{_PAGE}/<int:registration_id>/ritira")
@limiter.limit(WRITING)
@auth.sign_in_required
def withdraw(sitting_id: int, registration_id: int) -> ResponseReturnValue:
    """Withdraw a registration, from the sitting's page or from the list."""
    command = partial(withdraw_from_hall, sitting_id=sitting_id, registration_id=registration_id)
    listed = request.form.get("from") == "list"
    back = url_for("places.show", sitting_id=sitting_id) if listed else _of_sitting(sitting_id)
    return act(command, done=_("The registration is withdrawn."), to=back)


def _has_a_place(registration: Registration) -> str:
    if registration.state is RegistrationState.PLACED:
        return str(_("There is a place in the hall."))
    return str(_("The hall is full: this is on the waiting list now, and moves up by itself."))


def _of_sitting(sitting_id: int) -> str:
    return url_for("sittings.show", sitting_id=sitting_id, _anchor="posti")
