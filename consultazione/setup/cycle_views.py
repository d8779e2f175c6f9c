"""The page on which the next cycle is opened as a copy of this one."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.permissions import Permission
from consultazione.setup.blueprint import pages
from consultazione.setup.commands.cycles import CyclePart, copy_cycle
from consultazione.setup.labels import CYCLE_PARTS
from consultazione.setup.schemas import CopyCycleSchema
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.forms import Form
from consultazione.web.request_db import snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.zones.queries import priorities


@pages.route(f"{IN_CYCLE}/impostazioni/nuovo-ciclo", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.COPY_CYCLE)
def next_cycle() -> ResponseReturnValue:
    """Open the next cycle with what is chosen of this one."""
    cycle = current_cycle()
    span = cycle.last_year - cycle.first_year
    offered = priorities(snapshot(), cycle.id)
    form = Form(
        CopyCycleSchema(),
        {
            "first_year": cycle.last_year + 1,
            "last_year": cycle.last_year + 1 + span,
            "parts": [part.value for part in CyclePart],
            "priority_ids": [],
        },
    )
    if form.perform(partial(copy_cycle, cycle_id=cycle.id)):
        flash(_("The cycle is open: the pages now show it."), "success")
        return redirect(url_for("home.current"))
    page = render_template(
        "setup/next_cycle.html",
        form=form,
        parts=[(part.value, label) for part, label in CYCLE_PARTS.items()],
        priorities=[(row.id, row.title) for row in offered],
    )
    return page, form.status
