"""Pages of proposals: listing, searching, submitting, deciding."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from consultazione.core.actor import Role
from consultazione.people.models import Category
from consultazione.proposals.commands.lifecycle import admit_proposal
from consultazione.proposals.commands.supporting import support_proposal
from consultazione.tables.models import TableKind
from tests.support.factories import Factory

WRITTEN = {"title": "Sportello unico", "body": "Uno sportello in ogni Comune, aperto la sera."}


def test_a_proposal_is_written_and_read(client: FlaskClient, make: Factory) -> None:
    table, delegate = make.table(name="Domiciliarità"), make.delegate(Category.APS)
    make.sign_in(client, delegate)
    answer = client.post(f"/tavoli/{table.slug}/proposte/nuova", data=WRITTEN)
    page = client.application.test_client().get(answer.location).text
    for words in ("Sportello unico", "aperto la sera", "Domiciliarità", delegate.display_name):
        assert words in page
    assert f'data-follow="table:{table.id}"' in page


def test_a_visitor_is_led_to_sign_in_and_back(client: FlaskClient, make: Factory) -> None:
    table = make.table()
    answer = client.get(f"/tavoli/{table.slug}/proposte/nuova")
    assert answer.status_code == 302
    assert answer.location.startswith(f"/accedi?next={make.here}/tavoli/")


def test_a_form_that_fails_keeps_what_was_typed(client: FlaskClient, make: Factory) -> None:
    table = make.table()
    make.sign_in(client, make.citizen())
    answer = client.post("/proposte/nuova", data={**WRITTEN, "title": "Sì", "table_id": table.id})
    assert answer.status_code == 422
    assert 'value="Sì"' in answer.text
    assert WRITTEN["body"] in answer.text
    assert f'<option value="{table.id}" selected>' in answer.text
    assert 'href="#field-title"' in answer.text


def test_the_summary_names_the_fields_that_were_left_empty(
    client: FlaskClient, make: Factory
) -> None:
    make.sign_in(client, make.citizen())
    url = f"/tavoli/{make.table().slug}/proposte/nuova"
    page = client.post(url, data={"title": "", "body": ""}).text
    for name, label in (("title", "Titolo"), ("body", "Che cosa proponi")):
        assert f'<a href="#field-{name}">{label}: Compila questo campo.</a>' in page
    assert "Scrivi almeno" not in page


def test_the_unions_table_is_offered_to_their_delegates(client: FlaskClient, make: Factory) -> None:
    table = make.table(TableKind.UNION_CONSULTATION, name="Concertazione")
    make.sign_in(client, make.citizen())
    assert "Concertazione" not in client.get("/proposte/nuova").text
    refused = client.get(f"/tavoli/{table.slug}/proposte/nuova")
    assert (refused.status_code, "<textarea" in refused.text) == (403, False)
    assert "sindacati" in refused.text
    delegate = make.person()
    make.mandate(delegate, make.seated(table.id, Category.UNION))
    make.sign_in(client, make.actor(delegate))
    assert "Concertazione" in client.get("/proposte/nuova").text


def test_what_people_write_runs_nothing(client: FlaskClient, make: Factory) -> None:
    body = "<script>alert(1)</script> [qui](javascript:alert(1)) **forte**, e altro testo."
    proposal = make.proposal(title="<b>Titolo</b> lungo", body=body)
    page = client.get(f"/proposte/{proposal.id}").text
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "<b>Titolo" not in page
    assert "<strong>forte</strong>" in page


def test_the_list_finds_italian_words_tables_and_states(client: FlaskClient, make: Factory) -> None:
    here, there = make.table(name="Qui"), make.table(name="Là")
    first = make.proposal(here, title="Sportello per i caregiver")
    second = make.proposal(there, title="Gruppi di cammino")
    with make.database.transaction(make.holder(Role.FACILITATOR)) as tx:
        admit_proposal(tx, proposal_id=second.id)

    def found(query: str) -> set[str]:
        page = client.get(f"/proposte?{query}").text
        return {p.title for p in (first, second) if p.title in page}

    assert found("") == {first.title, second.title}
    assert found("q=sportelli") == {first.title}
    assert found("tavolo=la") == {second.title}
    assert found("stato=admitted") == {second.title}
    assert found("stato=round&tavolo=nowhere&ordine=x") == {first.title, second.title}
    assert found("q=zzz") == set()
    assert found("q=%00%22%27%28%26") == {first.title, second.title}


def test_the_list_goes_on_by_key_in_either_order(client: FlaskClient, make: Factory) -> None:
    table, citizen = make.table(), make.citizen()
    proposals = [make.proposal(table, citizen) for _ in range(20)]
    loved = proposals[0]
    with make.database.transaction(make.citizen()) as tx:
        support_proposal(tx, proposal_id=loved.id)
    for order, first in (("newest", proposals[-1]), ("supported", loved)):
        one = client.get(f"/proposte?ordine={order}").text
        link = one.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
        two = client.get(link).text
        assert first.title in one
        for proposal in proposals:
            address = f'href="/proposte/{proposal.id}"'
            assert (address in one) + (address in two) == 1


@pytest.mark.parametrize("key", ["x", "1", "1.x", "9" * 40, "-1.5", "99.99999999999999999999"])
def test_a_key_that_was_made_up_is_no_fault(client: FlaskClient, make: Factory, key: str) -> None:
    make.table()
    assert client.get(f"/proposte?dopo={key}").status_code == 200


def test_support_is_one_button_each_way(client: FlaskClient, make: Factory) -> None:
    proposal = make.proposal()
    make.sign_in(client, make.delegate(Category.SOCIAL_COOP))
    page = f"/proposte/{proposal.id}"
    assert f'action="{page}/sostieni"' in client.get(page).text
    after = client.post(f"{page}/sostieni", follow_redirects=True).text
    assert f'action="{page}/non-sostenere"' in after
    assert ": 1</li>" in after
    assert ": 1</li>" not in client.post(f"{page}/non-sostenere", follow_redirects=True).text


def test_the_facilitator_admits_or_says_why_not(client: FlaskClient, make: Factory) -> None:
    table = make.table()
    good, poor = make.proposal(table), make.proposal(table)
    make.sign_in(client, make.holder(Role.FACILITATOR, table.id))
    client.post(f"/proposte/{good.id}/ammetti")
    page = client.get(f"/proposte/{good.id}").text
    assert "state--success" in page
    assert "/ammetti" not in page
    url = f"/proposte/{poor.id}/non-ammettere"
    assert client.post(url, data={"reason": "No"}).status_code == 422
    refused = client.post(url, data={"reason": "Riguarda un altro ente."}, follow_redirects=True)
    assert "Riguarda un altro ente." in refused.text


def test_a_facilitator_of_another_table_does_not(client: FlaskClient, make: Factory) -> None:
    proposal = make.proposal()
    make.sign_in(client, make.holder(Role.FACILITATOR, make.table().id))
    page = f"/proposte/{proposal.id}"
    assert client.get(f"{page}/non-ammettere").status_code == 403
    assert "alert-danger" in client.post(f"{page}/ammetti", follow_redirects=True).text
    assert "/ammetti" not in client.get(page).text


def test_the_author_withdraws(client: FlaskClient, make: Factory) -> None:
    author = make.citizen()
    proposal = make.proposal(author=author)
    make.sign_in(client, author)
    page = f"/proposte/{proposal.id}"
    assert "/sostieni" not in client.get(page).text
    after = client.post(f"{page}/ritira", follow_redirects=True).text
    assert "/ritira" not in after
    assert "/osservazioni/nuova" not in after
    assert "Qui si vedrà il suo cammino" not in after
    assert "Decisa" not in after


@pytest.mark.parametrize("proposal_id", ["0", "9" * 30])
def test_what_is_not_there_is_said(client: FlaskClient, make: Factory, proposal_id: str) -> None:
    assert make.zone
    assert client.get(f"/proposte/{proposal_id}").status_code == 404
