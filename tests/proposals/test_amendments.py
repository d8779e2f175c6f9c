"""Amendments: exact changes that an author takes over word for word, or refuses."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from consultazione.core.actor import Actor, Role
from consultazione.core.audit import state_faults
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.people.commands.tokens import create_token
from consultazione.people.queries import actor_of
from consultazione.proposals.amendments.commands import (
    accept_amendment,
    refuse_amendment,
    withdraw_amendment,
)
from consultazione.proposals.amendments.models import AmendmentState, ProposalAmendment
from consultazione.proposals.amendments.paragraphs import paragraphs, replaced
from consultazione.proposals.amendments.queries import (
    awaiting_author,
    count_amendments,
    get_amendment,
    origin_of,
)
from consultazione.proposals.commands.editing import edit_proposal
from consultazione.proposals.commands.hiding import hide_proposal, show_proposal
from consultazione.proposals.models import Proposal
from consultazione.proposals.queries import get_proposal
from tests.support.factories import Factory
from tests.support.proposal_things import amendment

TEXT = "Uno sportello in ogni Comune.\n\nAperto la sera.\n\n- di lunedì\n- di giovedì"


def author_of(make: Factory, proposal: Proposal) -> Actor:
    with make.session() as session:
        return actor_of(session, proposal.author_id)


def test_paragraphs_are_told_apart_and_replaced_one_by_one() -> None:
    assert paragraphs(TEXT)[1:] == ["Aperto la sera.", "- di lunedì\n- di giovedì"]
    assert replaced(TEXT, "Aperto la sera.", "Aperto sempre.") == TEXT.replace("la sera", "sempre")
    assert replaced(TEXT, "Aperto la sera.", "") == (
        "Uno sportello in ogni Comune.\n\n- di lunedì\n- di giovedì"
    )
    assert replaced(TEXT, "Aperto", "Chiuso") is None
    assert paragraphs("Uguale.\n\nUguale.\n\nAltro.") == ["Altro."]


def test_an_accepted_amendment_is_a_new_version_that_names_it(make: Factory) -> None:
    proposal = make.proposal(body=TEXT)
    proposed = amendment(make, proposal, old="Aperto la sera.", new="Aperto il sabato.")
    with make.database.transaction(author_of(make, proposal)) as tx:
        accept_amendment(tx, amendment_id=proposed.id, version=1)
    with make.session() as session:
        now, origin = get_proposal(session, proposal.id), origin_of(session, proposal.id, 2)
        assert (now.version, now.body) == (2, TEXT.replace("la sera", "il sabato"))
        assert origin is not None
        assert (origin.id, origin.state) == (proposed.id, AmendmentState.ACCEPTED)
    with (
        pytest.raises(Conflict, match="answer already"),
        make.database.transaction(author_of(make, proposal)) as tx,
    ):
        accept_amendment(tx, amendment_id=proposed.id, version=2)


def test_the_author_alone_decides_and_in_the_text_that_they_have_read(make: Factory) -> None:
    proposal = make.proposal(body=TEXT)
    proposed = amendment(make, proposal, old="Aperto la sera.", new="Aperto il sabato.")
    with pytest.raises(NotAllowed), make.database.transaction(make.citizen()) as tx:
        accept_amendment(tx, amendment_id=proposed.id, version=1)
    author = author_of(make, proposal)
    with make.database.transaction(author) as tx:
        edit_proposal(
            tx, proposal_id=proposal.id, version=1, title="Altro titolo", body=TEXT, reason="Refuso"
        )
    with pytest.raises(Conflict, match="changed"), make.database.transaction(author) as tx:
        accept_amendment(tx, amendment_id=proposed.id, version=1)
    with make.database.transaction(author) as tx:
        assert accept_amendment(tx, amendment_id=proposed.id, version=2).version == 3


def test_a_paragraph_that_was_changed_since_is_not_overwritten(make: Factory) -> None:
    proposal = make.proposal(body=TEXT)
    first = amendment(make, proposal, old="Aperto la sera.", new="Aperto il sabato.")
    second = amendment(make, proposal, old="Aperto la sera.", new="Aperto di domenica.")
    author = author_of(make, proposal)
    with make.database.transaction(author) as tx:
        accept_amendment(tx, amendment_id=first.id, version=1)
    with make.session() as session:
        assert get_amendment(session, second.id).is_overtaken
    with pytest.raises(Conflict, match="does not stand"), make.database.transaction(author) as tx:
        accept_amendment(tx, amendment_id=second.id, version=2)
    with make.database.transaction(author) as tx:
        refuse_amendment(tx, amendment_id=second.id, reason="Il testo è già cambiato")
    with make.session() as session:
        refused = get_amendment(session, second.id)
    assert (refused.state, refused.answer) == (AmendmentState.REFUSED, "Il testo è già cambiato")


def test_what_cannot_be_amended(make: Factory) -> None:
    proposal = make.proposal(body=TEXT)
    with pytest.raises(Conflict, match="does not stand"):
        amendment(make, proposal, old="Aperto sempre.", new="Aperto di notte.")
    with pytest.raises(Invalid, match="stands there now"):
        amendment(make, proposal, old="Aperto la sera.", new="Aperto la sera.")
    with pytest.raises(Invalid, match="too long"):
        amendment(make, proposal, old="Aperto la sera.", new="a" * 10_000)


def test_who_proposed_it_takes_it_back(make: Factory) -> None:
    proposed: ProposalAmendment = amendment(make, make.proposal())
    with make.session() as session:
        who = actor_of(session, proposed.author_id)
    with make.database.transaction(who) as tx:
        withdrawn = withdraw_amendment(tx, amendment_id=proposed.id)
    assert withdrawn.state is AmendmentState.WITHDRAWN


def test_what_quotes_a_hidden_text_is_hidden_and_comes_back(
    client: FlaskClient, make: Factory
) -> None:
    proposal = make.proposal(body=TEXT, need="La sera è chiuso.", effect="Chi lavora ci va.")
    proposed = amendment(make, proposal, old="Aperto la sera.", new="Aperto il sabato.")
    pages = (
        f"/proposte/{proposal.id}/emendamenti", f"/api/v1/proposals/{proposal.id}/amendments"
    )  # fmt: skip
    facilitator = make.holder(Role.FACILITATOR)
    with make.database.transaction(facilitator) as tx:
        hide_proposal(tx, proposal_id=proposal.id, reason="Offende.")
    assert [client.get(page).status_code for page in pages] == [404, 404]
    with make.session() as session:
        who = actor_of(session, proposed.author_id)
        hidden = get_proposal(session, proposal.id)
        assert (hidden.need, hidden.effect) == (None, None)
        assert count_amendments(session, proposal.id) == {}
        assert awaiting_author(session, make.cycle.id, proposal.author_id) == []
        assert list(state_faults(session)) == []
    with pytest.raises(NotFound, match="hidden"), make.database.transaction(who) as tx:
        withdraw_amendment(tx, amendment_id=proposed.id)
    with make.database.transaction(facilitator) as tx:
        show_proposal(tx, proposal_id=proposal.id, reason="Era una citazione.")
    assert [client.get(page).status_code for page in pages] == [200, 200]
    with make.session() as session:
        shown = get_proposal(session, proposal.id)
        assert (shown.need, shown.effect) == ("La sera è chiuso.", "Chi lavora ci va.")
        assert list(state_faults(session)) == []


def test_pages_lead_from_a_paragraph_to_its_new_words(client: FlaskClient, make: Factory) -> None:
    proposal = make.proposal(body=TEXT)
    page = f"/proposte/{proposal.id}/emendamenti"
    make.sign_in(client, make.citizen())
    form = client.get(f"{page}/nuovo?parte=body&paragrafo=2").text
    assert '<input type="hidden" name="old" value="Aperto la sera.">' in form
    fields = {"version": "1", "part": "body", "old": "Aperto la sera.", "reason": "Chi lavora"}
    answer = client.post(f"{page}/nuovo", data={**fields, "new": "Aperto il sabato."})
    assert "#emendamento-" in answer.location
    assert client.get(f"{page}/nuovo?parte=body&paragrafo=9").status_code == 404
    assert client.post(f"{page}/nuovo", data={}).status_code == 422
    make.sign_in(client, author_of(make, proposal))
    number = answer.location.rpartition("-")[2]
    assert "attende te" in client.get(make.here + "/").text
    assert f"/emendamenti/{number}/accetta" in client.get(page).text
    client.post(f"/emendamenti/{number}/accetta", data={"version": "1"})
    assert "Aperto il sabato." in client.get(f"/proposte/{proposal.id}").text
    assert "Da un emendamento di" in client.get(f"/proposte/{proposal.id}/versioni/2").text


def test_programs_amend_and_answer_too(client: FlaskClient, make: Factory) -> None:
    proposal, person = make.proposal(body=TEXT), make.person()
    with make.database.transaction(make.actor(person)) as tx:
        token = create_token(tx, person_id=person.id, label="Prova")
    asked = {"version": 1, "part": "body", "old": "Aperto la sera.", "reason": "Chi lavora"}
    url = f"/api/v1/proposals/{proposal.id}/amendments"
    headers = {"Authorization": f"Bearer {token}"}
    answer = client.post(url, json={**asked, "new": "Aperto il sabato."}, headers=headers)
    assert (answer.status_code, answer.json["state"]) == (201, "pending")
    refused = client.put(
        f"/api/v1/amendments/{answer.json['id']}/acceptance", json={"version": 1}, headers=headers
    )
    assert refused.status_code == 403
    assert [one["new"] for one in client.get(url).json] == ["Aperto il sabato."]
