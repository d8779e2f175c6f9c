"""The page on which the quorum of a convened sitting is changed."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.permissions import Permission, require
from consultazione.sittings.blueprint import quorum_pages
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.quorums.base import quorum_terms
from consultazione.sittings.quorums.commands import set_quorum
from consultazione.sittings.quorums.schemas import QuorumFields, form_values, quorum_lists
from consultazione.web import auth
from consultazione.web.forms import Form
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter


@quorum_pages.route("/sedute/<int:sitting_id>/numero-legale", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def edit(sitting_id: int) -> ResponseReturnValue:
    """How many must be there for the sitting to decide."""
    sitting = get_sitting(snapshot(), sitting_id)
    table = sitting.table
    require(actor(), Permission.SET_QUORUM, zone_id=table.zone_id, table_id=table.id)
    form = Form(QuorumFields(), form_values(quorum_terms(sitting.quorum)))
    if form.perform(partial(set_quorum, sitting_id=sitting_id)):
        flash(_("The quorum is set."), "success")
        return redirect(url_for("sittings.show", sitting_id=sitting_id))
    page = render_template("sittings/quorum.html", sitting=sitting, form=form, **quorum_lists())
    return page, form.status
