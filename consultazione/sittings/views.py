"""Pages of sittings: the list, and one sitting."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core import clock
from consultazione.core.permissions import Permission, may
from consultazione.minutes.events import minutes_stream
from consultazione.minutes.models import Minutes, MinutesState
from consultazione.minutes.queries import may_read, may_read_draft, minutes_of
from consultazione.people.labels import CATEGORY_NAMES
from consultazione.sharing.queries import scenarios_by_point
from consultazione.sittings import labels
from consultazione.sittings.agenda.commands.points import add_point
from consultazione.sittings.agenda.queries import attachable_materials, materials_by_point
from consultazione.sittings.agenda.schemas import PointSchema
from consultazione.sittings.attendance.labels import MARKS
from consultazione.sittings.attendance.names import names_shown
from consultazione.sittings.attendance.register import register_of
from consultazione.sittings.attendance.roll import organisations_of
from consultazione.sittings.blueprint import pages
from consultazione.sittings.chat.queries import chat_is_kept
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.lifecycle.views import tables_of_reader
from consultazione.sittings.models import Sitting, SittingState
from consultazione.sittings.places.events import places_stream
from consultazione.sittings.places.queries import places_of_reader, takes_registrations
from consultazione.sittings.polls.page_words import poll_words
from consultazione.sittings.polls.snapshot import poll_snapshots
from consultazione.sittings.queries import (
    cancelled_sittings,
    coming_sittings,
    get_sitting,
    not_held,
    offered_proposals,
    past_sittings,
    second_of,
)
from consultazione.sittings.quorums.sentences import quorum_of
from consultazione.sittings.rehearsals import rehearsal_of
from consultazione.sittings.secretaries import may_write
from consultazione.surveys.kinds import KINDS as QUESTION_KINDS
from consultazione.surveys.queries import surveys_before
from consultazione.tables.queries import sitting_materials
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.forms import Form
from consultazione.web.last_update import page_follows
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.web.url_converters import asked_id

_SITTINGS_A_PAGE = 20


@pages.get(f"{IN_CYCLE}/sedute")
def index() -> str:
    """The sittings: in progress and convened, then the concluded ones."""
    cycle, before = current_cycle(), asked_id("prima")
    past = past_sittings(snapshot(), cycle.id, before=before, limit=_SITTINGS_A_PAGE + 1)
    shown = past[:_SITTINGS_A_PAGE]
    coming = coming_sittings(snapshot(), cycle.id) if before is None else []
    missed = not_held(snapshot(), cycle.id) if before is None else []
    cancelled = cancelled_sittings(snapshot(), cycle.id) if before is None else []
    page_follows(
        *(sitting_stream(sitting.id) for sitting in (*coming, *missed, *cancelled, *shown))
    )
    return render_template(
        "sittings/index.html",
        coming=coming,
        missed=missed,
        cancelled=cancelled,
        may_convene=bool(tables_of_reader()),
        past=shown,
        next_before=shown[-1].id if len(past) > len(shown) else None,
        **_labels(),
    )


@pages.get("/sedute/<int:sitting_id>")
def show(sitting_id: int) -> ResponseReturnValue:
    """One sitting: agenda, materials, attendance, votes, and the ways on from it."""
    return _sitting_page(sitting_id, Form(PointSchema()))


@pages.post("/sedute/<int:sitting_id>/punti", endpoint="add_point")
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


def _sitting_page(sitting_id: int, form: Form) -> ResponseReturnValue:
    session = snapshot()
    sitting = get_sitting(session, sitting_id)
    page_follows(sitting_stream(sitting_id), places_stream(sitting_id), minutes_stream(sitting_id))
    minutes = minutes_of(session, sitting_id)
    insider = may_read_draft(session, sitting, actor())
    speaks_for = organisations_of(session, sitting, actor().person_id)
    page = render_template(
        "sittings/show.html",
        sitting=sitting,
        form=form,
        materials=sitting_materials(session, sitting_id),
        polls=poll_snapshots(session, sitting_id),
        rehearsal=rehearsal_of(session, sitting_id),
        missed=sitting.was_not_held(clock.today()),
        second=second_of(session, sitting_id),
        has_chat=chat_is_kept(session, sitting_id),
        reopens=_reopens(sitting, minutes),
        register=register_of(session, sitting_id),
        shown=partial(names_shown, session, sitting, to_insider=insider),
        quorum=quorum_of(sitting),
        marks=MARKS,
        named=False,
        writes=may_write(actor(), Permission.WRITE_GIST, sitting),
        speaks_for=speaks_for,
        minutes=minutes if minutes and may_read(session, minutes, actor()) else None,
        hall=places_of_reader(session, sitting, actor().person_id, speaks_for),
        registers=takes_registrations(sitting),
        **_offered(sitting),
        papers=materials_by_point(session, sitting_id),
        whatifs=scenarios_by_point(session, sitting_id),
        surveys=surveys_before(session, sitting_id),
        survey_kinds=QUESTION_KINDS,
        category_names=CATEGORY_NAMES,
        may_try=_may_try(sitting),
        attaching=_attachable(sitting),
        **_labels(),
    )
    return page, form.status


def _offered(sitting: Sitting) -> Mapping[str, object]:
    """The proposals for one more point, read only for those who may add one."""
    table = sitting.table
    allowed = may(actor(), Permission.ADD_POINT, zone_id=table.zone_id, table_id=table.id)
    if sitting.state is not SittingState.CONVENED or not allowed:
        return {"proposals": []}
    return offered_proposals(
        snapshot(),
        table,
        words=request.args.get("proposta", ""),
        chosen=request.form.getlist("proposal_id"),
    )


def _reopens(sitting: Sitting, minutes: Minutes | None) -> bool:
    """True on the day of the closing, until the minutes are approved."""
    if sitting.closed_at is None or sitting.rehearses is not None:
        return False
    is_draft = minutes is None or minutes.state is MinutesState.DRAFT
    return is_draft and clock.in_rome(sitting.closed_at).date() == clock.today()


def _may_try(sitting: Sitting) -> bool:
    """True for those who may put what-ifs of how spending is shared beside the points."""
    table = sitting.table
    allowed = may(actor(), Permission.STORE_SCENARIO, zone_id=table.zone_id, table_id=table.id)
    return allowed and not sitting.is_over and sitting.rehearses is None


def _attachable(sitting: Sitting) -> list[tuple[int, str]]:
    """Id and title of the documents that the reader may attach to points; empty for most."""
    table = sitting.table
    allowed = may(actor(), Permission.ARRANGE_PAPERS, zone_id=table.zone_id, table_id=table.id)
    if sitting.is_over or not allowed:
        return []
    return attachable_materials(snapshot(), table.id, sitting.rehearses or sitting.id)


def _labels() -> Mapping[str, object]:
    """The labels and functions that the templates use."""
    return {
        "state_of": labels.state_of,
        "point_states": labels.POINT_STATES,
        **poll_words(snapshot()),
    }
