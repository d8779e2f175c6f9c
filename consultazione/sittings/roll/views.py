"""The page of attendance: who was expected, and who was there when."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from marshmallow import ValidationError

from consultazione.minutes.queries import may_read_draft
from consultazione.sittings import labels
from consultazione.sittings.models import Sitting
from consultazione.sittings.queries import Attended, get_sitting, register_of
from consultazione.sittings.quorums.hall import CountedHall, standing_of
from consultazione.sittings.quorums.words import standing_words
from consultazione.sittings.roll.history import present_at, votes_of
from consultazione.sittings.roll.queries import roll_of
from consultazione.sittings.roll.schemas import MomentForm
from consultazione.web.addresses import asked_id
from consultazione.web.messages import flatten
from consultazione.web.unit import actor, snapshot

blueprint = Blueprint("roll", __name__)


@blueprint.get("/sedute/<int:sitting_id>/presenze")
def show(sitting_id: int) -> str:
    """Who was expected and who was there, and when; by name for those who may know."""
    sitting = get_sitting(snapshot(), sitting_id)
    register = register_of(snapshot(), sitting_id)
    return render_template(
        "sittings/roll.html",
        sitting=sitting,
        roll=roll_of(snapshot(), sitting),
        register=register,
        votes=(votes := votes_of(snapshot(), sitting_id, register)),
        vote=next((one for one in votes if one.poll.id == asked_id("voto")), None),
        named=may_read_draft(snapshot(), sitting, actor()),
        marks=labels.MARKS,
        standing=standing_words,
        **_at_moment(sitting, register),
    )


def _at_moment(sitting: Sitting, register: list[Attended]) -> dict[str, Any]:
    """Who was there at the moment that the address names, if it names one."""
    typed = request.args.get("momento", "")
    if not typed:
        return {"typed": "", "wrong": [], "moment": None}
    try:
        moment = MomentForm().load({"momento": typed})["momento"]
    except ValidationError as error:
        return {"typed": typed, "wrong": flatten(error.messages)["momento"], "moment": None}
    hall = CountedHall(snapshot(), sitting, moment)
    return {
        "typed": typed,
        "wrong": [],
        "moment": moment,
        "then": present_at(register, moment),
        "then_standing": standing_of(snapshot(), sitting, hall),
    }
