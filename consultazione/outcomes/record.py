"""The record of an agreement with the unions (*verbale di concertazione*), when a sign-off ends.

It follows the heads of real union records: the parties present, the premises, what is agreed, the
position of each union; the premises are part of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flask_babel import force_locale
from sqlalchemy.orm import Session

from consultazione.documents.paper.model import (
    Block,
    Facts,
    Heading,
    Items,
    Paper,
    Signatures,
    part,
    text,
)
from consultazione.documents.paper.wording import day_at, day_of
from consultazione.outcomes.answers import AGREEING, stands
from consultazione.outcomes.grounds import Grounds, grounds_behind
from consultazione.outcomes.kind import UNION_RECORD
from consultazione.outcomes.labels import ENDINGS
from consultazione.outcomes.models import Outcome
from consultazione.outcomes.paper import adhesions, conclusions, positions
from consultazione.zones.models import Zone
from consultazione.zones.queries import get_cycle

TITLE = "Verbale di concertazione sindacale"
_AGREED = (
    "Tutto ciò premesso, le parti che hanno firmato concordano sulle conclusioni che seguono; per "
    "ciascuna è indicato chi l’ha sottoscritta e chi no. Le premesse sono parte integrante di "
    "questo verbale."
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
            Heading(2, "Che cosa si concorda" if agreed else "Conclusioni su cui non c’è accordo"),
            text(_AGREED if agreed else _NOT_AGREED),
            *conclusions(outcome, grounds, with_answers=True),
            Heading(2, "Posizione di ciascuna organizzazione"),
            *positions(outcome),
            *part("Chi aderisce", adhesions(outcome)),
            Heading(2, "Sottoscrizione"),
            text(_ended(outcome)),
            Signatures(
                (
                    (zone.lead_body, "per l’ente capofila"),
                    *((name, "per l’organizzazione sindacale") for name in _signing(outcome)),
                    *(
                        (one.organisation.name, "per l’organizzazione aderente")
                        for one in outcome.adherents
                    ),
                )
            ),
        ),
    )


def _parties(outcome: Outcome, zone: Zone) -> Iterator[Block]:
    unions = "; ".join(party.organisation.name for party in outcome.parties)
    yield Facts((("Ente capofila", zone.lead_body), ("Organizzazioni sindacali", unions)))


def _premises(outcome: Outcome) -> Iterator[Block]:
    told = [*_convened(outcome), *_met(outcome), *_minuted(outcome), _submitted(outcome)]
    ended = (f"{one}{';' if number < len(told) else '.'}" for number, one in enumerate(told, 1))
    yield text("Premesso che:")
    yield Items(True, tuple((text(one),) for one in ended))


def _convened(outcome: Outcome) -> Iterator[str]:
    """By which notice the table was convened; nothing of minutes before notices had numbers."""
    facts = outcome.minutes.facts
    notice = facts["convocation"].get("notice")
    if notice:
        starts = facts["convocation"]["starts"]
        yield (
            f"con avviso n. {notice} il tavolo è stato convocato per {starts['day']}, "
            f"ore {starts['time']}"
        )


def _met(outcome: Outcome) -> Iterator[str]:
    sitting = outcome.minutes.sitting
    held = day_at(sitting.opened_at or sitting.starts_at)
    yield (
        f"il {held} si è riunito il tavolo «{sitting.table.name}» (seduta «{sitting.title}», "
        f"luogo: {sitting.place})"
    )
    for point in outcome.minutes.facts["agenda"]:
        titles = "; ".join(f"«{one['title']}»" for one in point.get("documents", []))
        if titles:
            yield f"al punto {point['rank']} dell’ordine del giorno erano agli atti: {titles}"


def _minuted(outcome: Outcome) -> Iterator[str]:
    minutes = outcome.minutes
    if minutes.approved_at is not None:
        number = minutes.document.get("register") if minutes.document else None
        which = f" n. {number['number']}/{number['year']}" if number else ""
        yield f"il verbale{which} della seduta è stato approvato il {day_at(minutes.approved_at)}"


def _submitted(outcome: Outcome) -> str:
    until = f", con termine per rispondere il {day_of(outcome.due_on)}" if outcome.due_on else ""
    return (
        f"il {day_at(outcome.opened_at)} le conclusioni sono state sottoposte alle organizzazioni "
        f"sindacali{until}"
    )


def _signing(outcome: Outcome) -> list[str]:
    """The names of the unions that sign all conclusions or some."""
    found = stands(outcome)
    return [p.organisation.name for p in outcome.parties if found[p.organisation_id] in AGREEING]


def _ended(outcome: Outcome) -> str:
    assert outcome.closed_by is not None
    assert outcome.closed_at is not None
    ending = f"{ENDINGS[outcome.closed_by]} {outcome.closed_reason or ''}".strip()
    return f"{ending} Data di chiusura: {day_at(outcome.closed_at)}."
