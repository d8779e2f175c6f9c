"""An intervention in the document of its programme, with the fields of a *scheda intervento*."""

from __future__ import annotations

from collections.abc import Iterator

from consultazione.documents.paper.model import Block, Table, facts, text
from consultazione.documents.paper.prose import prose
from consultazione.documents.paper.wording import day_of
from consultazione.programme.amounts import written_money as money
from consultazione.programme.amounts import written_number
from consultazione.programme.kinds import PolicyArea
from consultazione.programme.labels import (
    AREA_NAMES,
    KIND_NAMES,
    LEVEL_NAMES,
    POLICY_NAMES,
    RESOURCE_NAMES,
)
from consultazione.programme.models import Indicator
from consultazione.programme.paper.gather import Described

_WORDS = {
    "objectives": "Obiettivi",
    "actions": "Azioni",
    "recipients": "Destinatari",
    "integration": "Integrazione con altre politiche e azioni",
}


def described(one: Described) -> Iterator[Block]:
    """What stands below the title of an intervention; a language has to be forced around it."""
    yield facts(_facts(one))
    for name, heading in _WORDS.items():
        said = prose(getattr(one.intervention, name))
        if said:
            yield text(heading, "stressed")
            yield from said
    yield from _shares(one)
    yield from _resources(one)
    yield from _indicators(one)


def _facts(one: Described) -> Iterator[tuple[str, str]]:
    row = one.intervention
    yield "Tipo", str(KIND_NAMES[row.kind])
    yield "Macrolivello", str(LEVEL_NAMES[row.level])
    yield "Area di utenza", str(AREA_NAMES[row.area])
    yield "Scheda regionale", row.scheda
    yield "Area del piano regionale", row.regional_area
    yield "Altre politiche", ", ".join(str(POLICY_NAMES[PolicyArea(p)]) for p in row.policies)
    yield "Soggetto capofila", row.lead_body.name
    yield "Altri soggetti coinvolti", "; ".join(one.bodies)
    yield "Concordato al tavolo", row.table.name if row.table else ""
    yield "Bisogni e priorità", "; ".join(one.priorities)
    yield "Costo totale", money(row.total)


def _shares(one: Described) -> Iterator[Block]:
    rows = tuple(
        (
            share.body.name,
            share.fund.name,
            "sì" if share.activated_by_consultation else "no",
            money(share.amount),
        )
        for share in one.shares
    )
    if rows:
        heads = ("Ente che paga", "Fondo", "Trovato dalla consultazione", "Importo")
        yield Table(heads, rows, (4, 4, 2, 2))


def _resources(one: Described) -> Iterator[Block]:
    rows = tuple(
        (
            str(RESOURCE_NAMES[row.kind]),
            row.description,
            f"{written_number(row.quantity)} {row.unit}".strip(),
        )
        for row in one.resources
    )
    if rows:
        yield Table(("Risorse", "Descrizione", "Quantità"), rows, (3, 5, 2))


def _indicators(one: Described) -> Iterator[Block]:
    rows = tuple(
        (
            row.name,
            f"{written_number(row.target)} {row.unit}".strip(),
            _measured(row),
            row.source,
            row.responsible,
        )
        for row in one.indicators
    )
    if rows:
        heads = ("Indicatore", "Valore atteso", "Misurato", "Fonte", "Responsabile")
        yield Table(heads, rows, (4, 2, 3, 3, 3))


def _measured(row: Indicator) -> str:
    if row.measured is None or row.measured_on is None:
        return "non ancora"
    return f"{written_number(row.measured)} {row.unit}".strip() + f", {day_of(row.measured_on)}"
