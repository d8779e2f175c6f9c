"""Words in sealed minutes and in a signed outcome go by order; digests, signatures, chains stay."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader

from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.canonical import sha256_of
from consultazione.core.db import Database
from consultazione.core.log.verify import streams, verify_stream
from consultazione.documents.editions import replaced_editions
from consultazione.erasure.sought import Sought
from consultazione.minutes.commands.approving import seal_minutes
from consultazione.minutes.models import Minutes
from consultazione.minutes.queries import sealed_pdf
from consultazione.sittings.lifecycle.commands.opening import close_sitting
from consultazione.sittings.record.commands.statements import make_statement
from tests.support.erasing import erase, preview, still_holding
from tests.support.factories import Factory

WORDS = "Mio figlio Ettore soffre di una grave allergia"
BODY = f"Lo dico per esperienza. {WORDS}: la mensa va cambiata."


@dataclass
class Said:
    """Published minutes that hold a statement, and the zone's administrator."""

    make: Factory
    administrator: Actor
    minutes_id: int
    statement: str

    @property
    def minutes(self) -> Minutes:
        """As they are now."""
        with self.make.session() as session:
            found: Minutes = session.get_one(Minutes, self.minutes_id)
        return found

    def seal(self) -> None:
        """What the worker does."""
        with self.make.database.transaction(SYSTEM) as tx:
            seal_minutes(tx, minutes_id=self.minutes_id, public_url="https://zone.example")


@pytest.fixture
def said(make: Factory) -> Said:
    """Somebody has stated something for the record, which is concluded in the same words."""
    sitting = make.sitting()
    chair = make.presided(sitting)
    with make.database.transaction(make.present(sitting)) as tx:
        statement = make_statement(tx, sitting_id=sitting.id, body=BODY)
    with make.database.transaction(chair) as tx:
        close_sitting(tx, sitting_id=sitting.id)
    minutes = make.published(make.minutes(sitting), f"Si prende atto. {WORDS}.")
    return Said(make, make.holder(Role.ADMINISTRATOR), minutes.id, f"statement {statement.id}")


def text_of(content: bytes) -> str:
    """The text of a PDF, in one line."""
    pages = PdfReader(BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_preview_names_every_place(said: Said) -> None:
    places = preview(said.make, Sought(passages=WORDS))
    assert {place.table for place in places} >= {"statement", "minutes", "conclusion", "log_text"}
    assert [place.column for place in places if place.is_sealed] == ["document"]


def test_the_words_are_nowhere_and_the_proofs_hold(said: Said, app: Flask) -> None:
    before = said.minutes
    assert before.digest
    assert still_holding_in(said.make.database)
    order = erase(said.make, said.administrator, Sought(passages=WORDS))
    assert (order.number, order.documents) == (1, 1)
    said.seal()
    now = said.minutes
    assert now.digest
    assert still_holding_in(said.make.database) == []
    with said.make.session() as session:
        assert [fault for name in streams(session) for fault in verify_stream(session, name)] == []
        content = sealed_pdf(session, said.minutes_id)
        (edition,) = replaced_editions(session, "minutes", said.minutes_id)
    assert content is not None
    assert (edition.digest, edition.pdf_sha256) == (before.digest, before.pdf_sha256)
    assert now.digest == sha256_of(now.document) != before.digest
    assert now.pdf_sha256 == hashlib.sha256(content).hexdigest() != before.pdf_sha256
    shown = text_of(content)
    assert "Ettore" not in shown
    assert b"Ettore" not in content
    assert "[omissis: ordine di cancellazione n. 1]" in shown
    assert "Edizione 2: ne sono stati tolti dati personali" in shown
    assert before.digest in shown.replace(" ", "")
    client = app.test_client()
    page = client.get(f"/verbali/{said.minutes_id}").text
    assert "Ettore" not in page
    assert before.digest in page
    assert now.digest in page
    rest = client.get(f"/api/v1/minutes/{said.minutes_id}")
    assert "Ettore" not in rest.text
    assert rest.get_json()["document"]["edition"]["number"] == 2


def still_holding_in(database: Database) -> list[str]:
    """Where the name stands."""
    with database.snapshot() as session:
        return still_holding(session, "Ettore")
