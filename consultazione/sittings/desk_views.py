"""The page of the desk: who presides enters people who are in the hall, and sees them off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core import clock
from consultazione.core.errors import Refusal
from consultazione.people.permissions import require
from consultazione.sittings import labels
from consultazione.sittings.commands import check_in, check_out
from consultazione.sittings.desk import LEAST_LETTERS, found_people
from consultazione.sittings.queries import get_sitting, register_of
from consultazione.sittings.roll.queries import roll_of
from consultazione.web import auth
from consultazione.web.security import WRITING, limiter
from consultazione.web.unit import actor, snapshot, transaction

blueprint = Blueprint("desk", __name__)


@blueprint.get("/sedute/<int:sitting_id>/banco")
@auth.sign_in_required
def show(sitting_id: int) -> str:
    """Who is in the sitting, and a search for those who have just come in."""
    sitting = get_sitting(snapshot(), sitting_id)
    zone_id = sitting.table.zone_id
    require(actor(), "check_in", zone_id=zone_id, table_id=sitting.table_id)
    words = request.args.get("cerca", "").strip()
    return render_template(
        "sittings/desk.html",
        sitting=sitting,
        words=words,
        least=LEAST_LETTERS,
        found=found_people(snapshot(), words, zone_id=zone_id, on=clock.today()),
        roll=roll_of(snapshot(), sitting),
        named=True,
        marks=labels.MARKS,
        present=[one for one in register_of(snapshot(), sitting_id) if one.until is None],
    )


@blueprint.post("/sedute/<int:sitting_id>/banco/<int:person_id>/entra", endpoint="check_in")
@limiter.limit(WRITING)
@auth.sign_in_required
def check_in_button(sitting_id: int, person_id: int) -> ResponseReturnValue:
    """Let somebody in."""
    return _do(check_in, sitting_id, person_id, _("They are in the sitting."))


@blueprint.post("/sedute/<int:sitting_id>/banco/<int:person_id>/esce", endpoint="check_out")
@limiter.limit(WRITING)
@auth.sign_in_required
def check_out_button(sitting_id: int, person_id: int) -> ResponseReturnValue:
    """See somebody off."""
    return _do(check_out, sitting_id, person_id, _("They have left the sitting."))


def _do(
    command: Callable[..., Any], sitting_id: int, person_id: int, said: str
) -> ResponseReturnValue:
    try:
        with transaction() as tx:
            command(tx, sitting_id=sitting_id, person_id=person_id)
        flash(said, "success")
    except Refusal as refusal:
        flash(str(refusal.detail), "danger")
    return redirect(url_for("desk.show", sitting_id=sitting_id), 303)
