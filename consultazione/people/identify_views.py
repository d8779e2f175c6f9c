"""The button by which the desk of a sitting, or an administrator, says who somebody is."""

from __future__ import annotations

from functools import partial

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from consultazione.people.blueprint import admin
from consultazione.people.commands.identifying import identify_person
from consultazione.web import auth
from consultazione.web.current_zone import current_zone
from consultazione.web.forms import act
from consultazione.web.security import WRITING, limiter
from consultazione.web.url_converters import sent_id


@admin.post("/persone/<int:person_id>/identifica", endpoint="identify")
@limiter.limit(WRITING)
@auth.sign_in_required
def identify_button(person_id: int) -> Response:
    """Record that a person showed who they are; lead back to the page of the button."""
    command = partial(
        identify_person,
        zone_id=current_zone().id,
        person_id=person_id,
        table_id=sent_id("table_id") or None,
    )
    back = auth.safe_next(request.form.get("next"), url_for("admin.accounts"))
    return act(command, done=_("The person is identified."), to=back)
