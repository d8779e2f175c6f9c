"""The page of attendance: the roll, and who was present when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from flask import render_template, request
from marshmallow import ValidationError

from consultazione.minutes.queries import may_read_draft
from consultazione.sittings.attendance.labels import MARKS
from consultazione.sittings.attendance.names import names_shown
from consultazione.sittings.attendance.register import RegisterPage, register_of
from consultazione.sittings.attendance.roll import organisations_of, roll_of
from consultazione.sittings.attendance.schemas import MomentForm
from consultazione.sittings.blueprint import roll_pages
from consultazione.sittings.events import attendance_stream
from consultazione.sittings.models import Sitting
from consultazione.sittings.polls.queries import votes_of
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.quorums.headcount import Headcount, standing_of
from consultazione.sittings.quorums.sentences import standing_sentence
from consultazione.web.last_update import page_follows
from consultazione.web.request_db import actor, snapshot
from consultazione.web.url_converters import asked_id
from consultazione.web.validation_messages import flatten


@roll_pages.get("/sedute/<int:sitting_id>/presenze")
def show(sitting_id: int) -> str:
    """Show the roll and the register, with the names that `names_shown` shows the reader.

    Long lists come page by page: `dopo` in the query string is where the register goes on, `poi`
    where the list of those who were there at a moment or a vote does.
    """
    sitting = get_sitting(snapshot(), sitting_id)
    page_follows(attendance_stream(sitting_id))
    insider = may_read_draft(snapshot(), sitting, actor())
    votes = votes_of(snapshot(), sitting_id)
    vote = next((vote for vote in votes if vote.poll.id == asked_id("voto")), None)
    return render_template(
        "sittings/roll.html",
        sitting=sitting,
        roll=roll_of(snapshot(), sitting),
        shown=partial(names_shown, snapshot(), sitting, to_insider=insider),
        register=register_of(snapshot(), sitting_id, after=asked_id("dopo") or 0),
        votes=votes,
        vote=vote,
        voters=_there(sitting, vote.poll.opened_at, vote.poll.closed_at) if vote else None,
        named=insider,
        speaks_for=organisations_of(snapshot(), sitting, actor().person_id),
        marks=MARKS,
        standing=standing_sentence,
        **_at_moment(sitting),
    )


def _at_moment(sitting: Sitting) -> Mapping[str, object]:
    """Return who was present at the moment that the query string names, if it does."""
    typed = request.args.get("momento", "")
    if not typed:
        return {"typed": "", "wrong": [], "moment": None}
    try:
        moment = MomentForm().load({"momento": typed})["momento"]
    except ValidationError as error:
        return {"typed": typed, "wrong": flatten(error.messages)["momento"], "moment": None}
    hall = Headcount(snapshot(), sitting, moment)
    return {
        "typed": typed,
        "wrong": [],
        "moment": moment,
        "then": _there(sitting, moment, moment),
        "then_standing": standing_of(snapshot(), sitting, hall),
    }


def _there(sitting: Sitting, since: datetime, until: datetime | None) -> RegisterPage:
    """Return a page of those who were there at any time of an interval."""
    after = asked_id("poi") or 0
    return register_of(snapshot(), sitting.id, during=(since, until), after=after)
