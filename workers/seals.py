"""Jobs of seals: published minutes and closed outcomes get the zone's seal."""

from __future__ import annotations

from consultazione.config import read_settings
from consultazione.core.db import Transaction
from consultazione.core.log import Entry
from consultazione.documents.seals.commands import seal_document
from consultazione.documents.seals.signer import seal_signer
from consultazione.documents.typesetting import typeset
from consultazione.minutes.events import MinutesEditionIssued, MinutesPublished
from consultazione.minutes.models import Minutes, MinutesState
from consultazione.minutes.queries import sealed_pdf
from consultazione.outcomes.events import OutcomeClosed, OutcomeEditionIssued
from consultazione.outcomes.models import Outcome, OutcomeState
from consultazione.outcomes.queries import get_outcome
from consultazione.outcomes.sealed import asked_for_outcome
from consultazione.sittings.queries import get_sitting


def seal_minutes(tx: Transaction, entry: Entry) -> None:
    """Minutes were published, or have a new edition: seal their PDF.

    Nothing to do while an edition has no PDF: who writes it has it sealed.
    """
    assert isinstance(entry.event, MinutesPublished | MinutesEditionIssued)
    minutes = tx.session.get_one(
        Minutes, entry.event.minutes_id, with_for_update={"of": Minutes}, populate_existing=True
    )
    plain = sealed_pdf(tx.session, minutes.id)
    if plain is None or minutes.digest is None or minutes.state is not MinutesState.PUBLISHED:
        return
    seal_document(
        tx,
        zone_id=get_sitting(tx.session, minutes.sitting_id).table.zone_id,
        subject=entry.stream,
        digest=minutes.digest,
        plain=plain,
        signer=seal_signer(read_settings()),
    )


def seal_outcome(tx: Transaction, entry: Entry) -> None:
    """A sign-off is over, or its outcome has a new edition: seal the PDF as it stands then.

    Nothing to do for an edition while the sign-off goes on.
    """
    assert isinstance(entry.event, OutcomeClosed | OutcomeEditionIssued)
    settings, outcome_id = read_settings(), entry.event.outcome_id
    tx.session.get_one(Outcome, outcome_id, with_for_update={"of": Outcome})
    outcome = get_outcome(tx.session, outcome_id)
    if outcome.state is not OutcomeState.CLOSED:
        return
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
