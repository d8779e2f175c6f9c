"""The PDF of an outcome, to circulate before and after signing."""

from __future__ import annotations

import io
import json

from flask.testing import FlaskClient
from pypdf import PdfReader

from consultazione.core.actor import Role
from consultazione.core.canonical import sha256_of
from consultazione.outcomes.commands.answering import sign_outcome, sign_outcome_with_note
from consultazione.outcomes.commands.ending import close_outcome
from tests.support.signoff_board import Board


def read(client: FlaskClient, board: Board) -> tuple[str, object]:
    """The words of the PDF, and the document that is attached to it."""
    answer = client.get(f"/esiti/{board.outcome_id}.pdf")
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    pdf = PdfReader(io.BytesIO(answer.data))
    (attached,) = pdf.attachments["esito.json"]
    words = " ".join(page.extract_text() for page in pdf.pages)
    return " ".join(words.split()), json.loads(attached)


def test_before_signing_it_is_a_working_copy(client: FlaskClient, board: Board) -> None:
    words, attached = read(client, board)
    assert sha256_of(attached) == board.outcome.digest
    for expected in ("Open a desk.", "Copia di lavoro", *(u.name for u in board.unions)):
        assert expected in words


def test_who_did_not_answer_is_no_more_awaited(client: FlaskClient, board: Board) -> None:
    board.answer(sign_outcome)
    with board.make.database.transaction(board.make.holder(Role.FACILITATOR)) as tx:
        close_outcome(tx, outcome_id=board.outcome_id, reason="The plan cannot wait.")
    words, _attached = read(client, board)
    assert "Senza risposta alla chiusura delle firme" in words
    assert "In attesa" not in words


def test_afterwards_it_says_who_signed_what(client: FlaskClient, board: Board) -> None:
    board.answer(sign_outcome, otherwise=[board.declines(2, "No money in it.")])
    board.answer(sign_outcome_with_note, union=1, note="On *costs*.")
    words, _attached = read(client, board)
    for expected in (
        "La raccolta delle firme è chiusa",
        "No money in it.",
        "On costs.",
        *(delegate.display_name for delegate in board.delegates),
        "Questa conclusione non è stata messa ai voti.",
    ):
        assert expected in words
