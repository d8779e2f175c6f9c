"""Pages of minutes: the document, and the facilitator's forms."""

from __future__ import annotations

from functools import partial

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.permissions import Permission, require
from consultazione.minutes.blueprint import pages
from consultazione.minutes.commands.approving import approve_minutes, publish_minutes
from consultazione.minutes.commands.approving_together import approve_by_table, endorse_minutes
from consultazione.minutes.commands.editing import add_conclusion, remove_conclusion
from consultazione.minutes.commands.reopening import reopen_sitting
from consultazione.minutes.events import minutes_stream
from consultazione.minutes.file_views import json_response, odt_response, pdf_response
from consultazione.minutes.labels import MINUTES_STATES, MINUTES_TONES
from consultazione.minutes.page_views import minutes_page, sitting_page
from consultazione.minutes.queries import public_minutes
from consultazione.minutes.schemas import (
    ApprovalSchema,
    ConclusionSchema,
    PublicationSchema,
    TableApprovalSchema,
)
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.schemas import ReasonSchema
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.forms import Form, act
from consultazione.web.last_update import page_follows
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter, reads_much
from consultazione.web.url_converters import asked_id

_A_PAGE = 20


@pages.get(f"{IN_CYCLE}/verbali")
def index() -> str:
    """The cycle's approved minutes, latest first."""
    before = asked_id("prima")
    rows = public_minutes(snapshot(), current_cycle().id, before=before, limit=_A_PAGE + 1)
    shown = rows[:_A_PAGE]
    page_follows(*(minutes_stream(minutes.sitting_id) for minutes in shown))
    more = url_for("minutes.index", prima=shown[-1].id) if len(rows) > _A_PAGE else None
    return render_template(
        "minutes/index.html",
        minutes=shown,
        next_url=more,
        states=MINUTES_STATES,
        tones=MINUTES_TONES,
    )


@pages.get("/verbali/<int:minutes_id>")
@pages.get("/sedute/<int:sitting_id>/verbale")
def show(minutes_id: int = 0, sitting_id: int = 0) -> ResponseReturnValue:
    """Minutes by their id, or by that of a sitting, whose minutes may not be drafted yet."""
    return sitting_page(sitting_id) if sitting_id else minutes_page(minutes_id)


@pages.get("/verbali/<int:minutes_id>.pdf")
@reads_much()
def pdf(minutes_id: int) -> Response:
    """The sealed PDF, or that of a draft for those who may edit it."""
    return pdf_response(snapshot(), minutes_id, actor())


@pages.get("/verbali/<int:minutes_id>.odt")
@reads_much()
def odt(minutes_id: int) -> Response:
    """The minutes as OpenDocument text, to work on."""
    return odt_response(snapshot(), minutes_id, actor())


@pages.get("/verbali/<int:minutes_id>.json")
@reads_much()
def document(minutes_id: int) -> Response:
    """The canonical bytes of the document, which the digest covers."""
    return json_response(snapshot(), minutes_id, actor())


@pages.route("/sedute/<int:sitting_id>/riapri", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def reopen(sitting_id: int) -> ResponseReturnValue:
    """Reopen a sitting that was closed today, as long as its minutes are a draft."""
    sitting = get_sitting(snapshot(), sitting_id)
    table = sitting.table
    require(actor(), Permission.REOPEN_SITTING, zone_id=table.zone_id, table_id=table.id)
    form = Form(ReasonSchema())
    if form.perform(partial(reopen_sitting, sitting_id=sitting_id)):
        flash(_("The sitting is open again."), "success")
        return redirect(url_for("sittings.room", sitting_id=sitting_id), 303)
    return render_template("minutes/reopen.html", form=form, sitting=sitting), form.status


@pages.post("/verbali/<int:minutes_id>/conclusioni", endpoint="add_conclusion")
@limiter.limit(WRITING)
@auth.sign_in_required
def add_conclusion_form(minutes_id: int) -> ResponseReturnValue:
    """Add a conclusion."""
    form = Form(ConclusionSchema())
    if form.perform(partial(add_conclusion, minutes_id=minutes_id)):
        flash(_("The conclusion is in the minutes."), "success")
        return redirect(url_for("minutes.show", minutes_id=minutes_id, _anchor="conclusions"))
    return minutes_page(minutes_id, conclusion_form=form)


@pages.post(
    "/verbali/<int:minutes_id>/conclusioni/<int:conclusion_id>/elimina",
    endpoint="remove_conclusion",
)
@limiter.limit(WRITING)
@auth.sign_in_required
def remove_conclusion_button(minutes_id: int, conclusion_id: int) -> ResponseReturnValue:
    """Remove a conclusion from the draft."""
    command = partial(remove_conclusion, minutes_id=minutes_id, conclusion_id=conclusion_id)
    to = url_for("minutes.show", minutes_id=minutes_id, _anchor="conclusions")
    return act(command, done=_("The conclusion was taken out."), to=to)


@pages.post("/verbali/<int:minutes_id>/approva", endpoint="approve")
@limiter.limit(WRITING)
@auth.sign_in_required
def approve_form(minutes_id: int) -> ResponseReturnValue:
    """Approve the version of the draft that was read."""
    form = Form(ApprovalSchema())
    if form.perform(partial(approve_minutes, minutes_id=minutes_id)):
        flash(_("The minutes are approved: their text is final."), "success")
        return redirect(url_for("minutes.show", minutes_id=minutes_id))
    return minutes_page(minutes_id, approval_form=form)


@pages.post("/verbali/<int:minutes_id>/approva-in-due", endpoint="endorse")
@limiter.limit(WRITING)
@auth.sign_in_required
def endorse_form(minutes_id: int) -> ResponseReturnValue:
    """Approve the version that was read, as one of the two who do it."""
    form = Form(ApprovalSchema())
    if form.perform(partial(endorse_minutes, minutes_id=minutes_id)):
        flash(_("Your approval is recorded."), "success")
        return redirect(url_for("minutes.show", minutes_id=minutes_id))
    return minutes_page(minutes_id, approval_form=form)


@pages.post("/verbali/<int:minutes_id>/approva-al-tavolo", endpoint="approve_by_table")
@limiter.limit(WRITING)
@auth.sign_in_required
def approve_by_table_form(minutes_id: int) -> ResponseReturnValue:
    """Record that the table approved the draft at a later sitting."""
    form = Form(TableApprovalSchema())
    if form.perform(partial(approve_by_table, minutes_id=minutes_id)):
        flash(_("The minutes are approved: their text is final."), "success")
        return redirect(url_for("minutes.show", minutes_id=minutes_id))
    return minutes_page(minutes_id, table_form=form)


@pages.post("/verbali/<int:minutes_id>/pubblica", endpoint="publish")
@limiter.limit(WRITING)
@auth.sign_in_required
def publish_form(minutes_id: int) -> ResponseReturnValue:
    """Publish approved minutes, and say until when the unions can answer their conclusions."""
    form = Form(PublicationSchema())
    if form.perform(partial(publish_minutes, minutes_id=minutes_id)):
        flash(_("The minutes are published."), "success")
        return redirect(url_for("minutes.show", minutes_id=minutes_id))
    return minutes_page(minutes_id, publishing_form=form)
