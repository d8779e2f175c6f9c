"""Jobs of outcomes: one is opened when minutes with conclusions are published."""

from __future__ import annotations

from consultazione.core.db import Transaction
from consultazione.core.log import Entry
from consultazione.minutes.events import MinutesPublished
from consultazione.outcomes.commands.opening import open_outcome as open_outcome_command


def open_outcome(tx: Transaction, entry: Entry) -> None:
    """Minutes were published: ask the unions to answer what was concluded."""
    assert isinstance(entry.event, MinutesPublished)
    published = entry.event
    open_outcome_command(tx, minutes_id=published.minutes_id, due_on=published.answers_due_on)
