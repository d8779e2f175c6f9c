"""The page on which a sitting is convened."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.permissions import Permission, require
from consultazione.sittings import labels
from consultazione.sittings.blueprint import pages
from consultazione.sittings.lifecycle.commands.convening import convene_sitting
from consultazione.sittings.lifecycle.schemas import ConveneForm
from consultazione.sittings.queries import offered_proposals
from consultazione.sittings.quorums.base import QuorumTerms
from consultazione.sittings.quorums.schemas import form_values, quorum_lists
from consultazione.tables.queries import table_by_slug
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.forms import Form
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter


@pages.route(f"{IN_CYCLE}/tavoli/<slug>/sedute/nuova", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def convene(slug: str) -> ResponseReturnValue:
    """Show the form that convenes a sitting of a table, and run it."""
    table = table_by_slug(snapshot(), current_cycle().id, slug)
    require(actor(), Permission.CONVENE_SITTING, zone_id=table.zone_id, table_id=table.id)
    form = Form(ConveneForm(), _first_draft())
    sitting = form.perform(partial(convene_sitting, table_id=table.id))
    if sitting:
        flash(_("The sitting is convened."), "success")
        return redirect(url_for("sittings.show", sitting_id=sitting.id))
    page = render_template(
        "sittings/convene.html",
        table=table,
        form=form,
        **offered_proposals(
            snapshot(),
            table,
            words=request.args.get("proposta", ""),
            chosen=request.form.getlist("proposals"),
        ),
        **quorum_lists(),
    )
    return page, form.status


def _first_draft() -> Mapping[str, object]:
    """Return the initial values of the form."""
    return {"agenda": f"{labels.FIRST_POINT}\n{labels.LAST_POINT}", **form_values(QuorumTerms())}
