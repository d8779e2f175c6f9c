"""Pages of sittings: the list, one sitting, its chronicle, and convening."""

from __future__ import annotations

from datetime import date
from functools import partial
from itertools import groupby
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core import clock
from consultazione.minutes.queries import may_read, minutes_of
from consultazione.people.permissions import may, require
from consultazione.sittings import labels
from consultazione.sittings.chronicle import chronicle_lines
from consultazione.sittings.commands import add_point, convene_sitting
from consultazione.sittings.models import Sitting, SittingState
from consultazione.sittings.papers.queries import attachable, papers_of
from consultazione.sittings.polling.shown import polls_shown
from consultazione.sittings.polling.words import counts_of, grounds_of
from consultazione.sittings.queries import (
    coming_sittings,
    discussable_proposals,
    get_sitting,
    past_sittings,
    register_of,
    rehearsal_of,
)
from consultazione.sittings.quorums.base import QuorumTerms
from consultazione.sittings.quorums.schemas import as_typed, quorum_lists
from consultazione.sittings.quorums.words import quorum_of
from consultazione.sittings.roll.queries import organisations_of
from consultazione.sittings.room import room_snapshot
from consultazione.sittings.schemas import ConveneForm, PointSchema
from consultazione.tables.queries import sitting_materials, table_by_slug
from consultazione.web import auth
from consultazione.web.addresses import asked_id
from consultazione.web.chrome import current_zone
from consultazione.web.forms import Form
from consultazione.web.security import WRITING, limiter
from consultazione.web.unit import actor, renew_snapshot, snapshot

blueprint = Blueprint("sittings", __name__)

_SITTINGS_A_PAGE = 20


@blueprint.get("/sedute")
def index() -> str:
    """The sittings: in progress and convened, then the concluded ones."""
    zone, before = current_zone(), asked_id("prima")
    past = past_sittings(snapshot(), zone.id, before=before, limit=_SITTINGS_A_PAGE + 1)
    shown = past[:_SITTINGS_A_PAGE]
    return render_template(
        "sittings/index.html",
        coming=coming_sittings(snapshot(), zone.id) if before is None else [],
        past=shown,
        next_before=shown[-1].id if len(past) > len(shown) else None,
        **_names(),
    )


@blueprint.get("/sedute/<int:sitting_id>")
def show(sitting_id: int) -> ResponseReturnValue:
    """One sitting: agenda, materials, attendance, votes, and the ways on from it."""
    return _sitting_page(sitting_id, Form(PointSchema()))


@blueprint.post("/sedute/<int:sitting_id>/punti", endpoint="add_point")
@limiter.limit(WRITING)
@auth.sign_in_required
def add_point_form(sitting_id: int) -> ResponseReturnValue:
    """Put one more point on the agenda."""
    form = Form(PointSchema())
    if form.perform(partial(add_point, sitting_id=sitting_id)):
        flash(_("The point is on the agenda."), "success")
        return redirect(url_for("sittings.show", sitting_id=sitting_id))
    renew_snapshot()
    return _sitting_page(sitting_id, form)


@blueprint.get("/sedute/<int:sitting_id>/cronaca")
def chronicle(sitting_id: int) -> str:
    """What happened in a sitting, entry by entry; minutes and plan link to each of them."""
    room = room_snapshot(snapshot(), sitting_id)
    return render_template(
        "sittings/chronicle.html",
        sitting=get_sitting(snapshot(), sitting_id),
        days=_by_day(list(reversed(chronicle_lines(room)))),
    )


@blueprint.route("/tavoli/<slug>/sedute/nuova", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def convene(slug: str) -> ResponseReturnValue:
    """Convene a sitting of a table."""
    table = table_by_slug(snapshot(), current_zone().id, slug)
    require(actor(), "convene_sitting", zone_id=table.zone_id, table_id=table.id)
    form = Form(ConveneForm(), _first_draft())
    sitting = form.perform(partial(convene_sitting, table_id=table.id))
    if sitting:
        flash(_("The sitting is convened."), "success")
        return redirect(url_for("sittings.show", sitting_id=sitting.id))
    page = render_template(
        "sittings/convene.html",
        table=table,
        form=form,
        proposals=_proposals(table.id),
        **quorum_lists(),
    )
    return page, form.status


def _first_draft() -> dict[str, Any]:
    """What the form of a new sitting begins with."""
    return {"agenda": f"{labels.FIRST_POINT}\n{labels.LAST_POINT}", **as_typed(QuorumTerms())}


def _sitting_page(sitting_id: int, form: Form) -> ResponseReturnValue:
    session = snapshot()
    sitting = get_sitting(session, sitting_id)
    minutes = minutes_of(session, sitting_id)
    page = render_template(
        "sittings/show.html",
        sitting=sitting,
        form=form,
        materials=sitting_materials(session, sitting_id),
        polls=polls_shown(session, sitting_id),
        rehearsal=rehearsal_of(session, sitting_id),
        register=register_of(session, sitting_id),
        quorum=quorum_of(sitting),
        marks=labels.MARKS,
        named=False,
        speaks_for=organisations_of(session, sitting, actor().person_id),
        minutes=minutes if minutes and may_read(session, minutes, actor()) else None,
        proposals=_proposals(sitting.table_id),
        papers=papers_of(session, sitting_id),
        attaching=_attaching(sitting),
        **_names(),
    )
    return page, form.status


def _attaching(sitting: Sitting) -> list[tuple[int, str]]:
    """The documents that the reader may put beside points of a sitting; none for most."""
    table = sitting.table
    allowed = may(actor(), "attach_material", zone_id=table.zone_id, table_id=table.id)
    if sitting.state is SittingState.CLOSED or not allowed:
        return []
    return attachable(snapshot(), table.id, sitting.rehearses or sitting.id)


def _by_day(lines: list[dict[str, Any]]) -> list[tuple[date, list[dict[str, Any]]]]:
    """Lines of a chronicle under the days on which they happened."""
    days = groupby(lines, key=lambda line: clock.in_rome(line["at"]).date())
    return [(day, list(found)) for day, found in days]


def _proposals(table_id: int) -> list[tuple[int, str]]:
    """The proposals that can be put on a table's agenda, as options of a form."""
    return [(p.id, p.title) for p in discussable_proposals(snapshot(), table_id)]


def _names() -> dict[str, Any]:
    """The closed lists that the pages name."""
    return {
        "states": labels.SITTING_STATES,
        "tones": labels.SITTING_TONES,
        "point_states": labels.POINT_STATES,
        "poll_counts": counts_of,
        "poll_grounds": grounds_of,
    }
