"""The page of the search, the box on every page, REST, and what is similar to a text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.support.factories import Factory
from tests.support.visited import read_page

Index = Callable[[], None]


def test_the_box_stands_on_every_page_and_asks_without_a_script(
    client: FlaskClient, make: Factory, index: Index
) -> None:
    make.proposal(title="Ludoteca <b>")
    index()
    for path in (make.here, f"{make.here}/tavoli", "/accedi"):
        page = client.get(path).text
        assert 'id="site-search" name="q" type="search"' in page
    answer = client.get("/cerca?q=ludoteche").text
    assert "<mark>Ludoteca</mark> &lt;b&gt;" in answer


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "tutto ciò che chiunque può leggere"),
        ("il", "Non c’è nessuna parola da cercare"),
        ("x" * 10_000, "primi 200 caratteri"),
        ("introvabile", "Nulla"),
        ("\u202e\u2066", "Non c’è nessuna parola da cercare"),
    ],
)
def test_whatever_is_typed_gets_a_sentence(
    client: FlaskClient, make: Factory, typed: str, said: str
) -> None:
    assert make.table()
    answer = client.get("/cerca", query_string={"q": typed})
    assert answer.status_code == 200
    assert said in read_page(answer.text, "/cerca").words


def test_filters_stay_on_the_next_page(client: FlaskClient, make: Factory, index: Index) -> None:
    table = make.table()
    for number in range(21):
        make.proposal(table, title=f"Mensa {number}")
    index()
    page = client.get(f"/cerca?q=mensa&tipo=proposal&tavolo={table.id}&dal=2000-01-01").text
    assert page.count('class="result"') == 20
    (following,) = [one for one in page.split('"') if "dopo=" in one]
    rest = client.get(following.replace("&amp;", "&")).text
    assert rest.count('class="result"') == 1
    assert f'<option value="{table.id}" selected>' in rest


@pytest.mark.parametrize(
    "asked", ["tipo=x&tavolo=x&categoria=x&stato=x&ciclo=x&dal=x&al=9999-12-31&dopo=x", "zone=x"]
)
def test_unknown_filters_are_ignored_or_not_there(
    client: FlaskClient, make: Factory, asked: str
) -> None:
    assert make.table()
    assert client.get(f"/cerca?q=mensa&{asked}").status_code == (404 if "zone" in asked else 200)


def test_rest_gives_pieces_and_the_next_page(
    client: FlaskClient, make: Factory, index: Index
) -> None:
    table = make.table()
    for number in range(3):
        make.proposal(table, title=f"Mensa {number}", body="Una mensa scolastica.")
    index()
    first = client.get("/api/v1/search?q=mense&limit=2").get_json()
    assert [item["kind"] for item in first["items"]] == ["proposal"] * 2
    assert {"text": "mensa", "found": True} in first["items"][0]["passage"]
    rest = client.get(first["next"]).get_json()
    assert (len(rest["items"]), rest["next"], rest["near"]) == (1, None, False)
    seen = {item["address"] for item in (*first["items"], *rest["items"])}
    assert all(client.get(address).status_code == 200 for address in seen)
    assert len(seen) == 3


def test_similar_proposals(client: FlaskClient, make: Factory, index: Index) -> None:
    table = make.table()
    near = make.proposal(table, title="Trasporto serale per gli anziani", body="Una navetta.")
    make.proposal(table, title="Ludoteca nel parco", body="Per i bambini.")
    index()
    ask = "/api/v1/proposals/similar"
    found = client.get(ask, query_string={"text": "Navette e trasporti di sera per anziani"})
    assert [one["id"] for one in found.get_json()["items"]] == [near.id]
    nothing = client.get(ask, query_string={"text": "Trasporto"}).get_json()
    assert nothing == {"items": []}
    elsewhere = {"text": "Trasporti serali per anziani", "table": make.table().id}
    assert client.get(ask, query_string=elsewhere).get_json() == {"items": []}
    hostile = {"text": "'\\ & | :* <-> trasporto'' serale\\"}
    assert client.get(ask, query_string=hostile).status_code == 200


def test_the_form_of_a_proposal_has_a_place_for_them(client: FlaskClient, make: Factory) -> None:
    table = make.table()
    make.sign_in(client, make.citizen())
    page = client.get(f"{make.here}/tavoli/{table.slug}/proposte/nuova").text
    assert 'data-similar="/api/v1/proposals/similar?' in page
