"""The page on which an administrator says which roles ask for a second step."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core import clock
from consultazione.core.actor import Role
from consultazione.core.permissions import ROLE_NAMES, Permission
from consultazione.people.blueprint import admin
from consultazione.people.second_step.commands.rules import require_second_step
from consultazione.people.second_step.rules import ROLES, rule_of
from consultazione.people.second_step.schemas import RuleSchema
from consultazione.web import auth
from consultazione.web.current_zone import current_zone
from consultazione.web.forms import Form
from consultazione.web.request_db import snapshot
from consultazione.web.security import WRITING, limiter


@admin.route("/secondo-passaggio", methods=["GET", "POST"], endpoint="second_step_rule")
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.REQUIRE_SECOND_STEP)
def second_step_rule_page() -> ResponseReturnValue:
    """Which roles ask for it, and from which day on."""
    zone_id = current_zone().id
    rule = rule_of(snapshot(), zone_id)
    stored = (rule.roles, rule.from_day) if rule and rule.roles else ([], clock.today())
    form = Form(RuleSchema(), {"roles": stored[0], "from_day": stored[1].isoformat()})
    if form.perform(partial(require_second_step, zone_id=zone_id)):
        flash(_("Saved. Whoever has such a role is told at their next sign-in."), "success")
        return redirect(url_for("admin.second_step_rule"))
    page = render_template(
        "people/second_step/rule.html",
        form=form,
        rule=rule,
        offered=[(role.value, ROLE_NAMES[role]) for role in ROLES],
        names=[str(ROLE_NAMES[Role(role)]) for role in rule.roles] if rule else [],
    )
    return page, form.status, form.headers
