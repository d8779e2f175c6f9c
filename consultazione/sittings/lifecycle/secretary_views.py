"""The page on which it is said who writes the minutes of a sitting."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.permissions import Permission, require
from consultazione.sittings.blueprint import pages
from consultazione.sittings.lifecycle.commands.secretary import name_secretary
from consultazione.sittings.lifecycle.schemas import SecretarySchema
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.secretaries import secretaries
from consultazione.web import auth
from consultazione.web.forms import Form
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter


@pages.route("/sedute/<int:sitting_id>/verbalizzante", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def secretary(sitting_id: int) -> ResponseReturnValue:
    """Choose who writes the minutes, or that nobody is named."""
    sitting = get_sitting(snapshot(), sitting_id)
    table = sitting.table
    require(actor(), Permission.NAME_SECRETARY, zone_id=table.zone_id, table_id=table.id)
    form = Form(SecretarySchema(), {"person_id": str(sitting.secretary_id or "")})
    if form.perform(partial(name_secretary, sitting_id=sitting_id)):
        flash(_("It is said who writes the minutes."), "success")
        return redirect(url_for("sittings.show", sitting_id=sitting_id), 303)
    offered = [(str(number), name) for number, name in secretaries(snapshot(), sitting)]
    page = render_template("sittings/secretary.html", form=form, sitting=sitting, offered=offered)
    return page, form.status
