"""The queue of those who moderate, the public register, and the rules of a zone."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core import clock
from consultazione.core.errors import NotAllowed
from consultazione.core.permissions import Permission
from consultazione.moderation import labels
from consultazione.moderation.address_views import moderated_by, ruling_url
from consultazione.moderation.blueprint import pages
from consultazione.moderation.commands.rules import (
    add_moderation_rule,
    change_moderation,
    retire_moderation_rule,
)
from consultazione.moderation.queries import (
    register_of,
    waiting_appeals,
    waiting_cases,
    waiting_texts,
)
from consultazione.moderation.rules import STANDARD, names_of, own_rules
from consultazione.moderation.schemas import ModerationSchema, RuleSchema
from consultazione.moderation.settings import settings_of
from consultazione.moderation.steps import role_name
from consultazione.tables.queries import tables
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, IN_ZONE, current_cycle, current_zone
from consultazione.web.forms import Form, act
from consultazione.web.paging import paged
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.web.url_converters import asked_id

_QUEUE = 100
_A_PAGE = 50


@pages.get(f"{IN_CYCLE}/moderazione/coda")
@auth.sign_in_required
def queue() -> ResponseReturnValue:
    """What waits for somebody who moderates, the oldest first, and which appeals wait."""
    session, places = snapshot(), tables(snapshot(), current_cycle().id)
    own = moderated_by(actor(), places)
    if not own:
        raise NotAllowed(_("Only those who moderate a table read this page."))
    page = render_template(
        "moderation/queue.html",
        held=waiting_texts(session, own, limit=_QUEUE),
        waiting=waiting_cases(session, own, limit=_QUEUE),
        appeals=waiting_appeals(session, own, limit=_QUEUE),
        tables={table.id: table for table in places},
        rule_names=names_of(session, current_zone().id),
        days_since=lambda moment: (clock.today() - clock.in_rome(moment).date()).days,
        today=clock.today(),
        ruling_url=ruling_url,
        labels=labels,
    )
    return page, {"Cache-Control": "no-store"}


@pages.get(f"{IN_ZONE}/moderazione")
def register() -> str:
    """The public register: what was decided by which rule and in which role; never on whom."""
    session, zone = snapshot(), current_zone()
    found = register_of(session, zone.id, before=asked_id("dopo") or 0, limit=_A_PAGE + 1)
    shown, last = paged(found, _A_PAGE)
    return render_template(
        "moderation/register.html",
        rulings=shown,
        rule_names=names_of(session, zone.id),
        settings=settings_of(session, zone.id),
        role_name=role_name,
        labels=labels,
        next_url=url_for("moderation.register", dopo=last[0].id) if last else None,
    )


@pages.get(f"{IN_ZONE}/amministrazione/moderazione")
@auth.permission_required(Permission.CHANGE_MODERATION)
def settings() -> ResponseReturnValue:
    """The rules of the zone, and how it moderates."""
    return _settings(Form(RuleSchema()), _settings_form())


@pages.post(f"{IN_ZONE}/amministrazione/moderazione")
@limiter.limit(WRITING)
@auth.permission_required(Permission.CHANGE_MODERATION)
def change_settings() -> ResponseReturnValue:
    """Change how the zone moderates."""
    form = _settings_form()
    if form.perform(partial(change_moderation, zone_id=current_zone().id)):
        flash(_("The settings are changed."), "success")
        return redirect(url_for("moderation.settings"))
    return _settings(Form(RuleSchema(), {}), form)


@pages.post(f"{IN_ZONE}/amministrazione/moderazione/regole")
@limiter.limit(WRITING)
@auth.permission_required(Permission.ADD_MODERATION_RULE)
def add_rule() -> ResponseReturnValue:
    """Add a rule of the zone's own."""
    form = Form(RuleSchema())
    if form.perform(partial(add_moderation_rule, zone_id=current_zone().id)):
        flash(_("The rule can be chosen from now on."), "success")
        return redirect(url_for("moderation.settings"))
    return _settings(form, _settings_form(fresh=True))


@pages.post("/amministrazione/moderazione/regole/<int:moderation_rule_id>/ritira")
@limiter.limit(WRITING)
@auth.permission_required(Permission.RETIRE_MODERATION_RULE)
def retire_rule(moderation_rule_id: int) -> ResponseReturnValue:
    """Offer a rule no more."""
    return act(
        partial(retire_moderation_rule, moderation_rule_id=moderation_rule_id),
        done=_("The rule is offered no more; decisions that name it stay."),
        to=url_for("moderation.settings"),
    )


def _settings_form(*, fresh: bool = False) -> Form:
    kept = settings_of(snapshot(), current_zone().id)
    stored = {name: getattr(kept, name) for name in ModerationSchema().fields}
    form = Form(ModerationSchema(), stored)
    if fresh:
        form.values = stored
    return form


def _settings(rule_form: Form, settings_form: Form) -> ResponseReturnValue:
    zone_id = current_zone().id
    page = render_template(
        "moderation/settings.html",
        rule_form=rule_form,
        settings_form=settings_form,
        standard=STANDARD,
        rules=own_rules(snapshot(), zone_id),
    )
    return page, max(rule_form.status, settings_form.status)
