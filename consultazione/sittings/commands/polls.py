"""Putting a question to those present, and the result."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.core.events import FreeText
from consultazione.sittings.commands import steps
from consultazione.sittings.commands.fetch import (
    current_point,
    open_poll_of,
    require_at,
    require_open,
    sitting_alone,
)
from consultazione.sittings.events import PollOpened, sitting_stream
from consultazione.sittings.models import Poll, PollState, Sitting
from consultazione.sittings.polls import DEFAULT, KINDS


def open_poll(tx: Transaction, *, sitting_id: int, question: str, poll_kind: str = DEFAULT) -> Poll:
    """Put a question to those present; harmless if this one is open, Conflict if another is."""
    sitting = sitting_alone(tx, sitting_id)
    require_at(tx, "open_poll", sitting)
    require_open(sitting)
    if poll_kind not in KINDS:
        unknown = _("There is no such kind of poll.")
        raise Invalid(unknown, fields={"poll_kind": [unknown]})
    poll = open_poll_of(tx, sitting.id)
    if poll is None:
        return _open(tx, sitting, question, poll_kind)
    if (poll.question, poll.kind) != (question, poll_kind):
        raise Conflict(_("A poll is open: close it before you open another."))
    return poll


def close_poll(tx: Transaction, *, poll_id: int) -> Poll:
    """Close a poll and count it; harmless if it is closed.

    The electorate is every person who was present at any time while it was open.
    """
    poll = _poll(tx, poll_id)
    sitting = sitting_alone(tx, poll.sitting_id)
    require_at(tx, "close_poll", sitting)
    tx.session.refresh(poll, with_for_update=True)
    if poll.state is PollState.OPEN:
        steps.count_poll(tx, poll)
    return poll


def _open(tx: Transaction, sitting: Sitting, question: str, poll_kind: str) -> Poll:
    point = current_point(tx, sitting.id)
    poll = Poll(
        sitting_id=sitting.id,
        point_id=None if point is None else point.id,
        kind=poll_kind,
        question=question,
        state=PollState.OPEN,
        opened_at=tx.now,
    )
    tx.session.add(poll)
    tx.flush()
    tx.record(
        sitting_stream(sitting.id),
        PollOpened(
            poll_id=poll.id,
            point_id=poll.point_id,
            poll_kind=poll_kind,
            question=FreeText(question),
        ),
    )
    return poll


def _poll(tx: Transaction, poll_id: int) -> Poll:
    poll = tx.session.get(Poll, poll_id)
    if poll is None:
        raise NotFound(_("There is no such poll."))
    return poll
