"""Which roles ask for a second step: read by whoever builds actors, and by the pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core import clock
from consultazione.core.actor import Actor, Role
from consultazione.people.second_step.models import SecondStepRule

# Those that a zone may ask it of: who acts for others.
ROLES = (
    Role.FACILITATOR, Role.COORDINATOR, Role.UNION_DELEGATE, Role.PLAN_OFFICE, Role.ADMINISTRATOR,
)  # fmt: skip


def rule_of(session: Session, zone_id: int) -> SecondStepRule | None:
    """A zone's rule; None if it never asked for a second step."""
    return session.get(SecondStepRule, zone_id)


def roles_that_ask(session: Session) -> Mapping[int, frozenset[Role]]:
    """The roles that count only with a second step now, by zone; most zones have none."""
    query = select(SecondStepRule.zone_id, SecondStepRule.roles)
    rows = session.execute(query.where(SecondStepRule.from_day <= clock.today()))
    return {zone_id: frozenset(map(Role, roles)) for zone_id, roles in rows}


def asked_from(session: Session, actor: Actor) -> date | None:
    """From which day on somebody needs a second step for one of their roles; None if for none.

    actor: as `people.queries` builds them for a person without one.
    """
    held = {(grant.zone_id, grant.role) for grant in actor.grants | actor.held_back}
    zones = {zone_id for zone_id, _role in held if zone_id is not None}
    rules = session.scalars(select(SecondStepRule).where(SecondStepRule.zone_id.in_(zones)))
    days = [
        rule.from_day for rule in rules if any((rule.zone_id, Role(r)) in held for r in rule.roles)
    ]
    return min(days, default=None)
