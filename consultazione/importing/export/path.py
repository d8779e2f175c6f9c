"""The path of a cycle as a zone's file has it: acts with who decided and signed, events."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core import clock
from consultazione.zones.acts.models import Signatory
from consultazione.zones.acts.queries import approval_steps
from consultazione.zones.gatherings.models import Gathering
from consultazione.zones.gatherings.queries import gatherings
from consultazione.zones.models import Act


def act_item(session: Session, row: Act) -> Mapping[str, object]:
    """An act with its approvals and its signatories; None for what it has not."""
    return {
        "id": f"act-{row.id}",
        "kind": row.kind.value,
        "title": row.title,
        "number": row.number,
        "on_day": row.on_day,
        "body": row.body,
        "source": row.source,
        "url": row.url,
        "approvals": _approvals(session, row.id) or None,
        "signatories": _signatories(session, row.id) or None,
        "demo": row.demo,
    }


def gathering_items(session: Session, cycle_id: int) -> list[Mapping[str, object]]:
    """The events of a cycle that were not called off, by day."""
    return [_gathering(row) for row in gatherings(session, cycle_id) if row.called_off_at is None]


def _approvals(session: Session, act_id: int) -> list[Mapping[str, object]]:
    return [
        {
            "body": step.body,
            "session_day": step.session_day,
            **({"reference": step.reference} if step.reference else {}),
            "demo": step.demo,
        }
        for step in approval_steps(session, [act_id])
    ]


def _signatories(session: Session, act_id: int) -> list[Mapping[str, object]]:
    rows = session.scalars(select(Signatory).filter_by(act_id=act_id).order_by(Signatory.id))
    groups = groupby(rows, key=lambda row: (row.kind, row.signed_on, row.demo))
    return [
        {
            "kind": kind.value,
            "names": [row.name for row in group],
            **({"signed_on": signed_on} if signed_on else {}),
            "demo": demo,
        }
        for (kind, signed_on, demo), group in groups
    ]


def _gathering(row: Gathering) -> Mapping[str, object]:
    starts = clock.in_rome(row.starts_at)
    return {
        "kind": row.kind.value,
        "title": row.title,
        "description": row.description,
        "on_day": starts.date(),
        "at": f"{starts:%H:%M}",
        "place": row.place,
        **({"url": row.url} if row.url else {}),
        "demo": row.demo,
    }
