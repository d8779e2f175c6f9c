"""The verify page, without a browser: known, altered, foreign, signed."""

from __future__ import annotations

import hashlib
import re
from io import BytesIO

import pytest
from flask.testing import FlaskClient

from consultazione.core import log
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.documents.register import registration_of
from consultazione.documents.seals.models import DocumentSeal
from consultazione.documents.seals.queries import seal_of
from consultazione.minutes.kind import MINUTES
from consultazione.outcomes.commands.copying import freeze_outcome_copy
from consultazione.verification.revisions import revisions
from tests.support.signing_ca import Authority, sign_p7m, sign_pdf
from tests.support.signoff_board import Board, open_board
from tests.support.spoilt_pdfs import with_note
from workers import seals


@pytest.fixture
def board(database: Database) -> Board:
    """An outcome open for sign-off, whose copy is frozen."""
    return open_board(database)


def frozen(board: Board) -> bytes:
    """The copy to be signed."""
    with board.make.database.transaction(SYSTEM) as tx:
        return freeze_outcome_copy(
            tx, outcome_id=board.outcome_id, public_url="http://localhost"
        ).content


def sealed_minutes(board: Board) -> tuple[str, bytes]:
    """The digest of the minutes' sealed PDF, and its bytes; the job runs twice."""
    minutes = board.outcome.minutes
    stream = f"minutes:{minutes.sitting_id}"
    with board.make.session() as session:
        entries = log.read_stream(session, stream)
    entry = next(one for one in entries if one.kind == "minutes.published")
    for _ in range(2):
        with board.make.database.transaction(SYSTEM) as tx:
            seals.seal_minutes(tx, entry)
    with board.make.session() as session:
        kinds = [one.kind for one in log.read_stream(session, stream)]
        seal: DocumentSeal | None = seal_of(session, stream)
        assert kinds.count("document.sealed") == 1
        assert seal is not None
        return seal.sha256, seal.content


def said(client: FlaskClient, file: bytes) -> str:
    """What the page says of a file that is sent."""
    client.post("/lingua/en")
    page = client.post("/verifica", data={"file": (BytesIO(file), "file.pdf")})
    assert page.status_code == 200
    return " ".join(page.text.split())


def test_a_sealed_document_is_known_and_an_altered_one_is_not(
    client: FlaskClient, board: Board
) -> None:
    digest, content = sealed_minutes(board)
    assert client.get(f"/sigilli/{digest}.pdf").data == content
    assert client.get(f"/sigilli/{'0' * 64}.pdf").status_code == 404
    altered = content.replace(b"%PDF-1.7", b"%PDF-1.6")
    assert altered != content
    page = said(client, content)
    assert "sealed document that was published here, unaltered" in page
    assert "demonstration's certificate" in page
    assert "begins as that does, and was changed afterwards" in said(client, with_note(content))
    assert "No such file was published here" in said(client, altered)
    by_digest = client.get(f"/verifica/{board.outcome.minutes.digest}").text
    assert "digest of a document that was published here" in by_digest
    assert client.get("/verifica/12").status_code == 422
    assert client.get(f"/verifica?impronta={digest}").location.endswith(f"/verifica/{digest}")


def test_pages_tell_the_pdf_from_the_sealed_one(client: FlaskClient, board: Board) -> None:
    minutes = board.outcome.minutes
    with board.make.session() as session:
        row = registration_of(session, MINUTES, minutes.id)
    assert row is not None
    pages = (f"/verbali/{minutes.id}", f"/documenti/{row.id}")
    client.post("/lingua/en")
    assert not any("/sigilli/" in client.get(page).text for page in pages)
    digest, content = sealed_minutes(board)
    of_minutes, of_register = (client.get(page).text for page in pages)
    assert of_minutes.index(f"/sigilli/{digest}.pdf") < of_minutes.index(f"{pages[0]}.pdf")
    assert f"/sigilli/{digest}.pdf" in of_register
    told = " ".join(re.sub("<[^>]+>", " ", of_register).split())
    assert f"Digest of the PDF (SHA-256) {minutes.pdf_sha256}" in told
    assert f"Digest of the PDF with the seal (SHA-256) {digest}" in told
    assert hashlib.sha256(content).hexdigest() == digest != minutes.pdf_sha256


def test_a_signed_copy_gets_a_report(client: FlaskClient, board: Board) -> None:
    copy = frozen(board)
    assert "copy to be signed that was frozen here" in said(client, copy)
    signer = Authority().signer("Anna Bianchi")
    for signed in (sign_pdf(copy, signer), sign_p7m(copy, signer)):
        page = said(client, signed)
        assert "begins with the copy to be signed" in page
        assert "Signed with the certificate of Anna Bianchi" in page
        assert "could not be judged: this site has no trusted lists" in page
    page = said(client, with_note(sign_pdf(copy, signer)))
    assert "changed after it was signed" in page


def test_revisions_end_where_a_pdf_ended() -> None:
    first, rest = b"%PDF-1.7 a %%EOF\n", b"more %%EOF"
    found = revisions(b"around " + first + rest)
    ends = (first[:-1], first, first + rest)
    assert found == [hashlib.sha256(part).hexdigest() for part in ends]
    assert revisions(b"no PDF") == []
