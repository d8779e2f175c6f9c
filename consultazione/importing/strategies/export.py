"""The strategies of a cycle as a zone's file has them, with the decisions that still hold.

A decision of a sitting, or of an outcome, names it in words: the file has no sittings of its own.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from consultazione.core import clock
from consultazione.plan.decisions.models import Decision
from consultazione.plan.decisions.queries import strategies


def strategy_items(session: Session, cycle_id: int) -> list[dict[str, object]]:
    """The strategies in their order."""
    return [
        {
            "title": row.title,
            "body": row.body,
            "decisions": [_decision(one) for one in row.decisions if one.revoked_at is None],
            "demo": row.demo,
        }
        for row in strategies(session, cycle_id)
    ]


def _decision(row: Decision) -> Mapping[str, object]:
    return {
        "title": row.title,
        "body": row.body,
        "decided_by": row.decided_by,
        "decided_on": row.decided_on,
        **({"act": f"act-{row.act_id}"} if row.act_id else {"source": _source(row)}),
        "needs": [one.title for one in row.priorities],
        "chapters": [one.number for one in row.chapters],
        "demo": row.demo,
    }


def _source(row: Decision) -> str:
    sitting = row.outcome.minutes.sitting if row.outcome else row.sitting
    if sitting is None:
        return row.source or ""
    return f"{sitting.title} ({clock.in_rome(sitting.starts_at):%Y-%m-%d})"
