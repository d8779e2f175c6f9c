"""Interventions with their regional scheda and their indicators, for the region's platform.

Emilia-Romagna's platform *Piani di zona* takes interventions with scheda and indicators. No
schema of it is public: this is a shape from which its forms can be filled in, one line for
each indicator, and its headings are ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.exchange.reading import words
from consultazione.exchange.reading.headings import Column
from consultazione.exchange.writing.csv_text import MARK, write_for_people
from consultazione.exchange.writing.source import Programme, Source, stream
from consultazione.programme.models import Indicator, Intervention
from consultazione.zones.models import Body

HEADINGS = (
    "Zona",
    "Ciclo",
    "Anno",
    "Numero",
    "Intervento",
    "Scheda regionale",
    "Area regionale",
    "Macrolivello",
    "Area di utenza",
    "Ente capofila",
    "Destinatari",
    "Costo totale",
    "Indicatore",
    "Unità di misura",
    "Valore atteso",
    "Valore misurato",
    "Misurato il",
    "Fonte",
    "Responsabile",
)


def write(out: BinaryIO, source: Source) -> None:
    """Write a line for each indicator; an intervention without any has one line."""
    out.write(MARK)
    write_for_people(out, [HEADINGS])
    source.each(lambda session, programme: write_for_people(out, _lines(session, programme)))


def _lines(session: Session, programme: Programme) -> Iterator[Sequence[Any]]:
    query = (
        select(
            Intervention.id,
            Intervention.title,
            Intervention.scheda,
            Intervention.regional_area,
            Intervention.level,
            Intervention.area,
            Body.name,
            Intervention.recipients,
            Intervention.total,
            Indicator.name,
            Indicator.unit,
            Indicator.target,
            Indicator.measured,
            Indicator.measured_on,
            Indicator.source,
            Indicator.responsible,
        )
        .join(Body, Body.id == Intervention.lead_body_id)
        .outerjoin(Indicator, Indicator.intervention_id == Intervention.id)
        .where(Intervention.programme_id == programme.id)
        .order_by(Intervention.id, Indicator.id)
    )
    for number, title, scheda, region, level, area, *rest in stream(session, query):
        yield (
            programme.zone_name,
            programme.cycle,
            programme.year,
            number,
            title,
            scheda,
            region,
            words.name_of(Column.LEVEL, level),
            words.name_of(Column.AREA, area),
            *rest,
        )
