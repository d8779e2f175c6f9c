"""The page of the desk, which checks people in the hall in and out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core import clock
from consultazione.core.incoming.email_address import MOST_CHARACTERS
from consultazione.core.permissions import Permission, require
from consultazione.sittings.attendance.check_in import (
    LEAST_LETTERS,
    count_in_hall,
    find_people,
    people_in_hall,
)
from consultazione.sittings.attendance.commands.check_in import check_in, check_out
from consultazione.sittings.attendance.hall_views import hall_code
from consultazione.sittings.attendance.labels import MARKS
from consultazione.sittings.attendance.roll import roll_of
from consultazione.sittings.blueprint import desk_pages
from consultazione.sittings.floor.commands.floor import withdraw_hand_for
from consultazione.sittings.floor.commands.hands import raise_hand_for
from consultazione.sittings.places.queries import hall_of, placed_to_come
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.quorums.headcount import Headcount
from consultazione.sittings.quorums.sentences import standing_now
from consultazione.web import auth
from consultazione.web.forms import act
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.web.url_converters import asked_words


@desk_pages.get("/sedute/<int:sitting_id>/banco")
@auth.sign_in_required
def show(sitting_id: int) -> str:
    """Show who is in the sitting, and search for people to check in."""
    sitting = get_sitting(snapshot(), sitting_id)
    zone_id = sitting.table.zone_id
    require(actor(), Permission.RUN_DESK, zone_id=zone_id, table_id=sitting.table_id)
    words = asked_words("cerca", MOST_CHARACTERS)  # a name, or a whole address
    return render_template(
        "sittings/desk.html",
        sitting=sitting,
        words=words,
        least=LEAST_LETTERS,
        found=find_people(snapshot(), words, zone_id=zone_id, at=clock.now()),
        admits=sitting.admits(clock.today()),
        registered=placed_to_come(snapshot(), sitting_id),
        places=hall_of(snapshot(), sitting),
        roll=roll_of(snapshot(), sitting),
        named=True,
        marks=MARKS,
        hall=people_in_hall(snapshot(), sitting_id, words),
        in_hall=count_in_hall(snapshot(), sitting_id),
        count=Headcount(snapshot(), sitting).everybody,
        quorum=standing_now(snapshot(), sitting),
        **hall_code(sitting_id),
    )


@desk_pages.post("/sedute/<int:sitting_id>/banco/<int:person_id>/entra", endpoint="check_in")
@limiter.limit(WRITING)
@auth.sign_in_required
def check_in_button(sitting_id: int, person_id: int) -> ResponseReturnValue:
    """Check somebody in."""
    email = request.form.get("email", "")
    command = partial(check_in, email=email)
    return _run(command, sitting_id, _("They are in the sitting."), person_id=person_id)


@desk_pages.post("/sedute/<int:sitting_id>/banco/<int:person_id>/esce", endpoint="check_out")
@limiter.limit(WRITING)
@auth.sign_in_required
def check_out_button(sitting_id: int, person_id: int) -> ResponseReturnValue:
    """Check somebody out."""
    return _run(check_out, sitting_id, _("They have left the sitting."), person_id=person_id)


@desk_pages.post("/sedute/<int:sitting_id>/banco/<int:person_id>/mano")
@limiter.limit(WRITING)
@auth.sign_in_required
def raise_button(sitting_id: int, person_id: int) -> ResponseReturnValue:
    """Raise the hand of somebody in the hall."""
    return _run(raise_hand_for, sitting_id, _("They ask for the floor."), person_id=person_id)


@desk_pages.post("/sedute/<int:sitting_id>/banco/mani/<int:hand_id>/ritira")
@limiter.limit(WRITING)
@auth.sign_in_required
def withdraw_button(sitting_id: int, hand_id: int) -> ResponseReturnValue:
    """Withdraw the hand of somebody in the hall."""
    command = partial(withdraw_hand_for, hand_id=hand_id)
    done = _("They no longer ask for the floor.")
    return act(command, done=done, to=url_for("desk.show", sitting_id=sitting_id, _anchor="hall"))


def _run(
    command: Callable[..., Any], sitting_id: int, done: str, **fields: int
) -> ResponseReturnValue:
    bound = partial(command, sitting_id=sitting_id, **fields)
    return act(bound, done=done, to=url_for("desk.show", sitting_id=sitting_id, _anchor="hall"))
