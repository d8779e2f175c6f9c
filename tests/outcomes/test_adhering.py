"""Organisations that adhere to an outcome without being asked to sign it."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from consultazione.core import clock
from consultazione.core.actor import Actor, Role
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.documents.register import registration_of
from consultazione.outcomes.board.rows import board_of
from consultazione.outcomes.commands.adhering import adhere_to_outcome
from consultazione.outcomes.commands.answering import (
    Signature,
    decline_outcome,
    sign_outcome,
)
from consultazione.outcomes.commands.ending import close_outcome
from consultazione.outcomes.kind import ADHESION, UNION_RECORD
from consultazione.outcomes.models import Adherent
from consultazione.people.models import Organisation, Person
from consultazione.plan.certificates.compose import certificate_of
from consultazione.tables.models import ThematicTable
from consultazione.zones.models import Cycle
from tests.support.factories import PASSWORD, Factory
from tests.support.papers import text_of_pdf
from tests.support.signoff_board import Board, proof_of


def delegate(make: Factory) -> tuple[Organisation, Actor]:
    """An organisation that is not asked to sign, and its delegate."""
    organisation, person = make.organisation(), make.person()
    make.mandate(person, organisation)
    return organisation, make.actor(person)


def adhere(board: Board, who: Actor, organisation_id: int, **over: Any) -> Adherent:
    """What the command answers to a delegate with the right password."""
    digest = over.pop("digest", board.outcome.digest)
    proof = proof_of(board.make, who, digest, over.pop("password", PASSWORD))
    given = {"outcome_id": board.outcome_id, "organisation_id": organisation_id, **over}
    with board.make.database.transaction(who) as tx:
        return adhere_to_outcome(tx, signature=Signature(digest=digest, proof=proof, **given))


def ended(board: Board) -> None:
    """Let the chair end the sign-off."""
    with board.make.database.transaction(board.make.holder(Role.FACILITATOR)) as tx:
        close_outcome(tx, outcome_id=board.outcome_id, reason="Il piano non può aspettare.")


def test_an_organisation_adheres_while_it_is_signed_and_afterwards(board: Board) -> None:
    (first, anna), (second, bruno) = delegate(board.make), delegate(board.make)
    adhere(board, anna, first.id)
    board.answer(sign_outcome)
    ended(board)
    adherent = adhere(board, bruno, second.id)
    assert board.kinds()[-2:] == ["outcome.closed", "outcome.adhered"]
    names = [one.organisation.name for one in board.outcome.adherents]
    assert names == [first.name, second.name]
    with board.make.session() as session:
        record = registration_of(session, UNION_RECORD, board.outcome_id)
        declared = registration_of(session, ADHESION, adherent.id)
    assert record is not None
    assert declared is not None
    assert first.name in str(record.content)
    assert second.name not in str(record.content)
    assert f"Verbale di concertazione n. {record.reference}" in str(declared.content)
    assert "Open a desk." in str(declared.content)


def test_the_certificate_of_an_organisation_tells_of_its_adhesion(board: Board) -> None:
    (first, anna), (other, _) = delegate(board.make), delegate(board.make)
    adherent = adhere(board, anna, first.id)
    with board.make.session() as session:
        declared = registration_of(session, ADHESION, adherent.id)
        table = session.get_one(ThematicTable, board.outcome.table_id)
        cycle = session.get_one(Cycle, table.cycle_id)
        papers = [certificate_of(session, cycle, one, at=clock.now()) for one in (first, other)]
    assert declared is not None
    told = f"dichiarazione n. {declared.reference} del registro dei documenti"
    assert [told in str(paper) for paper in papers] == [True, False]


def test_who_is_refused(board: Board) -> None:
    make, (organisation, anna) = board.make, delegate(board.make)
    with pytest.raises(Conflict):
        adhere(board, board.delegates[0], board.unions[0].id)
    with pytest.raises(NotAllowed):
        adhere(board, board.delegates[0], organisation.id)
    with pytest.raises(Conflict):
        adhere(board, anna, organisation.id, digest="0" * 64)
    with pytest.raises(Invalid):
        adhere(board, anna, organisation.id, password="wrong")
    with pytest.raises(NotFound):
        adhere(board, anna, organisation.id, outcome_id=board.outcome_id + 1)
    chair = make.holder(Role.FACILITATOR)
    with make.session() as session:
        make.mandate(session.get_one(Person, chair.person_id), organisation)
    with pytest.raises(NotAllowed):
        adhere(board, chair, organisation.id)
    adhere(board, anna, organisation.id)
    with pytest.raises(Conflict):
        adhere(board, anna, organisation.id)
    assert board.kinds().count("outcome.adhered") == 1


def test_nobody_adheres_to_what_nobody_signed(board: Board) -> None:
    organisation, anna = delegate(board.make)
    board.answer(decline_outcome, reason="Mancano i fondi.")
    ended(board)
    with pytest.raises(Conflict):
        adhere(board, anna, organisation.id)


def test_a_delegate_of_another_zone_does_not_adhere(board: Board) -> None:
    other = Factory(board.make.database, name="Altra unione")
    organisation, anna = delegate(other)
    with pytest.raises(NotFound):
        adhere(board, anna, organisation.id)


def test_a_delegate_adheres_on_the_page(client: FlaskClient, board: Board) -> None:
    organisation, anna = delegate(board.make)
    board.make.sign_in(client, anna)
    page = f"/esiti/{board.outcome_id}"
    at = f"{page}/adesione"
    assert at in client.get(page).text
    assert organisation.name in client.get(at).text
    sent = {"organisation_id": organisation.id, "digest": board.outcome.digest}
    assert client.post(at, data=sent).status_code == 422
    assert client.post(at, data={**sent, "password": PASSWORD}).status_code == 302
    shown = client.get(page).text
    assert organisation.name in shown
    assert at not in shown
    assert client.get(at).status_code == 403
    assert organisation.name in text_of_pdf(client.get(f"{page}.pdf").data)
    (found,) = client.get(f"/api/v1/outcomes/{board.outcome_id}").get_json()["adherents"]
    assert (found["organisation"], found["method"]) == (organisation.name, "reauthenticated")


def test_who_speaks_for_several_says_for_which(client: FlaskClient, board: Board) -> None:
    make, person = board.make, board.make.person()
    organisations = [make.organisation(), make.organisation()]
    for organisation in organisations:
        make.mandate(person, organisation)
    make.sign_in(client, make.actor(person))
    at = f"/esiti/{board.outcome_id}/adesione"
    assert 'type="password"' not in client.get(at).text
    assert organisations[1].name in client.get(f"{at}?ente={organisations[1].id}").text


def test_a_long_board_is_searched(client: FlaskClient, make: Factory) -> None:
    board = Board.of(make, 60)
    board.answer(sign_outcome, union=7)
    organisation, anna = delegate(make)
    adhere(board, anna, organisation.id)
    outcome = board.outcome
    assert board_of(outcome).count == 61
    signed = board_of(outcome, asked=["signed"])
    assert [one.organisation_id for one in signed.parties] == [board.unions[7].id]
    assert signed.adherents == []
    number = organisation.name.rpartition(" ")[2]
    named = board_of(outcome, words=f"{number} organisation")
    assert organisation.id in [one.organisation_id for one in named.adherents]
    page = client.get(f"/esiti/{board.outcome_id}?posizione=signed").text
    assert page.count('<th scope="row">') == 1
    assert "1 di 61" in page or "1 of 61" in page
