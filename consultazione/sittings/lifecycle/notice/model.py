"""The notice of convocation as a document, as the convocation stands now.

Notices are acts of an Italian public body, and Italian whoever reads them. What they say follows
the heads of minutes of such bodies: day, hour, place, "in seconda convocazione", "sul seguente
ordine del giorno".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from babel.dates import format_date
from flask_babel import force_locale
from sqlalchemy.orm import Session

from consultazione.core.clock import in_rome
from consultazione.documents.paper.model import Block, Items, Paper, part, text
from consultazione.documents.paper.wording import day_at
from consultazione.sittings.agenda.queries import materials_by_point
from consultazione.sittings.lifecycle.notice.kind import NOTICE
from consultazione.sittings.models import AgendaPoint, PointState, Sitting, SittingState
from consultazione.sittings.queries import versions_of
from consultazione.sittings.quorums.sentences import quorum_of
from consultazione.tables.labels import WHO
from consultazione.tables.rules import TableRule, rule_of
from consultazione.zones.queries import get_cycle

_TITLE = "Avviso di convocazione"
_CANCELLED = "Avviso di annullamento della seduta"
_IN_ROOM = "La seduta si può seguire a distanza, dalla sua pagina."
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


def notice_of(session: Session, sitting: Sitting) -> Paper:
    """Return the notice of a sitting as it is convened now."""
    cycle = get_cycle(session, sitting.table.cycle_id)
    is_cancelled = sitting.state is SittingState.CANCELLED
    return Paper(
        kind=NOTICE.name,
        zone=cycle.zone.name,
        plan=f"Piano di zona {cycle.years}",
        title=_CANCELLED if is_cancelled else _TITLE,
        subject=f"{sitting.table.name}. {sitting.title}",
        demo=sitting.demo,
        blocks=(
            text(_sentence(sitting)),
            *part("Ordine del giorno", _agenda(session, sitting)),
            *part("Numero legale", _quorum(sitting)),
            *part("Modifiche alla convocazione", _changes(session, sitting)),
            *part("Come partecipare", () if is_cancelled else (text(_take_part(sitting)),)),
            text(f"Data della convocazione: {day_at(sitting.convened_at)}"),
        ),
    )


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


def _agenda(session: Session, sitting: Sitting) -> Iterable[Block]:
    """The points, each with the time planned for it and the documents beside it."""
    papers = materials_by_point(session, sitting.id)
    points = [
        (_point(point, [paper["title"] for paper in papers.get(point.id, [])]))
        for point in sitting.agenda
        if point.state is not PointState.REMOVED
    ]
    return (Items(True, tuple(points)),) if points else ()


def _point(point: AgendaPoint, documents: Sequence[str]) -> tuple[Block, ...]:
    minutes = f" ({point.minutes_planned} minuti)" if point.minutes_planned else ""
    if not documents:
        return (text(f"{point.title}{minutes}"),)
    return (text(f"{point.title}{minutes}"), Items(False, tuple((text(d),) for d in documents)))


def _quorum(sitting: Sitting) -> Iterable[Block]:
    with force_locale("it"):
        said = quorum_of(sitting)
    return (text(said),) if said else ()


def _changes(session: Session, sitting: Sitting) -> Iterable[Block]:
    """A sentence for each change of the convocation, with what it had said about the day."""
    told = [
        f"{day_at(version.replaced_at)}: la convocazione per {_weekday(version.starts_at)} "
        f"è stata modificata. Motivo: {version.reason}"
        for version in versions_of(session, sitting.id)
    ]
    return (Items(False, tuple((text(one),) for one in told)),) if told else ()


def _weekday(moment: datetime) -> str:
    return format_date(in_rome(moment).date(), "EEEE d MMMM y", locale="it")
