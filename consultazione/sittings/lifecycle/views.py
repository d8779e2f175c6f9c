"""The pages on which a sitting is convened: the choice of the table, and the form."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.errors import NotAllowed
from consultazione.core.permissions import Permission, may, require
from consultazione.sittings.agenda.queries import attachable_materials
from consultazione.sittings.blueprint import pages
from consultazione.sittings.lifecycle.commands.convening import convene_sitting
from consultazione.sittings.lifecycle.draft_views import first_draft
from consultazione.sittings.lifecycle.schemas import ConveneForm
from consultazione.sittings.models import Sitting
from consultazione.sittings.queries import get_sitting, offered_proposals, table_sittings
from consultazione.sittings.quorums.schemas import quorum_lists
from consultazione.tables.models import ThematicTable
from consultazione.tables.queries import table_by_slug, tables
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.forms import Form
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.web.url_converters import asked_id

_EARLIER_OFFERED = 20


@pages.get(f"{IN_CYCLE}/sedute/nuova", endpoint="choose_table")
@auth.sign_in_required
def choose_table() -> ResponseReturnValue:
    """Choose the table whose sitting is convened; leads on where there is one alone."""
    own = tables_of_reader()
    if not own:
        raise NotAllowed(_("Only who runs a table convenes its sittings."))
    if len(own) == 1:
        return redirect(url_for("sittings.convene", slug=own[0].slug))
    return render_template("sittings/choose_table.html", tables=own)


def tables_of_reader() -> list[ThematicTable]:
    """The tables of the cycle whose sittings the reader may convene."""
    return [
        table
        for table in tables(snapshot(), current_cycle().id)
        if may(actor(), Permission.CONVENE_SITTING, zone_id=table.zone_id, table_id=table.id)
    ]


@pages.route(f"{IN_CYCLE}/tavoli/<slug>/sedute/nuova", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def convene(slug: str) -> ResponseReturnValue:
    """Show the form that convenes a sitting of a table, and run it.

    `da` in the query string is an earlier sitting of the table that is repeated, `seconda` one
    whose second convocation this is.
    """
    table = table_by_slug(snapshot(), current_cycle().id, slug)
    require(actor(), Permission.CONVENE_SITTING, zone_id=table.zone_id, table_id=table.id)
    first = _asked_for("seconda", table)
    form = Form(ConveneForm(), first_draft(snapshot(), table, first or _asked_for("da", table)))
    sitting = form.perform(
        partial(convene_sitting, table_id=table.id, second_of=first.id if first else None)
    )
    if sitting:
        flash(_("The sitting is convened."), "success")
        return redirect(url_for("sittings.show", sitting_id=sitting.id))
    page = render_template("sittings/convene.html", form=form, first=first, **_choices(table, form))
    return page, form.status


def _asked_for(name: str, table: ThematicTable) -> Sitting | None:
    """The sitting of the table that the query string names."""
    sitting_id = asked_id(name)
    sitting = get_sitting(snapshot(), sitting_id) if sitting_id else None
    return sitting if sitting and sitting.table_id == table.id else None


def _choices(table: ThematicTable, form: Form) -> Mapping[str, object]:
    """The closed lists of the form, and its rows for points."""
    return {
        "table": table,
        "rows": range(len(form.values.get("point_title", []))),
        "documents": attachable_materials(snapshot(), table.id, 0),
        "earlier": table_sittings(snapshot(), table.id, limit=_EARLIER_OFFERED),
        **offered_proposals(
            snapshot(),
            table,
            words=request.args.get("proposta", ""),
            chosen=request.form.getlist("proposals"),
        ),
        **quorum_lists(),
    }
