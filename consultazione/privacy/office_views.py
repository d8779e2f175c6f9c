"""For who answers for data in a zone: how long it stays, who looked at it, what it is for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from redis import RedisError

from consultazione.core.errors import NotFound
from consultazione.core.permissions import Permission
from consultazione.minutes.queries import person_names
from consultazione.privacy.access_views import accesses
from consultazione.privacy.blueprint import pages
from consultazione.privacy.commands.settings import (
    change_privacy,
    record_activity,
    remove_activity,
)
from consultazione.privacy.labels import ACCESS_NAMES, ACTIVITY_FIELDS, LEFT_TEXTS
from consultazione.privacy.models import Activity
from consultazione.privacy.queries import activities, runs
from consultazione.privacy.schemas import ActivitySchema, PrivacySchema
from consultazione.privacy.settings import settings_of
from consultazione.privacy.usual_activities import USUAL
from consultazione.web import auth
from consultazione.web.current_zone import IN_ZONE, current_zone
from consultazione.web.forms import Form, act
from consultazione.web.request_db import snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.zones.queries import the_zone

_RUNS = 30
_ACCESSES = 200


@pages.route(f"{IN_ZONE}/amministrazione/privacy", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.CHANGE_PRIVACY)
def settings() -> ResponseReturnValue:
    """How long data is kept, and what was deleted by it."""
    zone = current_zone()
    kept = settings_of(snapshot(), zone.id)
    form = Form(PrivacySchema(), {name: getattr(kept, name) for name in PrivacySchema().fields})
    if form.perform(partial(change_privacy, zone_id=zone.id)):
        flash(_("The settings are changed."), "success")
        return redirect(url_for("privacy.settings"))
    page = render_template(
        "privacy/settings.html",
        form=form,
        left_texts=[(one.value, name) for one, name in LEFT_TEXTS.items()],
        counts_here=the_zone(snapshot()).id == zone.id,
        runs=runs(snapshot(), limit=_RUNS),
    )
    return page, form.status


@pages.get("/amministrazione/accessi-ai-dati")
@auth.permission_required(Permission.READ_PRIVACY)
def data_accesses() -> ResponseReturnValue:
    """Which administrators looked at personal data, as the security log has it."""
    try:
        lines, is_away = accesses(current_app.extensions["redis"], limit=_ACCESSES), False
    except RedisError:
        lines, is_away = [], True
    page = render_template(
        "privacy/accesses.html",
        lines=lines,
        is_away=is_away,
        kind_names=ACCESS_NAMES,
        names=person_names(snapshot(), {line.person_id for line in lines}),
    )
    return page, {"Cache-Control": "no-store"}


@pages.get(f"{IN_ZONE}/amministrazione/trattamenti")
@auth.permission_required(Permission.READ_PRIVACY)
def register() -> str:
    """The register of processing of the zone."""
    return render_template(
        "privacy/register.html",
        activities=activities(snapshot(), current_zone().id),
        fields=ACTIVITY_FIELDS,
        usual=USUAL,
    )


@pages.route(f"{IN_ZONE}/amministrazione/trattamenti/nuovo", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.RECORD_ACTIVITY)
def new_activity() -> ResponseReturnValue:
    """Enter an activity; the usual ones begin with a text to correct."""
    return _editor(None, USUAL.get(request.args.get("esempio", ""), {}))


@pages.route("/amministrazione/trattamenti/<int:activity_id>", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.RECORD_ACTIVITY)
def edit_activity(activity_id: int) -> ResponseReturnValue:
    """Change what the register says of an activity."""
    row = snapshot().get(Activity, activity_id)
    if row is None or row.removed_at is not None:
        raise NotFound(_("There is no such activity."))
    return _editor(activity_id, {name: getattr(row, name) for name in ACTIVITY_FIELDS})


@pages.post("/amministrazione/trattamenti/<int:activity_id>/togli")
@limiter.limit(WRITING)
@auth.permission_required(Permission.REMOVE_ACTIVITY)
def drop_activity(activity_id: int) -> ResponseReturnValue:
    """Take an activity out of the register."""
    return act(
        partial(remove_activity, activity_id=activity_id),
        done=_("The activity is taken out of the register."),
        to=url_for("privacy.register"),
    )


def _editor(activity_id: int | None, initial: Mapping[str, Any]) -> ResponseReturnValue:
    form = Form(ActivitySchema(), initial)
    command = partial(record_activity, zone_id=current_zone().id, activity_id=activity_id)
    if form.perform(command):
        flash(_("The register is changed."), "success")
        return redirect(url_for("privacy.register"))
    page = render_template(
        "privacy/activity.html", form=form, activity_id=activity_id, fields=ACTIVITY_FIELDS
    )
    return page, form.status
