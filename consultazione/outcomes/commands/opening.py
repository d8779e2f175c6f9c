"""Opening an outcome from the conclusions of published minutes."""

from __future__ import annotations

from datetime import date, timedelta

from flask_babel import lazy_gettext as _

from consultazione.core.canonical import sha256_of
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotFound
from consultazione.core.permissions import Permission, require
from consultazione.documents.register import register_document
from consultazione.minutes.models import Minutes, MinutesState
from consultazione.outcomes.closing import close_if_met
from consultazione.outcomes.events import OutcomeOpened, outcome_stream
from consultazione.outcomes.kind import OUTCOME
from consultazione.outcomes.models import Outcome, OutcomeItem, OutcomeState, Party
from consultazione.outcomes.queries import outcome_of, unions_to_ask
from consultazione.outcomes.types import OutcomeDocument
from consultazione.zones.models import Cycle
from consultazione.zones.queries import get_cycle

# From the second on, a row names the vote and the quorum behind it; if it names none, it has none.
FORMAT = "esito/2"


def open_outcome(tx: Transaction, *, minutes_id: int, due_on: date | None = None) -> Outcome | None:
    """Return the outcome of published minutes, opening it if there is none yet. Idempotent.

    Conclusions that are held back do not enter it; None if the minutes have no others.
    due_on: the last day on which unions can answer; the zone's number of days counts if it is
    left out, or no longer to come. Locks the minutes FOR UPDATE. NotFound if there are no such
    minutes; Conflict if they are not published.
    """
    minutes = tx.session.get(Minutes, minutes_id, with_for_update={"of": Minutes})
    if minutes is None:
        raise NotFound(_("There are no such minutes."))
    table = minutes.sitting.table
    require(tx.actor, Permission.OPEN_OUTCOME, zone_id=table.zone_id, table_id=table.id)
    if minutes.state is not MinutesState.PUBLISHED:
        raise Conflict(_("An outcome follows from published minutes."))
    existing = outcome_of(tx.session, minutes_id)
    if existing is not None or all(conclusion.held for conclusion in minutes.conclusions):
        return existing
    return _open(tx, minutes, get_cycle(tx.session, table.cycle_id), due_on)


def _open(tx: Transaction, minutes: Minutes, cycle: Cycle, due_on: date | None) -> Outcome:
    document = _document(minutes)
    outcome = Outcome(
        table_id=minutes.sitting.table_id,
        minutes_id=minutes.id,
        state=OutcomeState.SIGNING,
        rule=cycle.zone.sign_off_rule,
        document=document,
        digest=sha256_of(document),
        opened_at=tx.now,
        due_on=_last_day(tx, cycle, due_on),
        items=_items(minutes),
        parties=[
            Party(organisation_id=union) for union in unions_to_ask(tx.session, cycle, at=tx.now)
        ],
    )
    tx.session.add(outcome)
    tx.flush()
    opened = OutcomeOpened(
        outcome_id=outcome.id,
        minutes_id=minutes.id,
        digest=outcome.digest,
        rule=outcome.rule,
        due_on=outcome.due_on,
    )
    tx.record(outcome_stream(outcome.id), opened)
    register_document(tx, cycle.zone_id, OUTCOME, object_id=outcome.id, digest=outcome.digest)
    close_if_met(tx, outcome)
    return outcome


def _last_day(tx: Transaction, cycle: Cycle, due_on: date | None) -> date:
    if due_on is not None and due_on > tx.today:
        return due_on
    return tx.today + timedelta(days=cycle.zone.sign_off_days)


def _document(minutes: Minutes) -> OutcomeDocument:
    """The document to be signed: the conclusions verbatim, and the digest of their minutes."""
    approved = minutes.document
    if approved is None:
        raise ValueError(f"minutes {minutes.id} are not approved")
    facts = approved["facts"]
    return {
        "format": FORMAT,
        "zone": facts["zone"],
        "plan": facts["plan"],
        "table": facts["table"],
        "title": facts["title"],
        "demo": facts["demo"],
        "minutes": {"id": minutes.id, "digest": minutes.digest},
        "items": [row for row in approved["conclusions"] if not row.get("held")],
    }


def _items(minutes: Minutes) -> list[OutcomeItem]:
    return [
        OutcomeItem(
            rank=rank,
            conclusion_id=conclusion.id,
            chapter_id=conclusion.chapter_id,
            proposal_id=conclusion.proposal_id,
            body=conclusion.body,
        )
        for rank, conclusion in enumerate(minutes.conclusions, 1)
        if not conclusion.held
    ]
