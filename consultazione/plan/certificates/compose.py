"""The certificate of consultation of an organisation, as a document.

Who was convened when, with which documents and how many days given, who was there, which position
was taken, and where it ended. It names no person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    Quote,
    facts,
    part,
    text,
)
from consultazione.documents.paper.prose import prose
from consultazione.documents.paper.wording import day_at, moment_of
from consultazione.outcomes.answers import stands
from consultazione.outcomes.labels import stand_words
from consultazione.outcomes.models import Adherent
from consultazione.people.models import Organisation
from consultazione.plan.certificates import gather
from consultazione.plan.certificates.kind import CERTIFICATE
from consultazione.plan.labels import STATE_NAMES
from consultazione.sittings.attendance.marks import Mark
from consultazione.sittings.models import SittingState
from consultazione.zones.models import Cycle

TITLE = "Attestato di consultazione"
_MARKS = {
    Mark.PRESENT: "Presente",
    Mark.ABSENT: "Assente",
    Mark.EXCUSED: "Assente giustificata",
    Mark.BY_DELEGATE: "Presente per delega",
}
_NOBODY = "Nel ciclo l’organizzazione non è stata convocata a sedute."


def certificate_of(
    session: Session, cycle: Cycle, organisation: Organisation, *, at: datetime
) -> Paper:
    """The certificate of an organisation for a cycle, as things stand at a moment."""
    zone = cycle.zone
    convened = list(gather.convened(session, cycle.id, organisation.id, at=at))
    with force_locale("it"):
        return Paper(
            kind=CERTIFICATE.name,
            zone=zone.name,
            plan=f"Piano di zona {cycle.years}",
            title=TITLE,
            subject=organisation.name,
            demo=zone.demo,
            blocks=(
                text(_opening(cycle, organisation, at, convened=bool(convened))),
                Heading(2, "Convocazioni e presenze"),
                *_sittings(convened),
                *part("Posizione sugli esiti", _positions(session, cycle.id, organisation.id)),
                *part("Adesioni", _adhesions(session, cycle.id, organisation.id)),
                *part("Proposte presentate", _proposals(session, cycle.id, organisation.id)),
            ),
        )


def _opening(cycle: Cycle, organisation: Organisation, at: datetime, *, convened: bool) -> str:
    if not convened:
        return (
            f"{cycle.zone.lead_body} attesta quanto risulta dal registro della consultazione al "
            f"{day_at(at)} sull’organizzazione «{organisation.name}», per il Piano di zona "
            f"{cycle.years}."
        )
    return (
        f"{cycle.zone.lead_body} attesta che l’organizzazione «{organisation.name}» è stata "
        f"consultata nella formazione del Piano di zona {cycle.years}, come risulta dal registro "
        f"della consultazione al {day_at(at)}."
    )


def _sittings(found: Sequence[gather.Convened]) -> Iterator[Block]:
    if not found:
        yield text(_NOBODY)
    for one in found:
        sitting = one.sitting
        days = (in_rome(sitting.starts_at).date() - in_rome(sitting.convened_at).date()).days
        yield Heading(3, f"{sitting.table.name}. {sitting.title}")
        rows = (
            ("Seduta", f"{moment_of(sitting.starts_at)}, {sitting.place}"),
            ("Convocata il", f"{day_at(sitting.convened_at)} ({_given(days)})"),
            ("Avviso", f"n. {one.notice} del registro dei documenti" if one.notice else ""),
            ("Documenti", "; ".join(one.documents) or "nessuno"),
            ("Presenza", _present(one)),
        )
        yield facts(rows)


def _given(days: int) -> str:
    """How many days were between the convocation and the sitting."""
    if days <= 0:
        return "il giorno stesso"
    return "un giorno prima" if days == 1 else f"{days} giorni prima"


def _present(one: gather.Convened) -> str:
    if one.sitting.state is SittingState.CANCELLED:
        return "Seduta annullata"
    return "Seduta non ancora conclusa" if one.mark is None else _MARKS[one.mark]


def _positions(session: Session, cycle_id: int, organisation_id: int) -> Iterator[Block]:
    for one in gather.asked(session, cycle_id, organisation_id):
        stand = stands(one.outcome)[organisation_id]
        yield Heading(3, one.outcome.document["title"])
        yield Facts(
            (
                ("Sottoposto il", day_at(one.outcome.opened_at)),
                ("Posizione", stand_words(one.outcome, stand)),
            )
        )
        if one.party.note:
            yield Quote("Nota o motivo", prose(one.party.note))
        yield Items(
            False, tuple((text(_ended(one, item.id, item.rank)),) for item in one.outcome.items)
        )


def _ended(one: gather.Asked, item_id: int, rank: int) -> str:
    """Where a conclusion ended in the plan."""
    contribution = one.contributions.get(item_id)
    if contribution is None:
        return f"Conclusione {rank}: non ancora inviata al piano."
    chapter, state = contribution.chapter, STATE_NAMES[contribution.state]
    reason = f" {contribution.reason}" if contribution.reason else ""
    return f"Conclusione {rank}, capitolo {chapter.number} ({chapter.title}): {state}.{reason}"


def _adhesions(session: Session, cycle_id: int, organisation_id: int) -> Iterator[Block]:
    """Outcomes that the organisation was not asked to sign, and made its own."""
    found = gather.adhered(session, cycle_id, organisation_id)
    rows = tuple((text(_adhered(adherent, number)),) for adherent, number in found)
    if rows:
        yield Items(False, rows)


def _adhered(adherent: Adherent, number: str) -> str:
    declared = f", dichiarazione n. {number} del registro dei documenti" if number else ""
    title = adherent.outcome.document["title"]
    return f"{title}: ha aderito il {day_at(adherent.adhered_at)}{declared}."


def _proposals(session: Session, cycle_id: int, organisation_id: int) -> Iterator[Block]:
    found = gather.proposed(session, cycle_id, organisation_id)
    if found:
        rows = tuple((text(f"{row.title}: {fate.label}"),) for row, fate in found)
        yield Items(False, rows)
