"""Jobs of seals: published minutes and closed outcomes get the zone's seal."""

from __future__ import annotations

from consultazione.config import read_settings
from consultazione.core.db import Transaction
from consultazione.core.log import Entry
from consultazione.documents.seals.commands import seal_document
from consultazione.documents.seals.signer import seal_signer
from consultazione.documents.typesetting import typeset
from consultazione.minutes.events import MinutesPublished
from consultazione.minutes.queries import sealed_pdf
from consultazione.outcomes.events import OutcomeClosed
from consultazione.outcomes.queries import get_outcome
from consultazione.outcomes.sealed import asked_for_outcome
from consultazione.sittings.queries import get_sitting


def seal_minutes(tx: Transaction, entry: Entry) -> None:
    """Minutes were published: seal their PDF."""
    assert isinstance(entry.event, MinutesPublished)
    plain = sealed_pdf(tx.session, entry.event.minutes_id)
    if plain is None:
        return
    seal_document(
        tx,
        zone_id=get_sitting(tx.session, entry.event.sitting_id).table.zone_id,
        subject=entry.stream,
        digest=entry.event.digest,
        plain=plain,
        signer=seal_signer(read_settings()),
    )


def seal_outcome(tx: Transaction, entry: Entry) -> None:
    """A sign-off is over: seal the outcome's PDF as it stands then."""
    assert isinstance(entry.event, OutcomeClosed)
    settings = read_settings()
    outcome = get_outcome(tx.session, entry.event.outcome_id)
    at = outcome.closed_at or entry.at
    asked = asked_for_outcome(tx.session, outcome.id, public_url=settings.public_url, at=at)
    seal_document(
        tx,
        zone_id=outcome.minutes.sitting.table.zone_id,
        subject=entry.stream,
        digest=outcome.digest,
        plain=typeset(asked),
        signer=seal_signer(settings),
    )
