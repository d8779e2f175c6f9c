"""The view model of a notice of convocation, from which page and PDF are made: pure data.

Notices are acts of an Italian public body, and Italian whoever reads them. What they say follows
the heads of minutes of such bodies: day, hour, place, "in seconda convocazione", "sul seguente
ordine del giorno".
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TypedDict

from babel.dates import format_date
from flask_babel import force_locale
from sqlalchemy.orm import Session

from consultazione.core.clock import in_rome
from consultazione.sittings.agenda.queries import materials_by_point
from consultazione.sittings.models import PointState, Sitting, SittingState
from consultazione.sittings.queries import versions_of
from consultazione.sittings.quorums.sentences import quorum_of
from consultazione.tables.labels import WHO
from consultazione.tables.rules import TableRule, rule_of
from consultazione.zones.queries import get_cycle

WORDS = {
    "title": "Avviso di convocazione",
    "cancelled": "Avviso di annullamento della seduta",
    "agenda": "Ordine del giorno",
    "documents": "Documenti",
    "quorum": "Numero legale",
    "changes": "Modifiche alla convocazione",
    "take_part": "Come partecipare",
    "demo": "Documento inventato per la dimostrazione",
    "page": "Pagina",
}
_IN_ROOM = "La seduta si può seguire in rete, all’indirizzo qui sotto."
_SUBSTITUTES = (
    "Chi rappresenta un’organizzazione e non può intervenire giustifica l’assenza, o nomina chi lo "
    "sostituisce, dalla pagina della seduta."
)
_PROXIES = (
    "Chi ha diritto di voto può farsi rappresentare con delega scritta. Numero massimo di deleghe "
    "per persona: {most}."
)
_HALL = (
    "Posti in sala: {places}. Per venire in sala occorre iscriversi dalla pagina della seduta; a "
    "posti esauriti ci si iscrive in lista d’attesa."
)


class PointNotice(TypedDict):
    """A point of the agenda. minutes: the time planned, in words; empty if none is."""

    rank: int
    title: str
    minutes: str
    documents: list[str]


class Notice(TypedDict):
    """A notice of convocation. address: of the sitting's page on this site."""

    title: str
    zone: str
    plan: str
    table: str
    sitting: str
    sentence: str
    points: list[PointNotice]
    quorum: str
    changes: list[str]
    take_part: str
    address: str
    signed: str
    is_cancelled: bool
    demo: bool


def notice_of(session: Session, sitting: Sitting, *, address: str) -> Notice:
    """Return the notice of a sitting as it is convened now."""
    cycle = get_cycle(session, sitting.table.cycle_id)
    is_cancelled = sitting.state is SittingState.CANCELLED
    with force_locale("it"):
        quorum = quorum_of(sitting)
    return {
        "title": WORDS["cancelled" if is_cancelled else "title"],
        "zone": cycle.zone.name,
        "plan": f"Piano di zona {cycle.years}",
        "table": sitting.table.name,
        "sitting": sitting.title,
        "sentence": _sentence(sitting),
        "points": _points(session, sitting),
        "quorum": quorum,
        "changes": _changes(session, sitting),
        "take_part": "" if is_cancelled else _take_part(sitting),
        "address": address,
        "signed": f"Data della convocazione: {_day(sitting.convened_at)}",
        "is_cancelled": is_cancelled,
        "demo": sitting.demo,
    }


def _sentence(sitting: Sitting) -> str:
    """For when and where the table is convened; or that it is not, and why."""
    when = f"{_weekday(sitting.starts_at)}, alle ore {in_rome(sitting.starts_at):%H:%M}"
    if sitting.state is SittingState.CANCELLED:
        return f"La seduta convocata per {when} è annullata. Motivo: {sitting.cancelled_reason}"
    second = " in seconda convocazione" if sitting.second_of is not None else ""
    return f"Il tavolo è convocato{second} per {when}. Luogo: {sitting.place}."


def _take_part(sitting: Sitting) -> str:
    """How to take part by the table's rule; for a hall that holds only so many, how to come."""
    rule = rule_of(sitting.table.rule)
    parts = [_IN_ROOM, _who(rule), _SUBSTITUTES]
    if rule.proxies:
        parts.append(_PROXIES.format(most=rule.proxies))
    if sitting.places is not None:
        parts.append(_HALL.format(places=sitting.places))
    return " ".join(parts)


def _who(rule: TableRule) -> str:
    """Who asks for the floor and who votes, in the words of the table's page."""
    with force_locale("it"):
        speak, vote = str(WHO[rule.speak]), str(WHO[rule.vote])
    if speak == vote:
        return f"Diritto di parola e di voto: {vote}."
    return f"Diritto di parola: {speak}. Diritto di voto: {vote}."


def _points(session: Session, sitting: Sitting) -> list[PointNotice]:
    papers = materials_by_point(session, sitting.id)
    return [
        {
            "rank": point.rank,
            "title": point.title,
            "minutes": f"{point.minutes_planned} minuti" if point.minutes_planned else "",
            "documents": [paper["title"] for paper in papers.get(point.id, [])],
        }
        for point in sitting.agenda
        if point.state is not PointState.REMOVED
    ]


def _changes(session: Session, sitting: Sitting) -> list[str]:
    """A sentence for each change of the convocation, with what it had said about the day."""
    return [
        f"{_day(version.replaced_at)}: la convocazione per {_weekday(version.starts_at)} "
        f"è stata modificata. Motivo: {version.reason}"
        for version in versions_of(session, sitting.id)
    ]


def _day(moment: datetime) -> str:
    return _said(in_rome(moment).date(), "d MMMM y")


def _weekday(moment: datetime) -> str:
    return _said(in_rome(moment).date(), "EEEE d MMMM y")


def _said(day: date, pattern: str) -> str:
    return format_date(day, pattern, locale="it")
