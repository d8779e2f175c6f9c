"""The approved annual programme (*programma attuativo annuale*) as a document.

Its money as a whole, by fund, by who pays and in the FNPS matrix; then each intervention with the
fields of a *scheda intervento*. Italian, as acts are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flask_babel import force_locale

from consultazione.documents.paper.model import (
    Block,
    Heading,
    Items,
    Paper,
    Table,
    facts,
    part,
    text,
)
from consultazione.documents.paper.wording import day_of
from consultazione.programme.amounts import written_money as money
from consultazione.programme.kinds import AreaOfUse, MacroLevel
from consultazione.programme.labels import AREA_NAMES, LEVEL_NAMES
from consultazione.programme.paper.gather import Books
from consultazione.programme.paper.intervention import described
from consultazione.programme.paper.kind import PROGRAMME
from consultazione.zones.models import Cycle


def programme_document(cycle: Cycle, books: Books) -> Paper:
    """A programme with all its interventions; the cycle is that of the programme."""
    programme = books.programme
    with force_locale("it"):
        return Paper(
            kind=PROGRAMME.name,
            zone=cycle.zone.name,
            plan=f"Piano di zona {cycle.years}",
            title=f"Programma attuativo annuale {programme.year}",
            subject=f"{cycle.zone.name}, anno {programme.year}",
            demo=programme.demo,
            blocks=(
                facts(_summary(cycle, books)),
                *part("Risorse per fondo", _funds(books)),
                *part("Vincoli di destinazione", _earmarks(books)),
                *part("Chi paga", _payers(books)),
                *part("Risorse per macrolivello e area di utenza (FNPS)", _matrix(books)),
                *part("Interventi", _interventions(books)),
                *part("Modifiche dopo l’approvazione", _corrections(books)),
            ),
        )


def _summary(cycle: Cycle, books: Books) -> Iterator[tuple[str, str]]:
    act, total = books.programme.act, books.matrix.total
    yield "Ente capofila", cycle.zone.lead_body
    if act is not None:
        numbered = f", n. {act.number}" if act.number else ""
        yield "Approvato con", f"{act.title}{numbered}, {act.body}, {day_of(act.on_day)}"
    yield "Interventi", str(len(books.interventions))
    yield "Risorse complessive", money(total.planned)
    if total.activated:
        yield "Di cui trovate dalla consultazione", money(total.activated)


def _funds(books: Books) -> Iterator[Block]:
    rows = tuple(
        (
            f"{one.fund.name} ({one.fund.code})",
            one.fund.source,
            "non indicato" if one.has is None else money(one.has),
            money(one.used),
        )
        for one in books.funds
    )
    if rows:
        yield Table(("Fondo", "Fonte", "Disponibile", "Assegnato"), rows, (4, 3, 2, 2))


def _earmarks(books: Books) -> Iterator[Block]:
    rows = tuple(
        (
            one.earmark.fund.name,
            one.earmark.purpose,
            f"{one.earmark.percent.normalize():f}%".replace(".", ","),
            money(one.served),
        )
        for one in books.earmarks
    )
    if rows:
        yield Table(("Fondo", "Scopo", "Quota minima", "Destinato"), rows, (4, 3, 2, 2))


def _payers(books: Books) -> Iterator[Block]:
    rows = tuple(
        (one.body.name, str(one.interventions), money(one.sum.planned)) for one in books.payers
    )
    if rows:
        total = ("Totale", "", money(books.matrix.total.planned))
        yield Table(("Ente", "Interventi", "Importo"), (*rows, total), (5, 2, 3))


def _matrix(books: Books) -> Iterator[Block]:
    if not books.interventions:
        return
    found = books.matrix
    rows = [
        (
            str(LEVEL_NAMES[level]),
            *(money(found.cell(level, area).planned) for area in AreaOfUse),
            money(found.of_level(level).planned),
        )
        for level in MacroLevel
    ]
    last = (
        "Totale",
        *(money(found.of_area(area).planned) for area in AreaOfUse),
        money(found.total.planned),
    )
    areas = (str(AREA_NAMES[area]) for area in AreaOfUse)
    yield Table(("Macrolivello", *areas, "Totale"), (*rows, last), (4, 3, 3, 3, 3))


def _interventions(books: Books) -> Iterator[Block]:
    for number, one in enumerate(books.interventions, 1):
        yield Heading(3, f"{number}. {one.intervention.title}")
        yield from described(one)


def _corrections(books: Books) -> Iterable[Block]:
    told = [f"{day_of(one.corrected_on)}: {one.reason}" for one in books.corrections]
    return (Items(False, tuple((text(one),) for one in told)),) if told else ()
