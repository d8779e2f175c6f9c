"""Pages that correct a point of an agenda, and take one off."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.errors import NotFound
from consultazione.core.permissions import Permission, require
from consultazione.sittings.agenda.commands.points import correct_point, remove_point
from consultazione.sittings.agenda.queries import point_versions
from consultazione.sittings.agenda.schemas import CorrectPointSchema, RemovePointSchema
from consultazione.sittings.blueprint import pages
from consultazione.sittings.models import AgendaPoint, Sitting
from consultazione.sittings.queries import get_sitting
from consultazione.web import auth
from consultazione.web.forms import Form
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter


@pages.route("/punti/<int:point_id>/correggi", methods=["GET", "POST"], endpoint="correct_point")
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def correct(point_id: int) -> ResponseReturnValue:
    """Correct a point that is still to come."""
    point, sitting = _of_reader(point_id, Permission.CORRECT_POINT)
    before = point_versions(snapshot(), point_id)
    said = {"title": point.title, "minutes_planned": point.minutes_planned or ""}
    form = Form(CorrectPointSchema(), {**said, "version": len(before)})
    if form.perform(partial(correct_point, point_id=point_id)):
        return _changed(sitting, _("The point is corrected."))
    page = render_template(
        "sittings/correct_point.html", form=form, sitting=sitting, point=point, before=before
    )
    return page, form.status


@pages.route("/punti/<int:point_id>/togli", methods=["GET", "POST"], endpoint="remove_point")
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def remove(point_id: int) -> ResponseReturnValue:
    """Take a point that is still to come off the agenda."""
    point, sitting = _of_reader(point_id, Permission.REMOVE_POINT)
    form = Form(RemovePointSchema())
    if form.perform(partial(remove_point, point_id=point_id)):
        return _changed(sitting, _("The point is off the agenda."))
    page = render_template("sittings/remove_point.html", form=form, sitting=sitting, point=point)
    return page, form.status


def _of_reader(point_id: int, permission: Permission) -> tuple[AgendaPoint, Sitting]:
    point = snapshot().get(AgendaPoint, point_id)
    if point is None:
        raise NotFound(_("There is no such point on the agenda."))
    sitting = get_sitting(snapshot(), point.sitting_id)
    table = sitting.table
    require(actor(), permission, zone_id=table.zone_id, table_id=table.id)
    return point, sitting


def _changed(sitting: Sitting, sentence: str) -> ResponseReturnValue:
    flash(sentence, "success")
    return redirect(url_for("sittings.show", sitting_id=sitting.id, _anchor="agenda"), 303)
