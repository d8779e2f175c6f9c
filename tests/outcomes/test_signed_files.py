"""Signing an outcome by a signed file: what is taken, and what is refused with which words."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from consultazione.core import clock
from consultazione.core.actor import SYSTEM
from consultazione.core.job_outbox import Job
from consultazione.core.log import EntryRow
from consultazione.documents.signatures.models import Signature, SigningCopy
from consultazione.outcomes.commands.copying import freeze_outcome_copy
from consultazione.outcomes.events import OutcomeEditionIssued, outcome_stream
from consultazione.outcomes.models import Answer
from consultazione.people.models import Mandate
from tests.support.factories import PASSWORD
from tests.support.signing_ca import Authority, sign_p7m, sign_pdf
from tests.support.signoff_board import Board
from workers.loops.sweeps import CopySweep


@dataclass
class Desk:
    """A delegate at the page of an outcome whose copy is frozen, and who signs files for them."""

    client: FlaskClient
    board: Board
    authority: Authority
    copy: bytes

    def signs(self, file: bytes, name: str = "esito.pdf", **over: str) -> tuple[int, str]:
        """The status and the words of the page that answers to a file that is handed in."""
        given = {
            "organisation_id": str(self.board.unions[0].id),
            "digest": self.board.outcome.digest,
            "answer": Answer.SIGNED.value,
            "note": "",
            "method": "file",
            "password": PASSWORD,
            **over,
        }
        answer = self.client.post(
            f"/esiti/{self.board.outcome_id}/risposta",
            data={**given, "file": (BytesIO(file), name)},
        )
        found = re.findall(r'<div class="alert alert-danger.*?</div>', answer.text, re.DOTALL)
        words = " ".join(found) or answer.text
        return answer.status_code, html.unescape(" ".join(words.split()))

    def kept(self) -> int:
        """How many signatures are kept."""
        with self.board.make.session() as session:
            return session.scalar(select(func.count(Signature.id))) or 0


@pytest.fixture
def desk(
    client: FlaskClient, board: Board, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Desk:
    """The desk of the first union's delegate, on a site that trusts one authority."""
    authority = Authority()
    settings = client.application.extensions["settings"]
    trusting = type(settings)(**{**vars(settings), "trust_dir": authority.trusted_in(tmp_path)})
    monkeypatch.setitem(client.application.extensions, "settings", trusting)
    with board.make.database.transaction(SYSTEM) as tx:
        frozen = freeze_outcome_copy(tx, outcome_id=board.outcome_id, public_url="http://localhost")
        copy = frozen.content
    board.make.sign_in(client, board.delegates[0])
    client.post("/lingua/en")
    return Desk(client, board, authority, copy)


def test_the_copy_to_be_signed_is_archival_and_bare(desk: Desk) -> None:
    answer = desk.client.get(f"/esiti/{desk.board.outcome_id}/da-firmare.pdf")
    assert answer.data == desk.copy
    with pikepdf.open(BytesIO(desk.copy)) as pdf, pdf.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert metadata["pdfuaid:part"] == "1"
        assert len(pdf.attachments) == 0
    assert "outcome.copy_frozen" in desk.board.kinds()
    with desk.board.make.database.transaction(SYSTEM) as tx:
        freeze_outcome_copy(tx, outcome_id=desk.board.outcome_id, public_url="http://other")
        assert tx.entries == []
    assert owed(desk.board) == []


def owed(board: Board) -> list[tuple[str, str]]:
    """The jobs owed after two sweeps for the outcome, each with the kind of its entry."""
    sweep = CopySweep(board.make.database)
    sweep.turn()
    sweep.turn()
    with board.make.database.snapshot() as session:
        jobs = select(Job.reaction, EntryRow.kind).join_from(Job, EntryRow)
        jobs = jobs.where(EntryRow.stream == outcome_stream(board.outcome_id))
        return [(name, kind) for name, kind in session.execute(jobs.order_by(Job.position))]


