"""Files of a replaced edition go with it: seals, copies to be signed, signed files, archives."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from consultazione import audits
from consultazione.archive.commands import record_archive, request_archive
from consultazione.archive.export import Made
from consultazione.archive.queries import archive_state
from consultazione.core import log
from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.audit import differences
from consultazione.core.canonical import sha256_of
from consultazione.core.incoming.uploads import path_of
from consultazione.core.log import Entry
from consultazione.documents.models import Registration
from consultazione.documents.seals.models import DocumentSeal
from consultazione.documents.seals.queries import seal_of
from consultazione.documents.signatures.models import Signature, SigningCopy
from consultazione.erasure.sought import Sought
from consultazione.italian import italian
from consultazione.minutes.models import Minutes
from consultazione.outcomes.commands.answering import sign_outcome, sign_outcome_with_note
from consultazione.outcomes.models import Outcome
from consultazione.plan.events import plan_stream
from tests.support.erasing import erase, still_holding
from tests.support.factories import Factory
from tests.support.signoff_board import Board
from workers.reactions import BY_NAME, owed_by

assert audits.ALL
NAME = "Passalacqua"
WORDS = f"come ha chiesto Ivo {NAME}"
SIGNED = b"%PDF-1.7 signed by hand in a test"


@dataclass
class Sealed:
    """A closed outcome of published minutes, all sealed, whose words are to go."""

    board: Board
    administrator: Actor
    done: int = 0

    @property
    def make(self) -> Factory:
        """What makes it."""
        return self.board.make

    def work(self) -> None:
        """Do the jobs of seals and copies that entries call for, and what follows from them."""
        with self.make.session() as session:
            minutes = self.board.outcome.minutes
            streams = (f"minutes:{minutes.sitting_id}", f"outcome:{self.board.outcome_id}")
            entries = sorted(
                (one for stream in streams for one in log.read_stream(session, stream)),
                key=lambda one: one.position,
            )
        fresh = [one for one in entries if one.position > self.done]
        self.done = entries[-1].position
        for entry in fresh:
            self._work_for(entry)
        if fresh:
            self.work()

    def _work_for(self, entry: Entry) -> None:
        for _position, name in owed_by([entry]):
            if name not in {"open_outcome", "forward_outcome", "seal_minutes"}:
                with italian(), self.make.database.transaction(SYSTEM) as tx:
                    BY_NAME[name](tx, entry)

    def files(self) -> dict[str, bytes]:
        """Every file that is kept of both documents."""
        found: dict[str, bytes] = {}
        with self.make.session() as session:
            found |= {f"seal {row.subject}": row.content for row in session.query(DocumentSeal)}
            copies = session.query(SigningCopy).order_by(SigningCopy.frozen_at)
            found |= {f"copy {nth}": copy.content for nth, copy in enumerate(copies)}
            for one in session.query(Signature).filter(Signature.file.is_not(None)):
                found["signed"] = one.file or b""
        return found


@pytest.fixture
def sealed(make: Factory, monkeypatch: pytest.MonkeyPatch) -> Sealed:
    """One union signs a file, the other adds a note; the outcome closes and all is sealed."""
    monkeypatch.setattr("workers.minutes.report", lambda *_told: None)
    board = Board.of(make, 2, f"Si apre uno sportello, {WORDS}.")
    all_of_it = Sealed(board, make.holder(Role.ADMINISTRATOR))
    all_of_it.work()
    board.answer(sign_outcome)
    with make.database.transaction(SYSTEM) as tx:
        signature = tx.session.query(Signature).one()
        signature.file, signature.file_sha256 = SIGNED, hashlib.sha256(SIGNED).hexdigest()
        signature.report = {**signature.report, "signer": "IVO PASSALACQUA"}
    board.answer(sign_outcome_with_note, union=1, note=f"Bene, {WORDS}.")
    all_of_it.work()
    return all_of_it


def said_of(client: FlaskClient, file: bytes) -> str:
    """What the verify page says of a file."""
    client.post("/lingua/en")
    return " ".join(
        client.post("/verifica", data={"file": (BytesIO(file), "file.pdf")}).text.split()
    )


def test_every_file_goes_and_the_verify_page_knows_the_old_ones(
    sealed: Sealed, client: FlaskClient
) -> None:
    before, first = sealed.files(), sealed.board.outcome
    assert len(before) == 5
    erase(sealed.make, sealed.administrator, Sought(passages=f"{WORDS}\nIvo {NAME}"))
    assert sealed.files() == {}
    sealed.work()
    after = sealed.files()
    assert after.keys() == before.keys() - {"signed"}
    assert not {*after.values()} & {*before.values()}
    with sealed.make.session() as session:
        assert still_holding(session, NAME) == []
        assert [str(one) for one in differences(session)] == []
        seal = seal_of(session, f"outcome:{first.id}")
        assert seal is not None
        assert seal.document_digest == sealed.board.outcome.digest != first.digest
        signature = session.query(Signature).filter(Signature.file_sha256.is_not(None)).one()
        assert signature.document_digest == first.digest
        assert signature.report["method"] == "reauthenticated" or signature.report["covers"]
    for file in before.values():
        page = said_of(client, file)
        assert "published here as edition 1, unaltered" in page
        assert "edition 2 is in force" in page
        assert "begins as edition 1" not in page
    longer = said_of(client, before[f"seal outcome:{first.id}"] + b"\n%more")
    assert "begins as edition 1" in longer
    for file in after.values():
        assert "edition 2" not in said_of(client, file)
    old = hashlib.sha256(before[f"seal outcome:{first.id}"]).hexdigest()
    assert client.get(f"/sigilli/{old}.pdf").location.endswith(f"/verifica/{old}")
    assert "edition 1" in client.get(f"/verifica/{first.digest}").text


def test_what_the_register_keeps_loses_the_words_and_keeps_its_digest(
    sealed: Sealed, client: FlaskClient
) -> None:
    def kept() -> list[Registration]:
        with sealed.make.session() as session:
            return [row for row in session.query(Registration) if NAME in str(row.content)]

    records = kept()
    assert records
    erase(sealed.make, sealed.administrator, Sought(passages=WORDS))
    assert kept() == []
    with sealed.make.session() as session:
        now = session.get_one(Registration, records[0].id)
    assert now.digest == records[0].digest
    page = client.get(f"/documenti/{now.id}").text
    assert "[omissis: ordine di cancellazione n. 1]" in page
    assert "tolti dati personali in esecuzione dell’ordine di cancellazione n. 1" in page
    assert now.digest in page
    assert sha256_of(now.content) in page
    assert client.get(f"/documenti/{now.id}.pdf").status_code == 200
    assert f"/documenti/{now.id}" in client.get(f"/verifica/{now.digest}").text


def test_the_audit_still_names_what_is_falsified_after_an_order(sealed: Sealed) -> None:
    erase(sealed.make, sealed.administrator, Sought(passages=WORDS))
    sealed.work()
    marked = {"title": "[omissis: ordine di cancellazione n. 1]"}
    tables: list[tuple[Any, dict[str, object]]] = [
        (DocumentSeal, {"content": b"x"}),
        (SigningCopy, {"content": b"x"}),
        (Minutes, {"facts": marked}),
        (Outcome, {"document": marked}),
        (Registration, {"content": marked}),
    ]
    named = []
    for model, values in tables:
        with sealed.make.database.transaction(SYSTEM) as tx, tx.session.begin_nested() as undone:
            tx.session.execute(update(model).values(values))
            named.append({one.table for one in differences(tx.session)})
            undone.rollback()
    assert named == [{model.__tablename__} for model, _values in tables]


def archived(make: Factory, uploads: Path, content: bytes) -> tuple[int, Path]:
    """Somebody has asked for an archive, and it lies there: where in the log, and the file."""
    with make.database.transaction(make.holder(Role.PLAN_OFFICE)) as tx:
        request_archive(tx, cycle_id=make.cycle.id)
    with make.session() as session:
        asked = log.read_stream(session, plan_stream(make.cycle.id))[-1].position
    file = path_of(uploads, hashlib.sha256(content).hexdigest())
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return asked, file


def record(make: Factory, asked: int, content: bytes) -> bool:
    """The worker is done with an archive."""
    digest = hashlib.sha256(content).hexdigest()
    with make.database.transaction(SYSTEM) as tx:
        return record_archive(
            tx, cycle_id=make.cycle.id, asked=asked, made=Made(digest, len(content), 1, 1, 1)
        )


def test_archives_of_before_are_destroyed_and_can_be_made_again(
    make: Factory, client: FlaskClient, tmp_path: Path
) -> None:
    administrator = make.holder(Role.ADMINISTRATOR)
    make.proposal(body=f"Un testo, {WORDS}.")
    asked, file = archived(make, tmp_path, b"first")
    assert record(make, asked, b"first")
    erase(make, administrator, Sought(passages=WORDS), uploads=tmp_path)
    assert not file.exists()
    page = client.get(f"{make.here}/archivio").text
    assert "archivio.zip" not in page
    assert "L’archivio è stato distrutto" in page
    asked, _file = archived(make, tmp_path, b"second")
    assert record(make, asked, b"second")
    assert "archivio.zip" in client.get(f"{make.here}/archivio").text


def test_an_archive_that_is_being_made_is_thrown_away(make: Factory, tmp_path: Path) -> None:
    administrator = make.holder(Role.ADMINISTRATOR)
    make.proposal(body=f"Un testo, {WORDS}.")
    asked, _file = archived(make, tmp_path, b"too early")
    erase(make, administrator, Sought(passages=WORDS), uploads=tmp_path)
    with make.session() as session:
        assert not archive_state(session, make.cycle.id).is_being_made
    assert not record(make, asked, b"too early")
    with make.session() as session:
        assert archive_state(session, make.cycle.id).made is None
