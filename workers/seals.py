"""Jobs of seals: published minutes, closed outcomes, what the register keeps."""

from __future__ import annotations

from functools import partial

from consultazione.config import read_settings
from consultazione.core.db import Transaction
from consultazione.core.log import Entry
from consultazione.documents.colophon import asked_for_registration
from consultazione.documents.events import DocumentRedacted, DocumentRegistered
from consultazione.documents.kinds import kind_of
from consultazione.documents.models import Registration
from consultazione.documents.seals.commands import seal_document, seal_registration
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
    minutes = tx.session.get_one(Minutes, entry.event.minutes_id, populate_existing=True)
    plain, digest = sealed_pdf(tx.session, minutes.id), minutes.digest
    if plain is None or digest is None or minutes.state is not MinutesState.PUBLISHED:
        return
    seal_document(
        tx,
        zone_id=get_sitting(tx.session, minutes.sitting_id).table.zone_id,
        subject=entry.stream,
        digest=digest,
        plain=lambda: plain,
        signer=seal_signer(read_settings()),
        lock=partial(_is_still, tx, minutes, digest),
    )


def seal_outcome(tx: Transaction, entry: Entry) -> None:
    """A sign-off is over, or its outcome has a new edition: seal the PDF as it stands then.

    Nothing to do for an edition while the sign-off goes on.
    """
    assert isinstance(entry.event, OutcomeClosed | OutcomeEditionIssued)
    settings, outcome_id = read_settings(), entry.event.outcome_id
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
        plain=partial(typeset, asked),
        signer=seal_signer(settings),
        lock=partial(_is_still, tx, outcome, outcome.digest),
    )


def seal_registered(tx: Transaction, entry: Entry) -> None:
    """A document got its number, or lost words by order: seal its PDF.

    Nothing to do for kinds that get no seal, and for documents that their features keep.
    """
    assert isinstance(entry.event, DocumentRegistered | DocumentRedacted)
    row = tx.session.get_one(Registration, entry.event.registration_id)
    if row.content is None or not kind_of(row.kind).is_sealed:
        return
    settings = read_settings()
    asked = asked_for_registration(row, settings.public_url)
    seal_registration(
        tx,
        row,
        plain=partial(typeset, asked),
        signer=seal_signer(settings),
        lock=partial(_is_still_kept, tx, row, row.redacted_digest),
    )


def _is_still(tx: Transaction, row: Minutes | Outcome, digest: str) -> bool:
    """Lock a document's row; False if it has another edition by now."""
    tx.session.refresh(row, ["digest"], with_for_update=True)
    return row.digest == digest


def _is_still_kept(tx: Transaction, row: Registration, redacted: str | None) -> bool:
    """Lock a document of the register; False if an order took words out of it meanwhile."""
    tx.session.refresh(row, ["redacted_digest"], with_for_update=True)
    return row.redacted_digest == redacted
