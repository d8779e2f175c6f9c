"""Minutes as ODT, and the record that binds those of several sittings."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from consultazione.core import clock
from consultazione.core.actor import Role
from consultazione.minutes.compose.document import compose
from consultazione.minutes.document import draft_document
from consultazione.minutes.models import Minutes
from consultazione.minutes.papers import bound
from consultazione.minutes.papers.single import paper_of
from tests.support.factories import Factory
from tests.support.minutes_desk import Desk
from tests.support.minutes_story import facts
from tests.support.papers import claims, faults, text_of_odt, text_of_pdf, words, words_of_page


def three(make: Factory) -> list[Minutes]:
    """The published minutes of two sittings of a table today, and those of another table."""
    table = make.table()
    held = [make.held(make.sitting(table)) for _ in range(2)] + [make.held()]
    return [
        make.published(make.minutes(sitting), f"Si apre lo sportello {number}.")
        for number, sitting in enumerate(held, 1)
    ]


def at(make: Factory, minutes: Minutes, ending: str = "", **days: Any) -> str:
    """The address of the record of a table's sittings, today's if nothing else is said."""
    with make.session() as session:
        slug = session.get_one(Minutes, minutes.id).sitting.table.slug
    asked = {"dal": clock.today(), "al": clock.today(), **days}
    query = "&".join(f"{name}={day}" for name, day in asked.items())
    return f"{make.here}/tavoli/{slug}/verbale-unico{ending}?{query}"


def test_an_odt_says_what_the_minutes_say(client: FlaskClient, desk: Desk) -> None:
    address = f"/verbali/{desk.minutes.id}.odt"
    assert client.get(address).status_code == 404
    desk.make.sign_in(client, desk.facilitator)
    odt = client.get(address).data
    assert client.get(address).data == odt
    document = draft_document(desk.minutes)
    said = words(text_of_odt(odt))
    for expected in (
        document["facts"]["heading"],
        document["facts"]["opening"],
        document["facts"]["convocation"]["sentence"],
        *(point["title"] for point in document["facts"]["agenda"]),
        "Bozza non approvata",
    ):
        assert words(expected) in said


def test_a_paper_has_votes_questions_and_attendance(desk: Desk) -> None:
    document = draft_document(desk.minutes)
    told = str(paper_of({**document, "facts": compose(facts())}))
    for expected in (
        "Caregiver familiare", "Uno sportello per chi cura", "Anna Rossi, Auser (Volontariato)",
        "Si approva la proposta?", "17:05–18:05", "Punto non trattato.",
    ):  # fmt: skip
        assert expected in told


def test_a_series_binds_the_minutes_of_a_table(
    client: FlaskClient, make: Factory, tmp_path: Path
) -> None:
    first, second, other = three(make)
    page = client.get(at(make, first)).text
    shown = words_of_page(page)
    for minutes in (first, second):
        assert minutes.document is not None
        number = minutes.document["register"]
        assert words(f"{number['number']}/{number['year']} {minutes.digest}") in shown
    assert other.digest not in page
    assert words("Si apre lo sportello 2.") in shown
    pdf, odt = client.get(at(make, first, ".pdf")).data, client.get(at(make, first, ".odt")).data
    assert client.get(at(make, first, ".pdf")).data == pdf
    for made in (words(text_of_pdf(pdf)), words(text_of_odt(odt))):
        assert shown in made
    assert claims(pdf) == ("3", "A", "1")
    assert faults(pdf, tmp_path) == []


def test_a_draft_is_not_bound(client: FlaskClient, make: Factory) -> None:
    table = make.table()
    make.published(make.minutes(make.held(make.sitting(table, title="La prima"))), "Si apre.")
    draft = make.minutes(make.held(make.sitting(table, title="La seconda")))
    make.sign_in(client, make.holder(Role.FACILITATOR, table.id))
    page = client.get(at(make, draft)).text
    assert "La prima" in page
    assert "La seconda" not in page


@pytest.mark.parametrize(
    ("days", "status"),
    [
        ({"al": date(2018, 1, 1)}, 422),
        ({"dal": "ieri"}, 422),
        ({"dal": date(2018, 1, 1), "al": date(2018, 1, 2)}, 422),
    ],
)
def test_days_that_bind_nothing(
    client: FlaskClient, make: Factory, days: dict[str, Any], status: int
) -> None:
    minutes = make.published(make.minutes(), "Si apre.")
    answer = client.get(at(make, minutes, **days))
    assert answer.status_code == status
    assert "alert" in answer.text
    assert client.get(at(make, minutes, ".pdf", **days)).status_code in (404, 422)


def test_without_days_the_page_offers_those_of_the_table(
    client: FlaskClient, make: Factory
) -> None:
    minutes = make.published(make.minutes(), "Si apre.")
    page = client.get(at(make, minutes).partition("?")[0]).text
    assert page.count(f'value="{clock.today().isoformat()}"') == 2
    assert "sha256" not in page
    with make.session() as session:
        draft = make.minutes()
        table_id = session.get_one(Minutes, draft.id).sitting.table_id
        assert bound.span_of(session, table_id) is None


def test_too_many_are_refused(
    client: FlaskClient, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _second, _other = three(make)
    monkeypatch.setattr("consultazione.minutes.papers.series_views.MOST_BOUND", 1)
    assert client.get(at(make, first)).status_code == 422
    yesterday = clock.today() - timedelta(days=1)
    assert client.get(at(make, first, dal=yesterday)).status_code == 422
