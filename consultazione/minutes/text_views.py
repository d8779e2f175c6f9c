"""Saving the notes and conclusions of a draft: all that were changed at once, or one by itself."""

from __future__ import annotations

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.errors import NotFound
from consultazione.core.permissions import Permission
from consultazione.core.revisions import revisions_of
from consultazione.minutes.blueprint import pages
from consultazione.minutes.page_views import minutes_page
from consultazione.minutes.queries import readable_minutes
from consultazione.minutes.side_by_side_views import answer_fields, refused_texts, save_texts
from consultazione.people.history import Field, history
from consultazione.sittings.models import Sitting
from consultazione.sittings.secretaries import require_writer
from consultazione.web import auth
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import limiter
from consultazione.zones.queries import chapters

# A draft is saved as it is written: a moment after each pause.
_AS_ONE_WRITES = "120 per minute"


@pages.post("/verbali/<int:minutes_id>/testi", endpoint="save_texts")
@limiter.limit(_AS_ONE_WRITES)
@auth.sign_in_required
def save_texts_form(minutes_id: int) -> ResponseReturnValue:
    """Save the notes and conclusions that were sent and changed.

    To who asks for JSON it says of each piece which version stands now, and what was wrong.
    """
    sitting = readable_minutes(snapshot(), minutes_id, actor()).sitting
    require_editor(sitting)
    at = {"minutes_id": minutes_id, "sitting_id": sitting.id}
    errors = save_texts(at, request.form)
    if request.accept_mimetypes.best == "application/json":
        return _as_json(minutes_id, errors)
    if errors:
        return minutes_page(minutes_id, refused=(request.form, errors))
    flash(_("Notes and conclusions are saved."), "success")
    return redirect(url_for("minutes.show", minutes_id=minutes_id))


def _as_json(minutes_id: int, errors: dict[str, list[str]]) -> ResponseReturnValue:
    minutes = readable_minutes(renew_snapshot(), minutes_id, actor())
    refused = refused_texts(minutes, request.form, errors)
    answer = {**answer_fields(refused, request.form), "version": minutes.version}
    return jsonify(answer), refused.status


@pages.get(
    "/verbali/<int:minutes_id>/conclusioni/<int:conclusion_id>/com-era-prima",
    endpoint="earlier_conclusion",
)
@auth.sign_in_required
def earlier_conclusion_page(minutes_id: int, conclusion_id: int) -> str:
    """What a conclusion of a draft said before, for those who edit the draft."""
    minutes = readable_minutes(snapshot(), minutes_id, actor())
    table = minutes.sitting.table
    require_editor(minutes.sitting)
    found = [one for one in minutes.conclusions if one.id == conclusion_id]
    if not found:
        raise NotFound(_("This conclusion is not in the minutes any more."))
    names = {one.id: f"{one.number}. {one.title}" for one in chapters(snapshot(), table.cycle_id)}
    fields = {
        "chapter_id": Field(_("Chapter of the plan"), lambda value: names.get(int(str(value)), "")),
        "body": Field(_("Text of the conclusion")),
    }
    return render_template(
        "minutes/earlier_conclusion.html",
        minutes=minutes,
        conclusion=found[0],
        history=history(snapshot(), revisions_of(snapshot(), found[0]), fields),
    )


def require_editor(sitting: Sitting) -> None:
    """NotAllowed unless the reader may edit the draft: by their role, or named to write it."""
    require_writer(actor(), Permission.EDIT_MINUTES, sitting)
