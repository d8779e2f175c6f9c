"""Jobs of minutes: the draft when a sitting closes, the PDF when the minutes are approved."""

from __future__ import annotations

from consultazione.config import read_settings
from consultazione.core.db import Transaction
from consultazione.core.log import Entry
from consultazione.minutes.commands.approving import seal_minutes
from consultazione.minutes.commands.drafting import STEPS, draft_minutes
from consultazione.minutes.commands.signing import freeze_minutes_copy
from consultazione.minutes.compose.wording import STEPS as LABELS
from consultazione.minutes.events import (
    MinutesApproved,
    MinutesEditionIssued,
    MinutesSealed,
    minutes_stream,
)
from consultazione.minutes.signing.events import MinutesSigned
from consultazione.sittings.events import SittingClosed
from consultazione.sittings.models import SittingState
from consultazione.sittings.queries import get_sitting
from workers import seals
from workers.progress import report

# The steps of the draft, and the commit, which followers learn of as news.
_OF = len(STEPS) + 1


def draft(tx: Transaction, entry: Entry) -> None:
    """A sitting was closed: write its minutes, and say how far that has come.

    Nothing to do if it was reopened meanwhile: the next closing has a job of its own.
    """
    assert isinstance(entry.event, SittingClosed)
    sitting_id = entry.event.sitting_id
    if get_sitting(tx.session, sitting_id).state is not SittingState.CLOSED:
        return

    def on_step(step: str) -> None:
        report(minutes_stream(sitting_id), STEPS.index(step) + 1, _OF, LABELS[step])

    draft_minutes(tx, sitting_id=sitting_id, on_step=on_step)


def seal(tx: Transaction, entry: Entry) -> None:
    """Minutes were approved: write their PDF."""
    assert isinstance(entry.event, MinutesApproved)
    _seal(tx, entry.event)


def seal_edition(tx: Transaction, entry: Entry) -> None:
    """Personal data left approved minutes by order: write the new edition's PDF, and seal it."""
    assert isinstance(entry.event, MinutesEditionIssued)
    _seal(tx, entry.event)
    seals.seal_minutes(tx, entry)


def seal_signed(tx: Transaction, entry: Entry) -> None:
    """Somebody signed minutes: if all have before the publication, write a PDF that says so."""
    assert isinstance(entry.event, MinutesSigned)
    if entry.event.renews_pdf:
        _seal(tx, entry.event)


def freeze_copy(tx: Transaction, entry: Entry) -> None:
    """The PDF of minutes was written: write the copy that the chair and who wrote them can sign."""
    assert isinstance(entry.event, MinutesSealed)
    public_url = read_settings().public_url
    freeze_minutes_copy(tx, minutes_id=entry.event.minutes_id, public_url=public_url)


def _seal(tx: Transaction, event: MinutesApproved | MinutesEditionIssued | MinutesSigned) -> None:
    report(minutes_stream(event.sitting_id), 1, 2, LABELS["seal"])
    public_url = read_settings().public_url
    seal_minutes(tx, minutes_id=event.minutes_id, public_url=public_url)
