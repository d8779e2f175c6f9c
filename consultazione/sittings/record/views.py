"""The page of a table's commitments, and the button that marks one as done."""

from __future__ import annotations

from functools import partial

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core import clock
from consultazione.sittings.blueprint import pages
from consultazione.sittings.record.commands.commitments import complete_commitment
from consultazione.sittings.record.commitments import (
    get_commitment,
    may_complete,
    table_commitments,
)
from consultazione.sittings.record.models import CommitmentState
from consultazione.tables.queries import table_by_slug
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.forms import act
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter


@pages.get(f"{IN_CYCLE}/tavoli/<slug>/impegni", endpoint="commitments")
def commitments_page(slug: str) -> str:
    """Show the commitments of a table and their states."""
    table = table_by_slug(snapshot(), current_cycle().id, slug)
    commitments, today = table_commitments(snapshot(), table.id), clock.today()
    return render_template(
        "sittings/commitments.html",
        table=table,
        commitments=commitments,
        today=today,
        completable={
            commitment.id
            for commitment in commitments
            if commitment.state is CommitmentState.OPEN
            and may_complete(snapshot(), actor(), commitment, at=clock.now())
        },
    )


@pages.post("/impegni/<int:commitment_id>/mantenuto", endpoint="complete_commitment")
@limiter.limit(WRITING)
@auth.sign_in_required
def complete_button(commitment_id: int) -> ResponseReturnValue:
    """Mark a commitment as done."""
    table = get_commitment(snapshot(), commitment_id).sitting.table
    command = partial(complete_commitment, commitment_id=commitment_id)
    to = url_for("sittings.commitments", slug=table.slug)
    return act(command, done=_("The commitment is marked as done."), to=to)
