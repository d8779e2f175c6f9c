"""Signing an outcome with a code of one's app: counts once, and for this document alone."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from consultazione.core.errors import Conflict
from consultazione.documents.signatures import METHODS
from consultazione.documents.signatures.base import Given, Site
from consultazione.outcomes.models import Answer
from tests.support.second_steps import App, turn_on
from tests.support.signoff_board import Board


@pytest.fixture
def app_of_theirs(client: FlaskClient, board: Board) -> App:
    """The first delegate's app."""
    return turn_on(board.make.sign_in(client, board.delegates[0]))


def signed(client: FlaskClient, board: Board, code: str) -> int:
    """The status of the page after the outcome was signed with a code."""
    form = {
        "organisation_id": str(board.unions[0].id),
        "digest": board.outcome.digest,
        "answer": Answer.SIGNED.value,
        "note": "",
    }
    page = client.post(f"/esiti/{board.outcome_id}/riepilogo", data=form).text
    assert 'name="method" value="code"' in page
    given = {"method": "code", "code": code}
    return client.post(f"/esiti/{board.outcome_id}/risposta", data=form | given).status_code


def test_a_delegate_signs_with_a_code(
    client: FlaskClient, board: Board, app_of_theirs: App
) -> None:
    for wrong in ("", "000000", app_of_theirs.codes[0], app_of_theirs.code()):
        assert signed(client, board, wrong) == 422, wrong
    assert signed(client, board, app_of_theirs.code(later=1)) == 302
    party = board.outcome.parties[0]
    assert (party.answer, party.method) == (Answer.SIGNED, "code")


def test_a_code_for_one_document_signs_no_other(
    client: FlaskClient, board: Board, app_of_theirs: App
) -> None:
    way, who = METHODS["code"], board.delegates[0]
    keys = (client.application.config["SECRET_KEY"],)
    with board.make.session() as session:
        found = way.found(session, person_id=who.person_id or 0, digest="a" * 64)
    given = Given(code=app_of_theirs.code(later=1), site=Site(keys=keys))
    proof = way.prove(found, given, digest="a" * 64, at_the_front=lambda: None)
    with pytest.raises(Conflict), board.make.database.transaction(who) as tx:
        way.confirm(tx, digest="b" * 64, proof=proof)
    with board.make.database.transaction(who) as tx:
        way.confirm(tx, digest="a" * 64, proof=proof)
    with pytest.raises(Conflict), board.make.database.transaction(who) as tx:
        way.confirm(tx, digest="a" * 64, proof=proof)
