"""A proposal is evaluated by whom its table asks: in private, until the answer is published."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from consultazione.core import log
from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.errors import Conflict, Invalid, NotAllowed
from consultazione.core.log import EntryRow, TextRow
from consultazione.notices.models import Notice
from consultazione.people.commands.roles import take_role_back
from consultazione.people.models import RoleGrant
from consultazione.people.queries import actor_of
from consultazione.proposals.answers.commands.assigning import assign_evaluator
from consultazione.proposals.answers.commands.noting import (
    erase_evaluation_note,
    write_evaluation_note,
)
from consultazione.proposals.answers.commands.preparing import prepare_answer
from consultazione.proposals.answers.models import EvaluationNote, Verdict
from consultazione.proposals.commands.lifecycle import admit_proposal
from consultazione.proposals.models import Proposal
from tests.support.factories import Factory
from tests.support.told import Told

NOTE = "Costa troppo per quello che rende."


def admitted(make: Factory, **values: object) -> tuple[Proposal, Actor]:
    """A proposal that waits for an answer, and who facilitates its table."""
    proposal = make.proposal(**values)  # type: ignore[arg-type]
    chair = make.holder(Role.FACILITATOR, proposal.table_id)
    with make.database.transaction(chair) as tx:
        admit_proposal(tx, proposal_id=proposal.id)
    return proposal, chair


def refreshed(make: Factory, who: Actor) -> Actor:
    """Somebody as they are now."""
    with make.session() as session:
        return actor_of(session, who.person_id or 0)


def author_of(make: Factory, proposal: Proposal) -> Actor:
    with make.session() as session:
        return actor_of(session, proposal.author_id)


def assign(make: Factory, chair: Actor, proposal: Proposal, who: Actor | None) -> None:
    with make.database.transaction(chair) as tx:
        assign_evaluator(tx, proposal_id=proposal.id, evaluator_id=who.person_id if who else None)


def test_an_evaluator_works_in_private(client: FlaskClient, make: Factory) -> None:
    proposal, chair = admitted(make)
    office, other = make.holder(Role.PLAN_OFFICE), make.holder(Role.ADMINISTRATOR)
    page = f"/proposte/{proposal.id}/valutazione"
    make.sign_in(client, office)
    assert client.get(page).status_code == 403
    assign(make, chair, proposal, office)
    Told(make.database).tell()
    with make.session() as session:
        told = session.scalars(select(Notice.person_id).filter_by(topic="evaluation_asked"))
        assert list(told) == [office.person_id]
    assert proposal.title in client.get(make.here + "/").text
    sent = client.post(f"{page}/note", data={"body": NOTE})
    assert sent.status_code == 302
    answer = {"version": 1, "revision": 0, "verdict": "accepted", "body": "Si farà nel 2019."}
    assert client.post(page, data=answer).status_code == 302
    overtaken = client.post(page, data={**answer, "body": "Le mie parole, che non lo sanno."})
    assert overtaken.status_code == 422  # it was saved meanwhile, and both are shown
    assert answer["body"] in overtaken.text
    assert overtaken.text.count("Le mie parole, che non lo sanno.") == 1  # not in the note too
    shown = client.get(page).text
    assert NOTE in shown
    assert "Si farà nel 2019." in shown
    for who in (make.citizen(), other, author_of(make, proposal)):
        make.sign_in(client, who)
        assert client.get(page).status_code == 403
        assert NOTE not in client.get(f"/proposte/{proposal.id}").text
    make.sign_in(client, make.holder(Role.COORDINATOR, proposal.table_id))
    assert NOTE in client.get(page).text


def test_who_loses_the_role_or_wrote_it_evaluates_it_no_more(make: Factory) -> None:
    proposal, chair = admitted(make)
    office = make.holder(Role.PLAN_OFFICE)
    assign(make, chair, proposal, office)
    with make.session() as session:
        grant = session.scalars(select(RoleGrant).filter_by(person_id=office.person_id)).one()
    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        take_role_back(tx, grant_id=grant.id)
    with pytest.raises(NotAllowed), make.database.transaction(refreshed(make, office)) as tx:
        write_evaluation_note(tx, proposal_id=proposal.id, body=NOTE)
    with pytest.raises(Invalid, match="list"):
        assign(make, chair, proposal, make.citizen())
    author, other = make.holder(Role.FACILITATOR), make.holder(Role.FACILITATOR)
    own, _ = admitted(make, author=author)
    with pytest.raises(NotAllowed, match="wrote"), make.database.transaction(author) as tx:
        write_evaluation_note(tx, proposal_id=own.id, body=NOTE)
    with pytest.raises(Invalid, match="list"):
        assign(make, other, own, author)
    assign(make, other, own, other)


def test_an_erased_note_leaves_the_log_too(make: Factory) -> None:
    proposal, chair = admitted(make)
    with make.database.transaction(chair) as tx:
        note = write_evaluation_note(tx, proposal_id=proposal.id, body=NOTE)
    with make.session() as session:
        entry = session.scalars(select(EntryRow).order_by(EntryRow.position.desc())).first()
    assert entry is not None
    assert NOTE not in str(entry.data)
    other = make.holder(Role.PLAN_OFFICE)
    assign(make, chair, proposal, other)
    with pytest.raises(NotAllowed), make.database.transaction(other) as tx:
        erase_evaluation_note(tx, evaluation_note_id=note.id)
    with make.database.transaction(chair) as tx:
        erase_evaluation_note(tx, evaluation_note_id=note.id)
    with make.session() as session:
        assert session.scalar(select(func.count()).select_from(EvaluationNote)) == 0
        row = session.scalars(select(TextRow).filter_by(leaf=note.leaf)).one_or_none()
        assert row is None or row.sealed is None
        assert not log.words(session, [note.leaf]).get(note.leaf)


def test_only_what_waits_is_answered_and_only_whole_answers_are_ready(make: Factory) -> None:
    proposal, chair = admitted(make)
    at = {"proposal_id": proposal.id, "version": 1, "revision": 0}
    for missing in ({"verdict": None, "body": NOTE}, {"verdict": Verdict.ACCEPTED, "body": "Sì."}):
        with pytest.raises(Invalid), make.database.transaction(chair) as tx:
            prepare_answer(tx, **at, **missing, is_ready=True)
    waiting = make.proposal()
    with pytest.raises(Conflict), make.database.transaction(make.holder(Role.FACILITATOR)) as tx:
        prepare_answer(tx, **{**at, "proposal_id": waiting.id})
    with pytest.raises(NotAllowed), make.database.transaction(SYSTEM) as tx:
        prepare_answer(tx, **at)
