"""Adding passkeys on the profile page, and signing an outcome with one."""

from __future__ import annotations

import html
import re

from flask.testing import FlaskClient

from consultazione.core import log
from consultazione.outcomes.models import Answer
from consultazione.people.passkeys.challenges import challenge_of, fits, new_word
from tests.support.authenticator import Authenticator
from tests.support.factories import PASSWORD
from tests.support.signoff_board import Board


def told(page: str, name: str) -> str:
    """A hidden field's value, or the options that the browser is given."""
    pattern = r'data-options="([^"]*)"' if name == "options" else rf'name="{name}" value="([^"]*)"'
    found = re.search(pattern, page)
    assert found is not None, name
    return html.unescape(found.group(1))


def authenticator_of(client: FlaskClient) -> Authenticator:
    """One for the site of a client."""
    return Authenticator("http://localhost")


def add(client: FlaskClient, made: Authenticator, password: str = PASSWORD) -> int:
    """The status of the page after a passkey was handed in."""
    page = client.get("/profilo/passkey").text
    given = {
        "label": "Telephone",
        "password": password,
        "word": told(page, "word"),
        "assertion": made.make(told(page, "options")),
    }
    return client.post("/profilo/passkey", data=given).status_code


def signed(client: FlaskClient, board: Board, made: Authenticator, **over: str) -> tuple[int, str]:
    """The status and the page after the outcome was signed with a passkey."""
    form = {
        "organisation_id": str(board.unions[0].id),
        "digest": board.outcome.digest,
        "answer": Answer.SIGNED.value,
        "note": "",
    }
    page = client.post(f"/esiti/{board.outcome_id}/riepilogo", data=form).text
    given = {
        "method": "passkey",
        "challenge": told(page, "challenge"),
        "assertion": made.sign(told(page, "options")),
        **over,
    }
    answer = client.post(f"/esiti/{board.outcome_id}/risposta", data=form | given)
    return answer.status_code, answer.text


def test_a_delegate_adds_a_passkey_signs_and_removes_it(client: FlaskClient, board: Board) -> None:
    board.make.sign_in(client, board.delegates[0])
    made = authenticator_of(client)
    assert add(client, made, "not the password") == 422
    assert add(client, made) == 302
    assert add(client, made) == 422  # it is here already
    status, page = signed(client, board, made)
    assert status == 302, page
    party = board.outcome.parties[0]
    assert (party.answer, party.method) == (Answer.SIGNED, "passkey")
    assert party.signature is not None
    assert party.signature.evidence is not None
    word = party.signature.evidence["word"]
    keys = (client.application.config["SECRET_KEY"],)
    assert fits(word, keys, board.outcome.digest)
    (number,) = re.findall(r"passkey/(\d+)/rimuovi", client.get("/profilo/passkey").text)
    assert client.post(f"/profilo/passkey/{number}/rimuovi").status_code == 302
    assert "Telephone" not in client.get("/profilo/passkey").text
    with board.make.session() as session:
        stream = log.read_stream(session, f"person:{board.delegates[0].person_id}")
    kinds = [entry.kind for entry in stream]
    assert kinds[-2:] == ["passkey.added", "passkey.removed"]


def test_what_no_passkey_of_theirs_signed_is_refused(client: FlaskClient, board: Board) -> None:
    board.make.sign_in(client, board.delegates[0])
    made, other = authenticator_of(client), authenticator_of(client)
    add(client, made)
    keys = (client.application.config["SECRET_KEY"],)
    elsewhere = new_word(keys, "another document")
    assert signed(client, board, other)[0] == 422
    assert signed(client, board, made, challenge=elsewhere)[0] == 422
    made.verifies = False
    assert signed(client, board, made)[0] == 422
    assert board.outcome.parties[0].answer is None


def test_a_challenge_is_for_one_subject() -> None:
    word = new_word(("k" * 32,), "a digest")
    assert fits(word, ("k" * 32,), "a digest")
    assert not fits(word, ("k" * 32,), "another")
    assert not fits(word, ("j" * 32,), "a digest")
    assert len(challenge_of(word)) == 32
