"""A chapter of hundreds of blocks costs a reader no more than a short one, and loses none."""

from __future__ import annotations

import html
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from consultazione.core.actor import Actor, Role
from consultazione.plan.blocks.commands.removing import remove_block
from consultazione.plan.blocks.place_views import BLOCKS_A_PAGE
from consultazione.plan.commands.writing import write_paragraph
from consultazione.zones.queries import chapters
from tests.support.factories import Factory
from tests.support.statements import counted


@pytest.fixture
def office(make: Factory) -> Actor:
    """A person of the plan office."""
    return make.holder(Role.PLAN_OFFICE)


@pytest.fixture
def client(app: Flask, make: Factory, office: Actor) -> FlaskClient:
    """The browser of the plan office, which asks for English."""
    client = make.sign_in(app.test_client(), office)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def written(make: Factory, office: Actor, count: int) -> list[int]:
    """So many paragraphs more at the end of the first chapter; their ids."""
    with make.session() as session:
        chapter_id = chapters(session, make.cycle.id)[0].id
    with make.database.transaction(office) as tx:
        rows = [write_paragraph(tx, chapter_id=chapter_id, body="Un testo.") for _ in range(count)]
    return [row.id for row in rows]


def shown(page: str) -> list[int]:
    """The ids of the blocks on a chapter's page."""
    return [int(found) for found in re.findall(r'id="paragrafo-(\d+)"', page)]


def next_of(page: str) -> str | None:
    """The address of the next page of the text."""
    found = re.search(r'rel="next" href="([^"]+)"', page)
    return html.unescape(found[1]) if found else None


@pytest.mark.parametrize("page", ["", "/stato", "/bisogni", "/senza-risposta"])
def test_pages_of_the_plan_cost_the_same_however_long_a_chapter_is(
    app: Flask, make: Factory, office: Actor, engine: Engine, page: str
) -> None:
    visitor = app.test_client()

    def cost() -> tuple[int, int]:
        with counted(engine) as reading:
            visitor.get(f"{make.here}/piano{page}")
        return reading.statements, reading.rows

    written(make, office, 2 * BLOCKS_A_PAGE)
    cost()
    before = cost()
    written(make, office, 4 * BLOCKS_A_PAGE)
    assert cost() == before


def test_the_office_has_the_whole_text_looked_through_at_once(
    client: FlaskClient, make: Factory, office: Actor, engine: Engine
) -> None:
    def cost() -> tuple[int, int]:
        with counted(engine) as reading:
            client.get(f"{make.here}/piano/stato")
        return reading.statements, reading.rows

    written(make, office, 2)
    cost()
    statements, rows = cost()
    written(make, office, BLOCKS_A_PAGE)
    assert cost() == (statements, rows + BLOCKS_A_PAGE)


def test_a_chapter_costs_the_same_however_long_it_is(
    client: FlaskClient, make: Factory, office: Actor, engine: Engine
) -> None:
    def cost(path: str) -> tuple[int, int, int]:
        with counted(engine) as reading:
            page = client.get(path).text
        return reading.statements, reading.rows, len(shown(page))

    written(make, office, BLOCKS_A_PAGE + 1)
    client.get(f"{make.here}/piano/capitoli/1")
    before = cost(f"{make.here}/piano/capitoli/1")
    written(make, office, 8 * BLOCKS_A_PAGE)
    assert before[2] == BLOCKS_A_PAGE
    assert cost(f"{make.here}/piano/capitoli/1") == before
    assert cost(f"{make.here}/piano/capitoli/1?dopo_blocco={3 * BLOCKS_A_PAGE}") == before


def test_the_pages_of_a_chapter_hold_each_block_once(
    client: FlaskClient, make: Factory, office: Actor
) -> None:
    ids = written(make, office, 2 * BLOCKS_A_PAGE + 1)
    path: str | None = f"{make.here}/piano/capitoli/1"
    seen: list[int] = []
    while path:
        page = client.get(path).text
        seen += shown(page)
        path = next_of(page)
    assert seen == ids
    assert "Back to the beginning" in page


@pytest.mark.parametrize("rank", [1, BLOCKS_A_PAGE, BLOCKS_A_PAGE + 1, 2 * BLOCKS_A_PAGE + 1])
def test_the_page_of_a_block_leads_to_its_place(
    client: FlaskClient, make: Factory, office: Actor, rank: int
) -> None:
    block_id = written(make, office, 2 * BLOCKS_A_PAGE + 1)[rank - 1]
    page = client.get(f"/piano/paragrafi/{block_id}").text
    place = re.search(rf'href="([^"]+#paragrafo-{block_id})"', page)
    assert place
    assert block_id in shown(client.get(html.unescape(place[1])).text)


def test_after_a_change_the_office_is_back_at_the_block(
    client: FlaskClient, make: Factory, office: Actor
) -> None:
    last = written(make, office, BLOCKS_A_PAGE + 1)[-1]
    sent = {"version": 1, "body": "Un altro testo.", "reason": "Così ha deciso il tavolo."}
    place = client.post(f"/piano/paragrafi/{last}/modifica", data=sent).location
    assert shown(client.get(place).text) == [last]
    sent = {"body": "Un paragrafo dell’ufficio di piano."}
    new = client.post(f"{make.here}/piano/capitoli/1/nuovo-paragrafo", data=sent).location
    assert "Un paragrafo dell’ufficio di piano." in client.get(new).text


def test_a_removed_block_has_no_place_in_the_chapter(
    client: FlaskClient, make: Factory, office: Actor
) -> None:
    first, *_others = written(make, office, 2)
    with make.database.transaction(office) as tx:
        remove_block(tx, block_id=first, version=1, reason="Non serve più.")
    page = client.get(f"/piano/paragrafi/{first}").text
    assert f'href="{make.here}/piano/capitoli/1"' in page
    assert f"#paragrafo-{first}" not in page


@pytest.mark.parametrize("after", [2, 10**9, 2**31 - 1, 2**63 - 1])
def test_beyond_the_end_a_page_leads_back(
    client: FlaskClient, make: Factory, office: Actor, after: int
) -> None:
    written(make, office, 1)
    answer = client.get(f"{make.here}/piano/capitoli/1?dopo_blocco={after}")
    assert answer.status_code == 200
    assert "Nothing is written in this chapter yet." not in answer.text
    assert "Back to the beginning" in answer.text
