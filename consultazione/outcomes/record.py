"""The record of an agreement with the unions (*verbale di concertazione*), when a sign-off ends.

It follows the heads of real union records: the parties present, the premises, what is agreed, the
position of each union; the premises are part of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from flask_babel import force_locale
from sqlalchemy.orm import Session

from consultazione.core.clock import in_rome
from consultazione.documents.paper.model import (
    Block,
    Facts,
    Heading,
    Items,
    Paper,
    Signatures,
    text,
)
from consultazione.documents.paper.wording import day_of
from consultazione.outcomes.answers import Stand, stands
from consultazione.outcomes.grounds import Grounds, grounds_behind
from consultazione.outcomes.kind import UNION_RECORD
from consultazione.outcomes.labels import ENDINGS
from consultazione.outcomes.models import Outcome
from consultazione.outcomes.paper import conclusions, positions
from consultazione.zones.models import Zone
from consultazione.zones.queries import get_cycle

TITLE = "Verbale di concertazione sindacale"
_SIGN = frozenset({Stand.SIGNED, Stand.SIGNED_WITH_NOTE, Stand.IN_PART})
_AGREED = (
    "Tutto ciò premesso, le parti che hanno firmato concordano sulle conclusioni che seguono; per "
    "ognuna è detto chi l’ha firmata e chi no. Le premesse sono parte integrante di questo verbale."
)
_NOT_AGREED = (
    "Tutto ciò premesso, si dà atto che nessuna organizzazione ha firmato le conclusioni che "
    "seguono. Le premesse sono parte integrante di questo verbale."
)


def record_of(session: Session, outcome: Outcome) -> Paper:
    """The record of an outcome whose sign-off is over, with its parties and their mandates."""
    zone = get_cycle(session, outcome.minutes.sitting.table.cycle_id).zone
    grounds = grounds_behind(session, [item.id for item in outcome.items])
    with force_locale("it"):
        return _record(outcome, zone, grounds)


def _record(outcome: Outcome, zone: Zone, grounds: Mapping[int, Grounds]) -> Paper:
    document = outcome.document
    agreed = bool(_signing(outcome))
    return Paper(
        kind=UNION_RECORD.name,
        zone=document["zone"],
        plan=document["plan"],
        title=TITLE,
        subject=f"{document['table']['name']}. {document['title']}",
        demo=document["demo"],
        blocks=(
            Heading(2, "Le parti"),
            *_parties(outcome, zone),
            Heading(2, "Premesse"),
            *_premises(outcome),
            Heading(2, "Che cosa si concorda" if agreed else "Conclusioni senza accordo"),
            text(_AGREED if agreed else _NOT_AGREED),
            *conclusions(outcome, grounds, with_answers=True),
            Heading(2, "Posizione di ciascuna organizzazione"),
            *positions(outcome),
            Heading(2, "Sottoscrizione"),
            text(_ended(outcome)),
            Signatures(
                (
                    (zone.lead_body, "per l’ente capofila"),
                    *((name, "per l’organizzazione sindacale") for name in _signing(outcome)),
                )
            ),
        ),
    )


def _parties(outcome: Outcome, zone: Zone) -> Iterator[Block]:
    unions = "; ".join(party.organisation.name for party in outcome.parties)
    yield Facts((("Per la zona", zone.lead_body), ("Organizzazioni sindacali", unions)))


def _premises(outcome: Outcome) -> Iterator[Block]:
    sitting, minutes = outcome.minutes.sitting, outcome.minutes
    held = _day(sitting.opened_at or sitting.starts_at)
    told = [
        f"il {held} si è riunito il tavolo «{sitting.table.name}», nella seduta «{sitting.title}», "
        f"luogo: {sitting.place};",
    ]
    if minutes.approved_at is not None:
        told.append(f"il verbale della seduta è stato approvato il {_day(minutes.approved_at)};")
    until = f", con termine per rispondere il {day_of(outcome.due_on)}" if outcome.due_on else ""
    told.append(
        f"il {_day(outcome.opened_at)} le conclusioni sono state sottoposte alle organizzazioni "
        f"sindacali{until}."
    )
    yield text("Premesso che:")
    yield Items(True, tuple((text(one),) for one in told))


def _signing(outcome: Outcome) -> list[str]:
    """The names of the unions that sign all conclusions or some."""
    found = stands(outcome)
    return [p.organisation.name for p in outcome.parties if found[p.organisation_id] in _SIGN]


def _ended(outcome: Outcome) -> str:
    assert outcome.closed_by is not None
    assert outcome.closed_at is not None
    ending = f"{ENDINGS[outcome.closed_by]} {outcome.closed_reason or ''}".strip()
    return f"{ending} Chiuso il {_day(outcome.closed_at)}."


def _day(at: datetime) -> str:
    return day_of(in_rome(at).date())
