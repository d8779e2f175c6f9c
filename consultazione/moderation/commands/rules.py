"""The rules of a zone, and how it moderates."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, require
from consultazione.moderation.events import ModerationChanged, RuleAdded, RuleRetired
from consultazione.moderation.models import ModerationSettings, ZoneRule
from consultazione.zones.events import zone_stream
from consultazione.zones.models import Zone


def add_moderation_rule(tx: Transaction, *, zone_id: int, name: str) -> ZoneRule:
    """Add a rule of the zone's own; Invalid on `name` if it has one that says the same."""
    require(tx.actor, Permission.ADD_MODERATION_RULE, zone_id=zone_id)
    tx.session.execute(select(Zone.id).filter_by(id=zone_id).with_for_update(key_share=True))
    same = select(ZoneRule.id).filter_by(zone_id=zone_id, name=name, retired_at=None)
    if tx.session.scalar(same) is not None:
        raise Invalid.at("name", _("There is a rule with these words already."))
    rule = ZoneRule(zone_id=zone_id, name=name, added_at=tx.now)
    tx.session.add(rule)
    tx.flush()
    tx.record(zone_stream(zone_id), RuleAdded(rule_id=rule.id, wording=FreeText(name)))
    return rule


def retire_moderation_rule(tx: Transaction, *, moderation_rule_id: int) -> ZoneRule:
    """Offer a rule no more; rulings that name it stay.

    Locks it FOR UPDATE. NotFound if there is none; Conflict if it is retired already.
    """
    rule = tx.session.get(ZoneRule, moderation_rule_id, with_for_update=True)
    if rule is None:
        raise NotFound(_("There is no such rule."))
    require(tx.actor, Permission.RETIRE_MODERATION_RULE, zone_id=rule.zone_id)
    if rule.retired_at is not None:
        raise Conflict(_("This rule is retired already."))
    rule.retired_at = tx.now
    tx.record(zone_stream(rule.zone_id), RuleRetired(rule_id=rule.id))
    return rule


def change_moderation(
    tx: Transaction, *, zone_id: int, appeal_days: int, review_days: int, words: str = ""
) -> ModerationSettings:
    """Change how long authors can appeal, how soon that is decided, and which words count."""
    require(tx.actor, Permission.CHANGE_MODERATION, zone_id=zone_id)
    settings = tx.session.merge(
        ModerationSettings(
            zone_id=zone_id, appeal_days=appeal_days, review_days=review_days, words=words
        )
    )
    changed = ModerationChanged(
        appeal_days=appeal_days, review_days=review_days, words=FreeText(words)
    )
    tx.record(zone_stream(zone_id), changed)
    return settings
