"""Lineage: merged, divided and forwarded proposals lead to each other both ways."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from consultazione.core.actor import Role
from consultazione.core.errors import Conflict, Invalid, NotAllowed
from consultazione.people.queries import actor_of
from consultazione.proposals.commands.supporting import support_proposal
from consultazione.proposals.lineage.commands import (
    divide_proposal,
    forward_proposal,
    merge_proposal,
)
from consultazione.proposals.lineage.models import Way
from consultazione.proposals.lineage.queries import origins_of, successors_of, superseded_for
from consultazione.proposals.models import Proposal, ProposalState
from consultazione.proposals.queries import get_proposal
from tests.support.factories import Factory
from tests.support.proposal_story import Story

REASON = "Dicono la stessa cosa."
PARTS = {
    "title": "La prima metà", "body": "Uno sportello in ogni Comune.",
    "other_title": "La seconda metà", "other_body": "Un autobus per arrivarci, la sera.",
    "reason": "Sono due cose diverse.",
}  # fmt: skip


def test_what_is_merged_leads_to_the_other_and_back(client: FlaskClient, make: Factory) -> None:
    table = make.table()
    one, other, fan = make.proposal(table), make.proposal(table), make.citizen()
    with make.database.transaction(fan) as tx:
        support_proposal(tx, proposal_id=one.id)
    with make.database.transaction(make.holder(Role.FACILITATOR, table.id)) as tx:
        merge_proposal(tx, proposal_id=one.id, into_id=other.id, reason=REASON)
    with make.session() as session:
        assert get_proposal(session, one.id).state is ProposalState.SUPERSEDED
        assert [(s.to_id, s.way) for s in successors_of(session, one.id)] == [
            (other.id, Way.MERGED)
        ]
        assert [o.from_id for o in origins_of(session, other.id)] == [one.id]
        told = superseded_for(session, make.cycle.id, fan.person_id or 0)
    assert [proposal.id for proposal in told] == [one.id]
    assert f'href="/proposte/{other.id}"' in client.get(f"/proposte/{one.id}").text
    assert f'href="/proposte/{one.id}?origine=1"' in client.get(f"/proposte/{other.id}").text
    make.sign_in(client, fan)
    assert "prosegue in un’altra" in client.get(make.here + "/").text
    with make.database.transaction(fan) as tx:
        support_proposal(tx, proposal_id=other.id)
    with make.session() as session:
        assert superseded_for(session, make.cycle.id, fan.person_id or 0) == []


def test_what_is_forwarded_keeps_its_author_and_its_old_address_leads_to_it(
    client: FlaskClient, make: Factory
) -> None:
    table, other = make.table(), make.table()
    proposal = make.proposal(table, need="Manca un autobus.")
    with make.database.transaction(make.holder(Role.FACILITATOR, table.id)) as tx:
        received = forward_proposal(
            tx, proposal_id=proposal.id, table_id=other.id, reason="Tocca all’altro tavolo."
        )
    assert (received.table_id, received.author_id) == (other.id, proposal.author_id)
    assert (received.body, received.need) == (proposal.body, "Manca un autobus.")
    assert received.state is ProposalState.SUBMITTED
    assert client.get(f"/proposte/{proposal.id}").location == f"/proposte/{received.id}"
    assert client.get(f"/proposte/{proposal.id}?origine=1").status_code == 200
    lineage = client.get(f"/api/v1/proposals/{received.id}/lineage").json
    assert [(one["from_id"], one["way"]) for one in lineage] == [(proposal.id, "forwarded")]


def test_the_author_alone_divides_and_both_parts_wait(make: Factory) -> None:
    proposal = make.proposal()
    with pytest.raises(NotAllowed), make.database.transaction(make.citizen()) as tx:
        divide_proposal(tx, proposal_id=proposal.id, version=1, **PARTS)
    with make.session() as session:
        author = actor_of(session, proposal.author_id)
    same = {**PARTS, "other_title": PARTS["title"]}
    with pytest.raises(Invalid), make.database.transaction(author) as tx:
        divide_proposal(tx, proposal_id=proposal.id, version=1, **same)
    with make.database.transaction(author) as tx:
        one, other = divide_proposal(tx, proposal_id=proposal.id, version=1, **PARTS)
    assert (one.title, other.title) == (PARTS["title"], PARTS["other_title"])
    with make.session() as session:
        successors = successors_of(session, proposal.id)
    assert [(s.to_id, s.way) for s in successors] == [
        (one.id, Way.DIVIDED), (other.id, Way.DIVIDED),
    ]  # fmt: skip


def merge(make: Factory, one: Proposal, other: Proposal) -> None:
    with make.database.transaction(make.holder(Role.FACILITATOR, one.table_id)) as tx:
        merge_proposal(tx, proposal_id=one.id, into_id=other.id, reason=REASON)


def test_what_cannot_be_merged(make: Factory) -> None:
    one, other = make.proposal(), make.proposal()
    elsewhere = Factory(make.database, name="Altrove").proposal()
    for into in (one, elsewhere):
        with pytest.raises(Invalid, match="another proposal of this plan"):
            merge(make, one, into)
    merge(make, one, other)
    with pytest.raises(Conflict, match="not under discussion"):
        merge(make, one, other)
    with pytest.raises(Invalid, match="not under discussion"):
        merge(make, other, one)


def test_what_the_table_has_concluded_on_stays_where_it_is(make: Factory) -> None:
    story = Story.begin(make)
    story.discuss()
    story.conclude()
    with pytest.raises(Conflict, match="stays as it is"):
        merge(make, story.proposal, make.proposal(story.table))


def test_forms_merge_forward_and_divide(client: FlaskClient, make: Factory) -> None:
    table, other = make.table(), make.table(name="Anziani")
    one, two, three = (make.proposal(table) for _ in range(3))
    make.sign_in(client, make.holder(Role.FACILITATOR, table.id))
    assert two.title in client.get(f"/proposte/{one.id}/unisci").text
    merged = client.post(f"/proposte/{one.id}/unisci", data={"into_id": two.id, "reason": REASON})
    assert merged.location == f"/proposte/{two.id}"
    assert "Anziani" in client.get(f"/proposte/{two.id}/inoltra").text
    sent = {"table_id": other.id, "reason": REASON}
    assert client.post(f"/proposte/{two.id}/inoltra", data=sent).status_code == 302
    assert client.get(f"/proposte/{three.id}/dividi").status_code == 403
    with make.session() as session:
        make.sign_in(client, actor_of(session, three.author_id))
    assert client.get(f"/proposte/{three.id}/dividi").status_code == 200
    divided = client.post(f"/proposte/{three.id}/dividi", data={**PARTS, "version": "1"})
    assert divided.status_code == 302
    assert PARTS["other_title"] in client.get(f"/proposte/{three.id}").text