def test_a_copy_that_was_never_written_is_owed_to_a_worker(board: Board) -> None:
    assert owed(board) == [("freeze_copy", "outcome.opened")]
    edition = OutcomeEditionIssued(
        outcome_id=board.outcome_id, edition=2, former_sha256="", digest="", order_id=1
    )
    with board.make.database.transaction(SYSTEM) as tx:
        tx.record(outcome_stream(board.outcome_id), edition)
    assert owed(board)[1:] == [("freeze_edition", "outcome.edition_issued")]


@pytest.mark.parametrize(("sign", "method"), [(sign_pdf, "pades"), (sign_p7m, "cades")])
def test_a_signed_copy_is_taken_and_reported(
    desk: Desk, sign: Callable[..., bytes], method: str
) -> None:
    name = desk.board.delegates[0].display_name
    status, words = desk.signs(sign(desk.copy, desk.authority.signer(name)))
    assert (status, desk.kept()) == (302, 1), words
    party = desk.board.outcome.parties[0]
    assert (party.answer, party.method) == (Answer.SIGNED, method)
    report = party.signature.report if party.signature else {}
    assert report["chain"] == "good"
    assert report["name_fits"] is True
    assert report["qualified"] is None
    assert report["revocation"] == "unjudged"
    page = desk.client.get(f"/esiti/{desk.board.outcome_id}").text
    assert f"Signed with the certificate of {name}" in page
    assert "issuer is among those that this site trusts" in page


def test_without_lists_the_report_says_so_and_another_name_is_told(
    desk: Desk, tmp_path: Path
) -> None:
    for path in tmp_path.glob("*.pem"):
        path.unlink()
    status, _words = desk.signs(sign_pdf(desk.copy, desk.authority.signer("Anna Bianchi")))
    assert status == 302
    page = desk.client.get(f"/esiti/{desk.board.outcome_id}").text
    assert "could not be judged: this site has no trusted lists" in page
    assert "the name in the certificate is not that of the person" in page


@pytest.mark.parametrize(
    ("file", "status", "expected"),
    [
        (b"%PDF-1.7 and nothing", 422, "damaged and cannot be read"),
        (b"", 422, "is empty"),
    ],
)
def test_a_refused_file_is_not_kept(desk: Desk, file: bytes, status: int, expected: str) -> None:
    assert desk.signs(file)[0] == status
    assert expected in desk.signs(file)[1]
    assert desk.kept() == 0
    assert desk.board.outcome.parties[0].answer is None


def test_a_file_beyond_the_limit_is_not_read(desk: Desk) -> None:
    desk.client.application.config["MAX_CONTENT_LENGTH"] = 1000
    status, words = desk.signs(bytes(1000))
    assert (status, "too large" in words, desk.kept()) == (413, True, 0)


def test_who_cannot_sign_keeps_nothing(desk: Desk) -> None:
    """Refused after the file was found in order: a mandate over, a refusal, a wrong password."""
    signed = sign_pdf(desk.copy, desk.authority.signer("A"))
    _status, words = desk.signs(signed, answer=Answer.DECLINED.value, note="No.")
    assert "Who signs the file signs the whole document" in words
    _status, words = desk.signs(signed, password="another than that")
    assert "This is not your password" in words
    with desk.board.make.database.transaction(SYSTEM) as tx:
        over = {
            "ends_on": clock.today() - timedelta(days=1),
            "starts_on": clock.today() - timedelta(days=9),
        }
        tx.session.execute(update(Mandate).values(over))
    _status, words = desk.signs(signed)
    assert "Only these may do this: delegate of a union" in words
    assert desk.kept() == 0


def test_a_file_of_another_outcome_and_a_missing_copy_are_refused(desk: Desk) -> None:
    with desk.board.make.database.transaction(SYSTEM) as tx:
        tx.session.delete(tx.session.get_one(SigningCopy, desk.board.outcome.digest))
    status, words = desk.signs(sign_pdf(desk.copy, desk.authority.signer("A")))
    assert (status, desk.kept()) == (422, 0)
    assert "still being written" in words
    assert desk.client.get(f"/esiti/{desk.board.outcome_id}/da-firmare.pdf").status_code == 404
