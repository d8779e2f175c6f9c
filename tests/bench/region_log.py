"""The entries that commands would have left in the log, beside rows that no command has written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.core.events import Event, FreeText
from consultazione.programme.events import InterventionAdded, programme_stream
from consultazione.programme.models import Intervention, Share
from consultazione.programme.sheet import NewShare
from consultazione.programme.steps import cost_shared, said_with
from consultazione.proposals.events import ProposalSubmitted
from consultazione.proposals.models import Proposal
from consultazione.tables.events import table_stream
from consultazione.zones.events import ActRecorded, zone_stream
from consultazione.zones.models import Act

_AT_ONCE = 2_000


def record(database: Database) -> None:
    """Enter acts, proposals, interventions and their costs, some of each zone after the other."""
    with database.snapshot() as session:
        entries = [*_acts(session), *_proposals(session), *_interventions(session)]
    # Of all zones in turn, as they come in life: no zone has the newest entries to itself.
    entries = [entry for part in range(97) for entry in entries[part::97]]
    for start in range(0, len(entries), _AT_ONCE):
        with database.transaction(SYSTEM) as tx:
            for stream, event in entries[start : start + _AT_ONCE]:
                tx.record(stream, event)


def _acts(session: Session) -> Iterator[tuple[str, Event]]:
    for act in session.scalars(select(Act).where(Act.title.like("Atto %"))):
        event = ActRecorded(act_id=act.id, act_kind=act.kind, on_day=act.on_day)
        yield zone_stream(act.zone_id), event


def _proposals(session: Session) -> Iterator[tuple[str, Event]]:
    for row in session.scalars(select(Proposal).where(Proposal.title.like("Proposta %"))):
        event = ProposalSubmitted(
            proposal_id=row.id,
            table_id=row.table_id,
            mandate_id=None,
            category=row.category,
            title=FreeText(row.title),
            body=FreeText(row.body),
        )
        yield table_stream(row.table_id), event


def _interventions(session: Session) -> Iterator[tuple[str, Event]]:
    shares = defaultdict(list)
    for number, body_id, fund_id, amount in session.execute(
        select(Share.intervention_id, Share.body_id, Share.fund_id, Share.amount)
    ):
        shares[number].append(NewShare(body_id=body_id, fund_id=fund_id, amount=amount))
    for row in session.scalars(select(Intervention).where(Intervention.title.like("Intervento %"))):
        stream = programme_stream(row.programme_id)
        said = said_with(row, body_ids=[], priority_ids=[])
        yield stream, InterventionAdded(programme_id=row.programme_id, **said)
        yield stream, cost_shared(row, shares[row.id])
