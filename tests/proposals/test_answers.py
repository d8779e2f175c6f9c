"""Answers are published together: one act, one notice for each author; who waits is public."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from consultazione.core import clock, log
from consultazione.core.actor import Role
from consultazione.core.errors import Conflict, Invalid, NotAllowed
from consultazione.core.log import Entry
from consultazione.plan.fates import fate_of
from consultazione.proposals.answers.commands.preparing import prepare_answer
from consultazione.proposals.answers.commands.publishing import (
    publish_proposal_answers,
    set_answer_days,
)
from consultazione.proposals.answers.labels import VERDICTS
from consultazione.proposals.answers.models import ReadAnswer, Verdict
from consultazione.proposals.answers.queries import ready_answers, ready_at
from consultazione.proposals.answers.waiting import count_waiting, late_at, waiting
from consultazione.proposals.commands.editing import edit_proposal
from consultazione.proposals.commands.hiding import hide_proposal
from consultazione.proposals.commands.lifecycle import admit_proposal
from consultazione.proposals.queries import get_proposal
from consultazione.tables.events import table_stream
from tests.support.factories import Factory
from tests.support.proposal_story import Story
from tests.support.proposal_things import prepared_answer
from tests.support.told import Told

WHY = "Si farà nel 2019."
PAGE = "/proposte/in-attesa-di-risposta"


def test_answers_are_published_in_one_act(client: FlaskClient, make: Factory) -> None:
    table, author, other = make.table(), make.citizen(), make.citizen()
    ours = [make.proposal(table, author), make.proposal(table, author), make.proposal(table, other)]
    late = make.proposal(table)
    told = Told(make.database)
    told.tell()
    for proposal in ours:
        prepared_answer(make, proposal)
    chair = prepared_answer(make, late)
    with make.database.transaction(chair) as tx:
        prepare_answer(tx, proposal_id=late.id, version=1, revision=1, body="Da finire.")
    at = f"{make.here}/tavoli/{table.slug}/risposte"
    make.sign_in(client, chair)
    form = client.get(at).text
    assert "Da finire." not in form
    assert form.count("checked") == len(ours)
    sent = {"answers": [f"{proposal.id}.1" for proposal in ours]}
    done = client.post(at, data=sent)
    assert done.status_code == 302
    shown = client.get(done.location).text
    assert all(proposal.title in shown for proposal in ours)
    assert late.title not in shown
    assert client.post(at, data=sent).status_code == 422
    with make.session() as session:
        kinds = [entry.kind for entry in _entries(session, table.id)]
        assert kinds.count("proposal.answered") == len(ours)
        assert kinds.count("answer_batch.published") == 1
        assert (
            fate_of(session, get_proposal(session, ours[0].id)).label == VERDICTS[Verdict.ACCEPTED]
        )
    of_answers = [
        one for one in told.of(author) if one.told and one.told.path.startswith("/risposte/")
    ]
    assert len(of_answers) == 1
    assert "2" in str(of_answers[0].told.sentence)
    assert "proposal_answered" not in told.topics_of(author)
    (alone,) = [one.told for one in told.of(other) if one.notice.topic == "answers_published"]
    assert alone is not None
    assert alone.title == ours[2].title
    page = client.get(f"/proposte/{ours[0].id}").text
    assert WHY in page
    assert done.location in page
    assert client.get(f"/api/v1/proposals/{ours[0].id}/answer").json["verdict"] == "accepted"
    assert client.get(f"/api/v1/proposals/{late.id}/answer").status_code == 404


def test_only_what_was_read_is_published(make: Factory) -> None:
    proposal = make.proposal(author=(author := make.citizen()))
    chair = prepared_answer(make, proposal)
    at = {"table_id": proposal.table_id}
    with pytest.raises(Invalid, match="least one"), make.database.transaction(chair) as tx:
        publish_proposal_answers(tx, **at, answers=[])
    with make.database.transaction(chair) as tx:
        prepare_answer(
            tx, proposal_id=proposal.id, version=1, revision=1, is_ready=True,
            verdict=Verdict.NOT_ACCEPTED, body="Cambiata da altri.",
        )  # fmt: skip
    with make.session() as session:
        for who, number in ((chair, 1), (author, 0)):  # nobody is asked to publish their own
            assert len(ready_answers(session, proposal.table_id, who.person_id)) == number
            assert len(ready_at(session, [proposal.table_id], who.person_id)) == number
    with pytest.raises(Conflict), make.database.transaction(chair) as tx:
        publish_proposal_answers(tx, **at, answers=[ReadAnswer(proposal.id, 1)])
    with pytest.raises(NotAllowed), make.database.transaction(author) as tx:
        publish_proposal_answers(tx, **at, answers=[ReadAnswer(proposal.id, 2)])
    elsewhere = make.table()
    with pytest.raises(Conflict), make.database.transaction(make.holder(Role.FACILITATOR)) as tx:
        publish_proposal_answers(tx, table_id=elsewhere.id, answers=[ReadAnswer(proposal.id, 2)])
    text = {"title": proposal.title, "body": "Another text altogether.", "reason": "Better so"}
    with make.database.transaction(author) as tx:
        edit_proposal(tx, proposal_id=proposal.id, version=1, **text)
    with pytest.raises(Conflict), make.database.transaction(chair) as tx:
        publish_proposal_answers(tx, **at, answers=[ReadAnswer(proposal.id, 2)])
    with make.database.transaction(chair) as tx:
        admit_proposal(tx, proposal_id=proposal.id)
        prepare_answer(
            tx, proposal_id=proposal.id, version=2, revision=2, is_ready=True,
            verdict=Verdict.ACCEPTED, body=WHY,
        )  # fmt: skip
        publish_proposal_answers(tx, **at, answers=[ReadAnswer(proposal.id, 3)])
    with pytest.raises(Conflict, match="stands"), make.database.transaction(author) as tx:
        edit_proposal(tx, proposal_id=proposal.id, version=2, **text)


def test_who_waits_is_public_and_who_waits_too_long(client: FlaskClient, make: Factory) -> None:
    table, admitted_at = make.table(), clock.now() - timedelta(days=31)
    proposals = [make.proposal(table) for _ in range(4)]
    chair = make.holder(Role.FACILITATOR, table.id)
    for days, proposal in enumerate(proposals):
        moment = admitted_at + timedelta(days=days)
        with clock.stopped_at(moment), make.database.transaction(chair) as tx:
            admit_proposal(tx, proposal_id=proposal.id)
    make.proposal(table)  # nobody has admitted it
    with make.database.transaction(chair) as tx:
        hide_proposal(tx, proposal_id=proposals[3].id, reason="Da rivedere.")
    ids = [proposal.id for proposal in proposals[:3]]
    place = (make.cycle.id, make.zone.id)
    with make.session() as session:
        assert [one.id for one in waiting(session, *place, limit=9)] == ids
        assert [one.id for one in waiting(session, *place, after=ids[0], limit=1)] == ids[1:2]
        assert count_waiting(session, *place) == (3, 0)
    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        set_answer_days(tx, zone_id=make.zone.id, days=30)
    with make.session() as session:
        rows = waiting(session, *place, limit=9)
        assert [row.days_left for row in rows] == [-1, 0, 1]
        assert count_waiting(session, *place) == (3, 1)
        assert late_at(session, make.zone.id, [table.id]) == {table.id: 1}
    shown = client.get(f"{make.here}{PAGE}").text
    assert "In ritardo di 1 giorno" in shown
    assert "Oggi è l’ultimo giorno" in shown
    listed = client.get(f"/api/v1/proposals/waiting?zone={make.zone.slug}&limit=1").json
    assert [one["proposal"]["id"] for one in listed["items"]] == ids[:1]
    assert client.get(listed["next"]).json["items"][0]["is_late"] is False
    make.sign_in(client, chair)
    assert "in ritardo" in client.get(f"{make.here}/").text


def test_what_the_table_concluded_on_waits_no_more(make: Factory) -> None:
    story = Story.begin(make)
    with make.session() as session:
        assert len(waiting(session, make.cycle.id, make.zone.id, limit=9)) == 1
    story.discuss()
    story.conclude()
    with make.session() as session:
        assert waiting(session, make.cycle.id, make.zone.id, limit=9) == []
    with pytest.raises(Conflict), make.database.transaction(story.facilitator) as tx:
        prepare_answer(tx, proposal_id=story.proposal.id, version=1, revision=0)


def _entries(session: Session, table_id: int) -> list[Entry]:
    return [e for e in log.read_forward(session, after=0, limit=5000)
            if e.stream == table_stream(table_id)]  # fmt: skip
