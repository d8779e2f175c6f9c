"""The rules by which texts are reported and ruled on: those of every zone, and a zone's own.

A rule is named by its key: `insult`, or `zone.12` for a zone's own.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.errors import Invalid, Sentence
from consultazione.moderation.models import ZoneRule

# What every zone has. The first is what the law asks of whoever runs a site (D.Lgs. 70/2003,
# art. 16; Regulation (EU) 2022/2065, art. 16), the second of whoever keeps data (GDPR, art. 5).
STANDARD: Mapping[str, Sentence] = {
    "unlawful": _("It is against the law: threats, hatred, defamation"),
    "personal_data": _("It holds personal data of somebody, such as health or an address"),
    "insult": _("It insults somebody"),
    "advertising": _("It advertises something, or is sent again and again"),
    "elsewhere": _("It has nothing to do with what this table is about"),
}
_OWN = "zone."


def rules_of(session: Session, zone_id: int) -> dict[str, Sentence]:
    """The names of the rules that can be chosen in a zone, by key."""
    return {**STANDARD, **{key_of(rule): rule.name for rule in own_rules(session, zone_id)}}


def own_rules(session: Session, zone_id: int) -> list[ZoneRule]:
    """A zone's own rules that can be chosen, the oldest first."""
    own = select(ZoneRule).filter_by(zone_id=zone_id, retired_at=None)
    return list(session.scalars(own.order_by(ZoneRule.id)))


def names_of(session: Session, zone_id: int) -> dict[str, Sentence]:
    """The names of all rules that reports and rulings of a zone may name, retired ones too."""
    own = select(ZoneRule).filter_by(zone_id=zone_id).order_by(ZoneRule.id)
    return {**STANDARD, **{key_of(rule): rule.name for rule in session.scalars(own)}}


def key_of(rule: ZoneRule) -> str:
    """The key of a zone's own rule."""
    return f"{_OWN}{rule.id}"


def require_rule(session: Session, zone_id: int, rule: str) -> None:
    """Invalid on `rule` unless it can be chosen in the zone."""
    if rule not in rules_of(session, zone_id):
        raise Invalid.at("rule", _("Choose one of the rules of this zone."))
