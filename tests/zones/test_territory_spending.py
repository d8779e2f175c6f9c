"""A territory's zones side by side: what each plans to spend, by inhabitant, and measures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from flask.testing import FlaskClient

from consultazione.home.comparison import side_by_side
from consultazione.home.spending import Spending
from consultazione.programme.commands.results import add_indicator, measure_indicator
from consultazione.sharing.commands.figures import record_figures
from consultazione.zones.models import Territory
from tests.support.books import Books
from tests.support.factories import Factory


@pytest.fixture
def books(make: Factory) -> Books:
    """Two interventions of 2018, with two indicators, one of them measured; one of 2017."""
    books = Books(make)
    fund = books.fund()
    costly = books.intervention((fund, "1000.00"))
    books.intervention((fund, "0.50"))
    for name in ("persone", "ore"):
        indicator = books.run(
            add_indicator, intervention_id=costly.id, name=name, unit="n", target=Decimal(9),
            source="cartelle", responsible="ufficio",
        )  # fmt: skip
    books.run(
        measure_indicator, indicator_id=indicator.id, measured=Decimal(8),
        on_day=date(2018, 3, 1), evidence="conteggio",
    )  # fmt: skip
    books.open(2019)
    return books


def counted(books: Books, *populations: int, year: int = 2018) -> None:
    """Record the inhabitants of the first municipalities of the zone."""
    for body, population in zip(books.payers, populations, strict=False):
        books.run(
            record_figures, body_id=body.id, year=year, source="anagrafe", population=population
        )


def spending(make: Factory, territory: Territory) -> Spending | None:
    with make.session() as session:
        (column,) = side_by_side(session, territory.id)
        return column.spending


def test_the_last_year_with_interventions_is_divided_by_the_inhabitants(
    make: Factory, territory: Territory, books: Books
) -> None:
    assert spending(make, territory) == Spending(2018, 2, Decimal("1000.50"), 2, 1)
    counted(books, 100, 200, 1, year=2017)
    counted(books, 100, 200, 2, year=2017)
    counted(books, 1000, 2000, 3000, year=2019)
    found = spending(make, territory)
    assert found is not None
    assert (found.counted_in, found.inhabitants) == (2017, 302)
    assert found.per_inhabitant == Decimal("3.31")


def test_without_the_inhabitants_of_one_municipality_nothing_is_divided(
    make: Factory, territory: Territory, books: Books, client: FlaskClient
) -> None:
    counted(books, 100, 200)
    found = spending(make, territory)
    assert found is not None
    assert found.per_inhabitant is None
    page = client.get(f"/territorio/{territory.slug}").text
    assert "Di almeno un Comune non si conoscono gli abitanti." in page
    counted(books, 100, 200, 300)
    page = client.get(f"/territorio/{territory.slug}").text
    assert "1,67\u00a0€ per abitante" in page
    assert f'href="{make.here}/programma/2018"' in page


def test_a_zone_that_plans_nothing_yet_spends_nothing(make: Factory, territory: Territory) -> None:
    assert spending(make, territory) is None
