"""Pages of tables: open to everybody, edited by those who run the table."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from consultazione.core.actor import Role
from consultazione.tables import views
from consultazione.tables.models import TableKind
from tests.support.factories import Factory


def test_the_tables_are_listed_with_kind_remit_and_coordinator(
    client: FlaskClient, make: Factory
) -> None:
    make.table(TableKind.CROSS_CUTTING, name="Povertà", coordinator="Ass. Anna Bianchi")
    page = client.get("/tavoli").text
    for words in ("Povertà", "Home care and neighbourhoods", "Ass. Anna Bianchi"):
        assert words in page


def test_no_table_yet_is_said(client: FlaskClient, make: Factory) -> None:
    assert make.zone
    assert 'class="empty"' in client.get("/tavoli").text


def test_a_table_shows_what_happens_there_and_is_followed(
    client: FlaskClient, make: Factory
) -> None:
    table = make.table()
    proposal = make.proposal(table)
    page = client.get(f"/tavoli/{table.slug}").text
    assert proposal.title in page
    assert f'data-follow="table:{table.id}" data-after="2"' in page
    assert f"/tavoli/{table.slug}/materiali/nuovo" not in page


def test_who_runs_the_table_finds_its_actions(client: FlaskClient, make: Factory) -> None:
    table, other = make.table(), make.table()
    make.sign_in(client, make.holder(Role.FACILITATOR, table.id))
    assert f"/tavoli/{table.slug}/materiali/nuovo" in client.get(f"/tavoli/{table.slug}").text
    assert "materiali/nuovo" not in client.get(f"/tavoli/{other.slug}").text
    assert client.get(f"/tavoli/{other.slug}/componenti").status_code == 403


def test_an_unknown_table_is_a_page_that_says_so(client: FlaskClient, make: Factory) -> None:
    assert make.zone
    assert client.get("/tavoli/niente").status_code == 404


def test_an_organisation_is_seated_through_the_form(client: FlaskClient, make: Factory) -> None:
    table, organisation = make.table(), make.organisation()
    make.sign_in(client, make.holder(Role.FACILITATOR, table.id))
    url = f"/tavoli/{table.slug}/componenti"
    assert client.post(url, data={"organisation_id": ""}).status_code == 422
    answer = client.post(url, data={"organisation_id": organisation.id}, follow_redirects=True)
    assert organisation.name in answer.text


def test_a_table_is_set_up_through_the_form(client: FlaskClient, make: Factory) -> None:
    make.sign_in(client, make.holder(Role.PLAN_OFFICE))
    values = {"name": "Casa e lavoro", "kind": "thematic", "remit": "Abitare.", "coordinator": ""}
    kept = client.post("/nuovo-tavolo", data={**values, "kind": "round"})
    assert kept.status_code == 422
    assert "Casa e lavoro" in kept.text
    answer = client.post("/nuovo-tavolo", data=values)
    assert answer.location == f"{make.here}/tavoli/casa-e-lavoro"
    assert client.post("/nuovo-tavolo", data=values).status_code == 422


def test_a_citizen_does_not_reach_the_form(client: FlaskClient, make: Factory) -> None:
    assert make.zone
    assert client.get("/nuovo-tavolo").status_code == 302
    make.sign_in(client, make.citizen())
    assert client.get("/nuovo-tavolo").status_code == 403


def test_sittings_and_materials_go_on_page_by_page(
    client: FlaskClient, make: Factory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "SITTINGS_A_PAGE", 2)
    monkeypatch.setattr(views, "MATERIALS_A_PAGE", 2)
    table = make.table()
    sittings = [make.sitting(table, title=f"Seduta {n}") for n in range(3)]
    papers = [make.material(table, tmp_path, title=f"Carta {n}") for n in range(3)]
    own = make.material(table, tmp_path, title="Della seduta", sitting_id=sittings[0].id)
    url = f"{make.here}/tavoli/{table.slug}"
    page = client.get(url).text
    shown = [words in page for words in ("Seduta 2", "Seduta 0", "Carta 2", "Carta 0", own.title)]
    assert shown == [True, False, True, False, False]
    for after in (
        f"?sedute_prima={sittings[1].id}#sedute",
        f"?materiali_prima={papers[1].id}#materiali",
    ):
        assert f'href="{url}{after}"' in page
    rest = client.get(f"{url}?sedute_prima={sittings[1].id}&materiali_prima={papers[1].id}").text
    shown = [words in rest for words in ("Seduta 2", "Seduta 0", "Carta 2", "Carta 0", own.title)]
    assert shown == [False, True, False, True, True]
