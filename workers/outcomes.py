"""Jobs of outcomes: opening one when minutes are published, and writing its copy to be signed."""

from __future__ import annotations

from consultazione.config import read_settings
from consultazione.core.db import Transaction
from consultazione.core.log import Entry
from consultazione.minutes.events import MinutesPublished
from consultazione.outcomes.commands.copying import freeze_outcome_copy
from consultazione.outcomes.commands.opening import open_outcome as open_outcome_command
from consultazione.outcomes.events import OutcomeEditionIssued, OutcomeOpened


def open_outcome(tx: Transaction, entry: Entry) -> None:
    """Minutes were published: ask the unions to answer what was concluded."""
    assert isinstance(entry.event, MinutesPublished)
    published = entry.event
    open_outcome_command(tx, minutes_id=published.minutes_id, due_on=published.answers_due_on)


def freeze_copy(tx: Transaction, entry: Entry) -> None:
    """An outcome was opened, or has a new edition: write the copy that the unions can sign."""
    assert isinstance(entry.event, OutcomeOpened | OutcomeEditionIssued)
    public_url = read_settings().public_url
    freeze_outcome_copy(tx, outcome_id=entry.event.outcome_id, public_url=public_url)
