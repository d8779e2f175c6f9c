"""The settings of a zone, for its administrators: look, contacts, rules, bodies, tables."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.errors import Invalid
from consultazione.core.permissions import Permission
from consultazione.minutes.queries import person_names
from consultazione.setup.blueprint import pages
from consultazione.setup.checks import BODY_FIELDS
from consultazione.setup.choices import choices
from consultazione.setup.commands.settings import change_bodies, change_logo, change_zone
from consultazione.setup.labels import SETTING_NAMES, VALUE_NAMES
from consultazione.setup.logo_views import sent_logo
from consultazione.setup.outline import bodies_of
from consultazione.setup.schemas import (
    BodiesStep,
    LogoSchema,
    ZoneSettingsSchema,
)
from consultazione.setup.settings import changes, plan_is_empty
from consultazione.tables.labels import TABLE_KINDS
from consultazione.tables.queries import tables
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle, current_zone
from consultazione.web.forms import Form
from consultazione.web.request_db import snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.zones.event_sentences import SENTENCES
from consultazione.zones.models import Zone
from consultazione.zones.queries import bodies, chapters

# Changes that the page lists.
_TOLD = 20


@pages.get(f"{IN_CYCLE}/impostazioni")
@auth.permission_required(Permission.CHANGE_SETTINGS)
def settings() -> str:
    """All that can be changed, as it is now, each with the way to its form."""
    cycle, session = current_cycle(), snapshot()
    return render_template(
        "setup/settings.html",
        row=session.get_one(Zone, cycle.zone.id),
        bodies=bodies(session, cycle.zone.id),
        chapters=chapters(session, cycle.id),
        tables=tables(session, cycle.id),
        empty_plan=plan_is_empty(session, cycle.id),
        table_kinds=TABLE_KINDS,
        **_history(cycle.zone.id),
        **choices(),
    )


@pages.route(f"{IN_CYCLE}/impostazioni/zona", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.CHANGE_ZONE)
def zone_settings() -> ResponseReturnValue:
    """Name, presentation, colour, rule of the sign-off, contacts and notices."""
    zone = snapshot().get_one(Zone, current_zone().id)
    schema = ZoneSettingsSchema()
    stored = {name: getattr(zone, name) for name in schema.fields}
    values = {name: "" if value is None else value for name, value in stored.items()}
    ticks = {name: "yes" if values[name] else "" for name in ("four_eyes", "chat_kept")}
    form = Form(schema, {**values, **ticks})
    if form.perform(partial(change_zone, zone_id=zone.id)):
        return _changed()
    return render_template("setup/zone_settings.html", form=form, **choices()), form.status


@pages.route(f"{IN_CYCLE}/impostazioni/logo", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.CHANGE_LOGO)
def logo_settings() -> ResponseReturnValue:
    """The logo: another one, or none."""
    form, now = Form(LogoSchema()), current_zone().logo
    if form.perform(partial(change_logo, zone_id=current_zone().id), before=_chosen_logo):
        return _changed()
    return render_template("setup/logo_settings.html", form=form, logo=now), form.status


@pages.route(f"{IN_CYCLE}/impostazioni/enti", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.CHANGE_BODIES)
def body_settings() -> ResponseReturnValue:
    """The bodies that define the plan, as lists."""
    form = Form(BodiesStep(), _listed(current_zone().id))
    if form.perform(partial(change_bodies, zone_id=current_zone().id), before=_named_bodies):
        return _changed()
    return render_template("setup/body_settings.html", form=form), form.status


def _history(zone_id: int) -> Mapping[str, object]:
    """The last changes, with the sentences and names that tell of them."""
    entries = changes(snapshot(), zone_id, limit=_TOLD)
    return {
        "changes": entries,
        "sentences": SENTENCES,
        "setting_names": SETTING_NAMES,
        "value_names": VALUE_NAMES,
        "names": person_names(snapshot(), {entry.actor_id for entry in entries}),
    }


def _changed() -> ResponseReturnValue:
    flash(_("The settings are changed."), "success")
    return redirect(url_for("setup.settings"))


def _listed(zone_id: int) -> Mapping[str, object]:
    there = bodies(snapshot(), zone_id)
    return {
        field: "\n".join(body.name for body in there if body.kind is kind)
        for field, kind in BODY_FIELDS.items()
    }


def _named_bodies(**lists: str) -> Mapping[str, object]:
    return {"bodies": bodies_of(lists)}


def _chosen_logo(*, remove: bool) -> Mapping[str, object]:
    sent = sent_logo()
    if sent is None and not remove:
        raise Invalid.at("logo", _("Choose a picture, or tick that there is to be none."))
    return {"logo": sent}
