"""The moves of a sitting that is played by which the sitting itself is changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from consultazione.core.db import Transaction
from consultazione.minutes.commands.reopening import reopen_sitting
from consultazione.sittings.agenda.commands.points import add_point, correct_point, remove_point
from consultazione.sittings.lifecycle.commands.opening import call_roll
from consultazione.sittings.lifecycle.commands.revising import (
    cancel_sitting,
    correct_sitting,
    postpone_sitting,
)
from consultazione.sittings.lifecycle.commands.secretary import name_secretary
from consultazione.sittings.models import Sitting
from consultazione.sittings.quorums.base import quorum_terms
from tests.support.record_moves import one

Snapshot = dict[str, Any]


def _correct(tx: Transaction, now: Snapshot, which: int) -> Any:
    sitting = _row(tx, now)
    return correct_sitting(
        tx,
        sitting_id=sitting.id,
        revision=sitting.revision,
        title=f"Title {which}",
        place="Library",
        starts_at=sitting.starts_at,
        quorum=quorum_terms(sitting.quorum),
        reason="A slip.",
    )


def _postpone(tx: Transaction, now: Snapshot, which: int) -> Any:
    """By hours alone, so that people may wait for it as before."""
    sitting = _row(tx, now)
    starts = datetime.fromisoformat(now["sitting"]["starts_at"]) + timedelta(seconds=1 + which)
    return postpone_sitting(
        tx,
        sitting_id=sitting.id,
        revision=sitting.revision,
        starts_at=starts,
        place="Town hall",
        reason="Snow.",
        start_confirmed=True,
    )


def _row(tx: Transaction, now: Snapshot) -> Sitting:
    return tx.session.get_one(Sitting, now["sitting"]["id"])


MOVES: list[Callable[[Transaction, Snapshot, int], Any]] = [
    _correct,
    _postpone,
    lambda tx, now, _: call_roll(tx, sitting_id=now["sitting"]["id"]),
    # Rare among the moves, or few sittings would be held.
    lambda tx, now, which: (
        cancel_sitting(tx, sitting_id=now["sitting"]["id"], reason="No hall.")
        if which == 5
        else None
    ),
    lambda tx, now, _: reopen_sitting(tx, sitting_id=now["sitting"]["id"], reason="One forgot."),
    lambda tx, now, which: correct_point(
        tx,
        point_id=one(now["agenda"], which),
        title=f"New {which}",
        minutes_planned=which,
        reason="A slip.",
    ),
    lambda tx, now, which: remove_point(
        tx, point_id=one(now["agenda"], which), reason="Done by mail."
    ),
    lambda tx, now, which: add_point(tx, sitting_id=now["sitting"]["id"], title=f"More {which}"),
    lambda tx, now, which: name_secretary(
        tx, sitting_id=now["sitting"]["id"], person_id=tx.actor.person_id if which else None
    ),
]
