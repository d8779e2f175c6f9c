"""Saying which roles of a zone ask for a second step."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from flask_babel import lazy_gettext as _

from consultazione.core.actor import Role
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.permissions import Permission, require
from consultazione.people.second_step.events import SecondStepRequired
from consultazione.people.second_step.models import SecondStepRule
from consultazione.people.second_step.rules import ROLES
from consultazione.zones.events import zone_stream
from consultazione.zones.locking import locked_zone


def require_second_step(
    tx: Transaction, *, zone_id: int, roles: Collection[Role], from_day: date
) -> SecondStepRule:
    """Let some roles of a zone count only for who signs in by two steps, from a day on.

    roles: of `ROLES`; none at all to ask for it no more. from_day: a day to come leaves people
    the days before it. Locks the zone FOR UPDATE. Invalid for another role, or a day before
    today that is not the day of now; Conflict if this is so already.
    """
    require(tx.actor, Permission.REQUIRE_SECOND_STEP, zone_id=zone_id)
    locked_zone(tx, zone_id)
    wanted = tuple(role for role in ROLES if role in roles)
    if set(roles) - set(ROLES):
        raise Invalid.at("roles", _("Choose among the roles offered."))
    rule = tx.session.get(SecondStepRule, zone_id)
    stood = (rule.roles, rule.from_day) if rule else ([], None)
    if stood == ([*wanted], from_day):
        raise Conflict(_("This is so already."))
    if wanted and from_day < tx.today and from_day != stood[1]:
        raise Invalid.at("from_day", _("Choose today or a day to come: people need time."))
    rule = rule or SecondStepRule(zone_id=zone_id)
    rule.roles, rule.from_day, rule.set_at = [*wanted], from_day, tx.now
    tx.session.add(rule)
    required = SecondStepRequired(
        zone_id=zone_id, roles=[role.value for role in wanted], from_day=from_day
    )
    tx.record(zone_stream(zone_id), required)
    return rule
