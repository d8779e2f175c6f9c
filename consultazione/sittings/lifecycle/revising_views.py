"""Pages that correct, postpone and cancel a sitting, and what its convocation said before."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import pairwise

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.clock import in_rome
from consultazione.core.permissions import Permission, require
from consultazione.sittings import labels
from consultazione.sittings.blueprint import pages
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.lifecycle.commands.revising import (
    cancel_sitting,
    correct_sitting,
    postpone_sitting,
)
from consultazione.sittings.lifecycle.schemas import CancelSchema, CorrectForm, PostponeForm
from consultazione.sittings.models import Sitting
from consultazione.sittings.queries import get_sitting, versions_of
from consultazione.sittings.quorums.base import quorum_terms
from consultazione.sittings.quorums.schemas import form_values, quorum_lists
from consultazione.sittings.quorums.sentences import quorum_of, terms_sentence
from consultazione.web import auth
from consultazione.web.forms import Form
from consultazione.web.last_update import page_follows
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter

_PAGE = "/sedute/<int:sitting_id>"


@pages.route(f"{_PAGE}/correggi", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def correct(sitting_id: int) -> ResponseReturnValue:
    """Correct what the convocation says."""
    sitting = _of_reader(sitting_id, Permission.CORRECT_SITTING)
    quorum = form_values(quorum_terms(sitting.quorum))
    said = {"title": sitting.title, "places": sitting.places or "", **quorum}
    read = {**_when_and_where(sitting), **said}
    form = Form(CorrectForm(), read, shown={"quorum": terms_sentence})
    if form.perform(partial(correct_sitting, sitting_id=sitting_id)):
        return _changed(sitting_id, _("The convocation is corrected; calendars will show it."))
    page = render_template("sittings/correct.html", form=form, sitting=sitting, **quorum_lists())
    return page, form.status


@pages.route(f"{_PAGE}/rinvia", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def postpone(sitting_id: int) -> ResponseReturnValue:
    """Postpone the sitting."""
    sitting = _of_reader(sitting_id, Permission.POSTPONE_SITTING)
    form = Form(PostponeForm(), {**_when_and_where(sitting), "starts_at": ""})
    if form.perform(partial(postpone_sitting, sitting_id=sitting_id)):
        return _changed(sitting_id, _("The sitting is postponed; calendars will show it."))
    return render_template("sittings/postpone.html", form=form, sitting=sitting), form.status


@pages.route(f"{_PAGE}/annulla", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def cancel(sitting_id: int) -> ResponseReturnValue:
    """Say that the sitting is not held."""
    sitting = _of_reader(sitting_id, Permission.CANCEL_SITTING)
    form = Form(CancelSchema())
    if form.perform(partial(cancel_sitting, sitting_id=sitting_id)):
        return _changed(sitting_id, _("The sitting is cancelled; calendars will show it."))
    return render_template("sittings/cancel.html", form=form, sitting=sitting), form.status


@pages.get(f"{_PAGE}/versioni")
def versions(sitting_id: int) -> str:
    """What the convocation said before each change, and why it was changed."""
    sitting = get_sitting(snapshot(), sitting_id)
    page_follows(sitting_stream(sitting_id))
    before = versions_of(snapshot(), sitting_id)
    return render_template(
        "sittings/versions.html",
        sitting=sitting,
        # Each version beside the one that has taken its place.
        changes=list(pairwise([*before, sitting])),
        names=labels.CHANGES,
        quorum_of=quorum_of,
    )


def _of_reader(sitting_id: int, permission: Permission) -> Sitting:
    sitting = get_sitting(snapshot(), sitting_id)
    table = sitting.table
    require(actor(), permission, zone_id=table.zone_id, table_id=table.id)
    return sitting


def _when_and_where(sitting: Sitting) -> Mapping[str, object]:
    return {
        "place": sitting.place,
        "starts_at": in_rome(sitting.starts_at).strftime("%Y-%m-%dT%H:%M"),
        "revision": sitting.revision,
    }


def _changed(sitting_id: int, sentence: str) -> ResponseReturnValue:
    flash(sentence, "success")
    return redirect(url_for("sittings.show", sitting_id=sitting_id), 303)
