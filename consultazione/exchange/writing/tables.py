"""The tables of programmes as open data: what their columns hold, and the rows of each.

The names stay for ever, since programs of others read them. They are Italian, like the data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from consultazione.exchange.writing.lines import (
    SEPARATOR,
    answered_priorities,
    involved_bodies,
)
from consultazione.exchange.writing.source import Programme, stream
from consultazione.programme.models import (
    Fund,
    FundAmount,
    Indicator,
    Intervention,
    Resource,
    Share,
)
from consultazione.tables.models import ThematicTable
from consultazione.zones.models import Body

_Query = Select[*tuple[Any, ...]]
Rows = Callable[[Session, Programme], Iterable[Sequence[Any]]]


@dataclass(frozen=True)
class Field:
    """A column. type: of Table Schema; title: what it is, in a few words."""

    name: str
    type: Literal["string", "integer", "number", "boolean", "date"]
    title: str
    required: bool = True


@dataclass(frozen=True)
class Table:
    """A table. key: the columns that name a row; of: by column, the table whose row it names."""

    name: str
    title: str
    fields: Sequence[Field]
    rows: Rows
    key: Sequence[str] = ()
    of: tuple[tuple[str, str], ...] = ()


def _programmes(_session: Session, p: Programme) -> Iterable[Sequence[Any]]:
    return [(p.id, p.zone, p.zone_name, p.cycle, p.year, p.state, p.demo)]


def _funds(session: Session, programme: Programme) -> Iterable[Sequence[Any]]:
    used = select(Share.fund_id).where(Share.programme_id == programme.id)
    has = and_(FundAmount.fund_id == Fund.id, FundAmount.programme_id == programme.id)
    query = (
        select(Fund.code, Fund.name, Fund.source, FundAmount.amount)
        .outerjoin(FundAmount, has)
        .where(or_(FundAmount.fund_id.is_not(None), Fund.id.in_(used)))
        .order_by(Fund.code)
    )
    return ((programme.id, *row) for row in stream(session, query))


def _interventions(session: Session, programme: Programme) -> Iterable[Sequence[Any]]:
    query = (
        select(
            Intervention.id,
            Intervention.programme_id,
            Intervention.continues_id,
            Intervention.title,
            Intervention.kind,
            Intervention.scheda,
            Intervention.regional_area,
            Intervention.level,
            Intervention.area,
            func.array_to_string(Intervention.policies, SEPARATOR),
            Body.name,
            involved_bodies(),
            ThematicTable.name,
            answered_priorities(),
            Intervention.objectives,
            Intervention.actions,
            Intervention.recipients,
            Intervention.integration,
            Intervention.total,
            Intervention.demo,
        )
        .join(Body, Body.id == Intervention.lead_body_id)
        .outerjoin(ThematicTable, ThematicTable.id == Intervention.table_id)
    )
    return stream(session, _in_order(query, programme))


def _shares(session: Session, programme: Programme) -> Iterable[Sequence[Any]]:
    payer = aliased(Body)
    query = (
        select(
            Share.id,
            Share.intervention_id,
            payer.name,
            payer.kind,
            Fund.code,
            Share.amount,
            Share.spent,
            Share.activated_by_consultation,
        )
        .join(payer, payer.id == Share.body_id)
        .join(Fund, Fund.id == Share.fund_id)
        .where(Share.programme_id == programme.id)
        .order_by(Share.id)
    )
    return stream(session, query)


def _indicators(session: Session, programme: Programme) -> Iterable[Sequence[Any]]:
    query = select(
        Indicator.id,
        Indicator.intervention_id,
        Indicator.name,
        Indicator.unit,
        Indicator.target,
        Indicator.measured,
        Indicator.measured_on,
        Indicator.source,
        Indicator.responsible,
    ).join(Intervention, Intervention.id == Indicator.intervention_id)
    return stream(session, _in_order(query, programme, Indicator.id))


def _resources(session: Session, programme: Programme) -> Iterable[Sequence[Any]]:
    query = select(
        Resource.id,
        Resource.intervention_id,
        Resource.kind,
        Resource.description,
        Resource.quantity,
        Resource.unit,
        Resource.activated_by_consultation,
    ).join(Intervention, Intervention.id == Resource.intervention_id)
    return stream(session, _in_order(query, programme, Resource.id))


def _in_order(query: _Query, programme: Programme, *then: Any) -> _Query:
    return query.where(Intervention.programme_id == programme.id).order_by(Intervention.id, *then)


_OF_PROGRAMME = Field("programma", "integer", "Numero del programma")
_OF_INTERVENTION = Field("intervento", "integer", "Numero dell’intervento")
_DEMO = Field("dimostrativo", "boolean", "Vero se i dati sono inventati")
_ACTIVATED = Field("attivata_dalla_consultazione", "boolean", "Risorsa nata dalla consultazione")

TABLES = (
    Table(
        "programmi",
        "Programmi attuativi annuali",
        (
            Field("id", "integer", "Numero del programma"),
            Field("zona", "string", "Nome breve della zona"),
            Field("nome_zona", "string", "Nome della zona"),
            Field("ciclo", "string", "Anni del Piano di zona"),
            Field("anno", "integer", "Anno del programma"),
            Field("stato", "string", "draft: in preparazione; approved: approvato"),
            _DEMO,
        ),
        _programmes,
        key=("id",),
    ),
    Table(
        "fondi",
        "Fondi dei programmi",
        (
            _OF_PROGRAMME,
            Field("codice", "string", "Sigla del fondo"),
            Field("nome", "string", "Nome del fondo"),
            Field("fonte", "string", "Da dove viene il dato", required=False),
            Field("disponibile", "number", "Euro disponibili, se si sa", required=False),
        ),
        _funds,
        key=("programma", "codice"),
        of=(("programma", "programmi"),),
    ),
    Table(
        "interventi",
        "Interventi",
        (
            Field("id", "integer", "Numero dell’intervento"),
            _OF_PROGRAMME,
            Field("continua", "integer", "Intervento di un anno prima", required=False),
            Field("titolo", "string", "Titolo"),
            Field("tipo", "string", "service, project o training"),
            Field("scheda_regionale", "string", "Scheda regionale", required=False),
            Field("area_regionale", "string", "Area del Piano regionale", required=False),
            Field("macrolivello", "string", "Riga della matrice FNPS"),
            Field("area_utenza", "string", "Colonna della matrice FNPS"),
            Field("politiche", "string", "Altre politiche integrate", required=False),
            Field("ente_capofila", "string", "Ente capofila"),
            Field("enti_coinvolti", "string", "Enti coinvolti", required=False),
            Field("tavolo", "string", "Tavolo di origine", required=False),
            Field("bisogni", "string", "Bisogni e priorità", required=False),
            Field("obiettivi", "string", "Obiettivi", required=False),
            Field("azioni", "string", "Azioni", required=False),
            Field("destinatari", "string", "Destinatari", required=False),
            Field("integrazione", "string", "Integrazione e trasversalità", required=False),
            Field("costo_totale", "number", "Costo totale in euro"),
            _DEMO,
        ),
        _interventions,
        key=("id",),
        of=(("programma", "programmi"),),
    ),
    Table(
        "quote",
        "Quote di spesa",
        (
            Field("id", "integer", "Numero della quota"),
            _OF_INTERVENTION,
            Field("ente", "string", "Ente che paga"),
            Field("tipo_ente", "string", "Tipo di ente"),
            Field("fondo", "string", "Sigla del fondo"),
            Field("importo", "number", "Euro a preventivo"),
            Field("consuntivo", "number", "Euro spesi, se si sa", required=False),
            _ACTIVATED,
        ),
        _shares,
        key=("id",),
        of=(("intervento", "interventi"),),
    ),
    Table(
        "indicatori",
        "Indicatori",
        (
            Field("id", "integer", "Numero dell’indicatore"),
            _OF_INTERVENTION,
            Field("indicatore", "string", "Che cosa si misura"),
            Field("unita", "string", "Unità di misura"),
            Field("atteso", "number", "Valore atteso"),
            Field("misurato", "number", "Valore misurato, se c’è", required=False),
            Field("misurato_il", "date", "Giorno della misura", required=False),
            Field("fonte", "string", "Fonte della misura", required=False),
            Field("responsabile", "string", "Chi misura", required=False),
        ),
        _indicators,
        key=("id",),
        of=(("intervento", "interventi"),),
    ),
    Table(
        "risorse",
        "Risorse strutturali e professionali",
        (
            Field("id", "integer", "Numero della risorsa"),
            _OF_INTERVENTION,
            Field("tipo", "string", "structural o professional"),
            Field("descrizione", "string", "Descrizione"),
            Field("quantita", "number", "Quantità"),
            Field("unita", "string", "Unità di misura", required=False),
            _ACTIVATED,
        ),
        _resources,
        key=("id",),
        of=(("intervento", "interventi"),),
    ),
)
