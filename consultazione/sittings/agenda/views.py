"""Buttons that attach materials to the points of an agenda, and detach them."""

from __future__ import annotations

from functools import partial

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import EXCLUDE, ValidationError

from consultazione.core.errors import NotFound
from consultazione.sittings.agenda.commands.papers import attach_material, detach_material
from consultazione.sittings.agenda.schemas import BesideSchema
from consultazione.sittings.blueprint import pages
from consultazione.sittings.models import AgendaPoint
from consultazione.web import auth
from consultazione.web.forms import act
from consultazione.web.request_db import snapshot
from consultazione.web.security import WRITING, limiter


@pages.post("/sedute/<int:sitting_id>/documenti", endpoint="attach_material")
@limiter.limit(WRITING)
@auth.sign_in_required
def attach_button(sitting_id: int) -> ResponseReturnValue:
    """Attach a document of the table to a point."""
    to = _agenda_of(sitting_id)
    try:
        values = BesideSchema().load(request.form.to_dict(), unknown=EXCLUDE)
    except ValidationError:
        return redirect(to)  # the form had nothing to choose from
    return act(partial(attach_material, **values), done=_("The document is on the agenda."), to=to)


@pages.post("/punti/<int:point_id>/documenti/<int:material_id>/togli", endpoint="detach_material")
@limiter.limit(WRITING)
@auth.sign_in_required
def detach_button(point_id: int, material_id: int) -> ResponseReturnValue:
    """Detach a document from a point."""
    point = snapshot().get(AgendaPoint, point_id)
    if point is None:
        raise NotFound(_("There is no such point on the agenda."))
    command = partial(detach_material, point_id=point_id, material_id=material_id)
    return act(command, done=_("The document was taken away."), to=_agenda_of(point.sitting_id))


def _agenda_of(sitting_id: int) -> str:
    return url_for("sittings.show", sitting_id=sitting_id, _anchor="agenda")
