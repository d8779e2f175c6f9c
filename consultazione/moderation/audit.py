"""What rulings, appeals and rules must say by the log; who reported what, the log does not say."""

from __future__ import annotations

from consultazione.core.audit import ACTOR, AT, OF_STREAM, Audit, Is, adds, register, sets
from consultazione.moderation.models import Appeal, ModerationSettings, Ruling, ZoneRule

_OF = {"id": "ruling_id"}
RULING = Audit(
    Ruling,
    adds(
        "ruling.given",
        **_OF,
        case_id="case_id",
        action="action",
        rule="rule",
        reason="reason",
        decided_by=ACTOR,
        role="role",
        decided_at=AT,
        appeal_until="appeal_until",
        undone_at=Is(None),
        undone_reason=Is(None),
    ),
    sets("ruling.taken_back", **_OF, undone_at=AT, undone_reason="reason"),
)
APPEAL = Audit(
    Appeal,
    adds(
        "ruling.appealed",
        ruling_id="ruling_id",
        words="words",
        at=AT,
        due_on="due_on",
        outcome=Is(None),
        reason=Is(None),
        decided_by=Is(None),
        role=Is(None),
        decided_at=Is(None),
    ),
    sets(
        "ruling_appeal.decided",
        ruling_id="ruling_id",
        outcome="outcome",
        reason="reason",
        decided_by=ACTOR,
        role="role",
        decided_at=AT,
    ),
)
RULE = Audit(
    ZoneRule,
    adds(
        "moderation_rule.added",
        id="rule_id",
        zone_id=OF_STREAM,
        name="wording",
        added_at=AT,
        retired_at=Is(None),
    ),
    sets("moderation_rule.retired", id="rule_id", retired_at=AT),
)
SETTINGS = Audit(
    ModerationSettings,
    adds(
        "moderation.changed",
        zone_id=OF_STREAM,
        appeal_days="appeal_days",
        review_days="review_days",
        words="words",
    ),
)

register("table", audits=(RULING, APPEAL), apart=True)
register("zone", audits=(RULE, SETTINGS), apart=True)
