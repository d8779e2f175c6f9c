"""A proposal is changed by its author: versions, supports of an earlier text, REST."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from consultazione.core.actor import Actor, Role
from consultazione.core.errors import Conflict, Invalid, NotAllowed
from consultazione.core.events import FreeText
from consultazione.core.log import read_stream
from consultazione.people.commands.tokens import create_token
from consultazione.people.queries import actor_of
from consultazione.proposals.commands.editing import edit_proposal
from consultazione.proposals.commands.lifecycle import (
    admit_proposal,
    refuse_proposal,
    withdraw_proposal,
)
from consultazione.proposals.commands.supporting import support_proposal
from consultazione.proposals.events import ProposalEdited, SupportRenewed
from consultazione.proposals.history import versions_of
from consultazione.proposals.models import Proposal, ProposalState
from consultazione.proposals.queries import get_proposal, support_by, supports_of_earlier_texts
from consultazione.tables.events import table_stream
from tests.support.factories import Factory
from tests.support.final_commits import final_commits
from tests.support.proposal_story import Story
from tests.support.statements import statements

NEW: dict[str, Any] = {
    "title": "Due sportelli",
    "body": "Due sportelli in ogni Comune, la sera.",
    "reason": "Uno non basta",
}
FORM = {**NEW, "version": "1"}


def author_of(make: Factory, proposal: Proposal) -> Actor:
    with make.session() as session:
        return actor_of(session, proposal.author_id)


def change(make: Factory, proposal: Proposal, who: Actor | None = None, **values: Any) -> Proposal:
    given = {**NEW, "version": 1, **values}
    with make.database.transaction(who or author_of(make, proposal)) as tx:
        return edit_proposal(tx, proposal_id=proposal.id, **given)


def run(make: Factory, who: Actor, command: Any, **values: Any) -> Any:
    with make.database.transaction(who) as tx:
        return command(tx, **values)


def test_the_text_before_stays_readable_and_the_log_has_the_new_one(make: Factory) -> None:
    proposal = make.proposal(title="Uno sportello", body="Uno sportello in ogni Comune.")
    changed = change(make, proposal)
    assert (changed.title, changed.body, changed.version) == (NEW["title"], NEW["body"], 2)
    with make.session() as session:
        kept = [(v.number, v.title, v.reason) for v in versions_of(session, proposal.id)]
        entry = read_stream(session, table_stream(proposal.table_id))[-1]
    assert kept == [(2, "Due sportelli", "Uno non basta"), (1, "Uno sportello", None)]
    assert entry.event == ProposalEdited(
        proposal_id=proposal.id,
        table_id=proposal.table_id,
        version=2,
        title=FreeText(NEW["title"]),
        body=FreeText(NEW["body"]),
        reason=FreeText(NEW["reason"]),
    )


def test_only_the_author_changes_it_and_only_to_something_else(make: Factory) -> None:
    proposal = make.proposal()
    for who in (make.citizen(), make.holder(Role.FACILITATOR)):
        with pytest.raises(NotAllowed, match="Only the author"):
            change(make, proposal, who)
    with pytest.raises(Invalid, match="same as before"):
        change(make, proposal, title=proposal.title, body=proposal.body)


@pytest.mark.parametrize("ended", ["refused", "withdrawn"])
def test_what_is_not_discussed_any_more_is_not_changed(make: Factory, ended: str) -> None:
    proposal = make.proposal()
    if ended == "refused":
        office = make.holder(Role.FACILITATOR)
        run(make, office, refuse_proposal, proposal_id=proposal.id, reason="Fuori tema")
    else:
        run(make, author_of(make, proposal), withdraw_proposal, proposal_id=proposal.id)
    with pytest.raises(Conflict, match="not under discussion"):
        change(make, proposal)


def test_what_published_minutes_conclude_on_stands(make: Factory) -> None:
    story = Story.begin(make)
    story.discuss()
    change(make, story.proposal)
    story.conclude()
    with pytest.raises(Conflict, match="its text stands"):
        change(make, story.proposal, version=2, title="Tre sportelli")


def test_of_two_changes_at_once_one_wins_and_the_other_is_told(engine: Engine) -> None:
    with final_commits(engine) as database:
        make = Factory(database)
        proposal = make.proposal()
        author, start = author_of(make, proposal), Barrier(2)

        def attempt(title: str) -> str:
            start.wait()
            try:
                change(make, proposal, author, title=title)
            except Conflict as refusal:
                return ",".join(refusal.fields)
            return "won"

        with ThreadPoolExecutor(2) as pool:
            ended = sorted(pool.map(attempt, ("Due sportelli", "Tre sportelli")))
    assert ended == ["version", "won"]


def test_a_support_says_for_which_text_it_was_given_and_is_renewed(make: Factory) -> None:
    proposal, friend = make.proposal(), make.citizen()
    run(make, friend, support_proposal, proposal_id=proposal.id, version=1)
    change(make, proposal)
    with make.session() as session:
        changed = get_proposal(session, proposal.id)
        assert supports_of_earlier_texts(session, changed) == 1
    with pytest.raises(Conflict, match="changed in the meantime"):
        run(make, friend, support_proposal, proposal_id=proposal.id, version=1)
    for _ in range(2):
        run(make, friend, support_proposal, proposal_id=proposal.id, version=2)
    with make.session() as session:
        assert supports_of_earlier_texts(session, changed) == 0
        given = support_by(session, friend.person_id, proposal.id)
        renewed = [
            entry.event
            for entry in read_stream(session, table_stream(proposal.table_id))
            if isinstance(entry.event, SupportRenewed)
        ]
    assert given is not None
    assert (given.version, len(renewed)) == (2, 1)


def test_a_text_changed_since_it_was_admitted_can_be_decided_on_again(make: Factory) -> None:
    first, second = make.proposal(), make.proposal()
    office = make.holder(Role.FACILITATOR)
    for proposal in (first, second):
        run(make, office, admit_proposal, proposal_id=proposal.id)
        with pytest.raises(Conflict, match="decided on already"):
            run(make, office, admit_proposal, proposal_id=proposal.id)
        change(make, proposal)
    run(make, office, admit_proposal, proposal_id=first.id)
    ended = run(make, office, refuse_proposal, proposal_id=second.id, reason="Fuori tema")
    assert ended.state is ProposalState.NOT_ADMITTED
    with pytest.raises(Conflict, match="decided on already"):
        run(make, office, refuse_proposal, proposal_id=first.id, reason="Fuori tema")


@pytest.mark.parametrize("decide", [admit_proposal, partial(refuse_proposal, reason="Fuori tema")])
def test_nobody_decides_on_a_text_that_they_have_not_read(
    make: Factory, decide: Callable[..., Proposal]
) -> None:
    proposal, office = make.proposal(), make.holder(Role.FACILITATOR)
    change(make, proposal)
    with pytest.raises(Conflict, match="changed in the meantime"):
        run(make, office, decide, proposal_id=proposal.id, version=1)
    assert run(make, office, decide, proposal_id=proposal.id, version=2).decided_version == 2


def test_pages_decide_on_the_text_that_they_showed(client: FlaskClient, make: Factory) -> None:
    proposal = make.proposal()
    make.sign_in(client, make.holder(Role.FACILITATOR))
    page = f"/proposte/{proposal.id}"
    assert 'name="version" value="1"' in client.get(page).text
    change(make, proposal, body="Un altro testo, che nessuno ha ancora letto.")
    admitted = client.post(f"{page}/ammetti", data={"version": "1"}, follow_redirects=True)
    assert "modificato nel frattempo" in admitted.text
    reason = {"reason": "Non riguarda il piano di zona.", "version": "1"}
    refused = client.post(f"{page}/non-ammettere", data=reason)
    assert refused.status_code == 422
    assert "che nessuno ha ancora letto" in refused.text
    assert 'name="version" value="2"' in refused.text
    assert reason["reason"] in refused.text
    assert client.post(f"{page}/non-ammettere", data={**reason, "version": "2"}).status_code == 302


def test_the_author_changes_it_on_its_page_and_everybody_reads_what_changed(
    client: FlaskClient, make: Factory
) -> None:
    proposal, friend = make.proposal(body="Uno sportello in ogni Comune."), make.citizen()
    run(make, friend, support_proposal, proposal_id=proposal.id)
    page, url = f"/proposte/{proposal.id}", f"/proposte/{proposal.id}/modifica"
    make.sign_in(client, friend)
    assert url not in client.get(page).text
    assert client.get(url).status_code == 403
    make.sign_in(client, author_of(make, proposal))
    assert url in client.get(page).text
    assert client.post(url, data={**FORM, "reason": ""}).status_code == 422
    assert client.post(url, data=FORM).location == page
    make.sign_in(client, friend)
    shown = client.get(page).text
    assert f"{page}/versioni/2" in shown
    assert "Uno non basta" in shown
    assert 'name="version" value="2"' in shown
    changes = client.get(f"{page}/versioni/2").text
    assert ">Uno sportello<" in changes
    assert ">Due sportelli<" in changes
    assert client.get(f"{page}/versioni/1").status_code == 200
    assert client.get(f"{page}/versioni/3").status_code == 404


def test_the_page_reads_no_earlier_text(client: FlaskClient, make: Factory, engine: Engine) -> None:
    proposal = make.proposal()
    with statements(engine) as first:
        client.get(f"/proposte/{proposal.id}")
    run(make, author_of(make, proposal), edit_proposal, proposal_id=proposal.id, version=1, **NEW)
    with statements(engine) as then:
        assert NEW["reason"] in client.get(f"/proposte/{proposal.id}").text
    assert [one for one in first if "proposal_version" in one] == []
    assert [one for one in then if "proposal_version.body" in one] == []


def test_who_was_slower_finds_both_texts(client: FlaskClient, make: Factory) -> None:
    proposal = make.proposal()
    make.sign_in(client, author_of(make, proposal))
    url = f"/proposte/{proposal.id}/modifica"
    assert client.post(url, data=FORM).status_code == 302
    mine = {**FORM, "body": "Tre sportelli, e aperti anche di sabato."}
    answer = client.post(url, data=mine)
    assert answer.status_code == 422
    assert "Tre sportelli, e aperti anche di sabato." in answer.text
    assert "<ins>" in answer.text
    assert 'name="version" value="2"' in answer.text
    assert client.post(url, data={**mine, "version": "2"}).status_code == 302


def test_a_program_changes_it_under_the_etag_that_it_has_read(
    client: FlaskClient, make: Factory
) -> None:
    proposal = make.proposal()
    author = author_of(make, proposal)
    with make.database.transaction(author) as tx:
        key = create_token(tx, person_id=author.person_id or 0, label="test")
    url, token = f"/api/v1/proposals/{proposal.id}", {"Authorization": f"Bearer {key}"}
    tag = client.get(url).headers["ETag"]
    assert client.put(url, json=NEW, headers=token).status_code == 428
    answer = client.put(url, json=NEW, headers={**token, "If-Match": tag})
    assert (answer.status_code, (answer.json or {})["version"]) == (200, 2)
    late = client.put(url, json=NEW, headers={**token, "If-Match": tag})
    assert (late.status_code, late.mimetype) == (412, "application/problem+json")
    texts = client.get(f"{url}/versions").json
    assert isinstance(texts, list)
    assert [text["number"] for text in texts] == [2, 1]
