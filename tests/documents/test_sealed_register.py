"""The zone's seal on documents that the register keeps: made by a job, gone with an order."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from flask import Flask
from flask.testing import FlaskClient

from consultazione import audits
from consultazione.config import read_settings
from consultazione.core import log
from consultazione.core.actor import SYSTEM, Role
from consultazione.core.audit import differences
from consultazione.core.log import Entry
from consultazione.documents.colophon import asked_for_registration
from consultazione.documents.events import DocumentRedacted, DocumentRegistered, register_stream
from consultazione.documents.kinds import DocumentKind
from consultazione.documents.models import Registration
from consultazione.documents.paper.model import digest_of, to_json
from consultazione.documents.queries import seal_of_document
from consultazione.documents.register import register_document
from consultazione.documents.seals.models import DocumentSeal
from consultazione.documents.typesetting import typeset
from consultazione.erasure.sought import Sought
from consultazione.people.models import Category
from consultazione.plan.certificates.kind import CERTIFICATE
from consultazione.plan.papers.kind import PLAN
from consultazione.sittings.lifecycle.notice.kind import NOTICE
from tests.support.erasing import erase
from tests.support.factories import Factory
from tests.support.paper_example import EXAMPLE
from tests.support.papers import claims, faults
from workers.seals import seal_registered

assert audits.ALL


@dataclass
class Sealed:
    """A document of the register with its seal."""

    row: Registration
    seal: DocumentSeal | None
    content: bytes


def kept(make: Factory, kind: DocumentKind, organisation_id: int | None = None) -> Sealed:
    """A document of a kind, after the jobs that it called for."""
    with make.database.transaction(SYSTEM) as tx:
        row = register_document(
            tx, make.zone.id, kind, object_id=9, digest=digest_of(EXAMPLE),
            content=to_json(EXAMPLE), organisation_id=organisation_id,
        )  # fmt: skip
    return worked(make, row.id)


def worked(make: Factory, registration_id: int) -> Sealed:
    """A document after the jobs of its register, each of which runs twice."""
    for entry in entries(make):
        for _ in range(2 * isinstance(entry.event, DocumentRegistered | DocumentRedacted)):
            with make.database.transaction(SYSTEM) as tx:
                seal_registered(tx, entry)
    with make.session() as session:
        row = session.get_one(Registration, registration_id)
        seal = seal_of_document(session, row)
        return Sealed(row, seal, seal.content if seal else b"")


def entries(make: Factory) -> list[Entry]:
    """The entries of the zone's register."""
    with make.session() as session:
        return log.read_stream(session, register_stream(make.zone.id))


def test_the_plan_is_sealed_and_known(client: FlaskClient, make: Factory) -> None:
    client.post("/lingua/en")
    made = kept(make, PLAN)
    seal = made.seal
    assert seal is not None
    assert [entry.kind for entry in entries(make)] == ["document.registered", "registration.sealed"]
    address = f"/sigilli/{seal.sha256}.pdf"
    assert client.get(address).data == made.content
    page = client.get(f"/documenti/{made.row.id}").text
    assert address in page
    assert seal.sha256 in page
    plain = client.get(f"/documenti/{made.row.id}.pdf").data
    assert made.content.startswith(plain)
    for file, says in (
        (made.content, "sealed document that was published here, unaltered"),
        (plain, "without its seal"),
        (made.content + b"\n", "begins as that does, and was changed afterwards"),
    ):
        sent = {"file": (BytesIO(file), "piano.pdf")}
        told = " ".join(client.post("/verifica", data=sent).text.split())
        assert says in told
        assert "Zone plan no. 1/" in told
        assert "demonstration's certificate" in told
    with make.session() as session:
        assert list(differences(session)) == []


def test_a_sealed_pdf_is_what_it_was_with_one_more_revision(make: Factory, tmp_path: Path) -> None:
    made = kept(make, PLAN)
    plain = typeset(asked_for_registration(made.row, read_settings().public_url))
    assert made.content.startswith(plain)
    assert len(made.content) > len(plain)
    assert claims(made.content) == claims(plain) == ("3", "A", "1")
    # The field stands outside of the page, where PDF/UA (7.18.1) needs no tag; the checker does
    # not look where it stands.
    (untagged,) = faults(made.content, tmp_path)
    assert untagged.startswith("FRM-003: 1 form field widget(s)")
    with pikepdf.open(BytesIO(made.content)) as sealed, pikepdf.open(BytesIO(plain)) as before:
        assert len(sealed.pages) == len(before.pages)
        (field,) = sealed.Root.AcroForm.Fields
        assert field.FT == "/Sig"
        left, low, right, high = map(float, field.Rect)
        assert left == right < 0
        assert low == high < 0
        # PDF/A (ISO 19005-3, 6.3): annotations are printed, and nothing acts by itself.
        assert int(field.F) & 0b100
        assert "/NeedAppearances" not in sealed.Root.AcroForm
        assert "/OpenAction" not in sealed.Root


@pytest.mark.parametrize("kind", [NOTICE])
def test_other_kinds_get_no_seal(make: Factory, kind: DocumentKind) -> None:
    assert kept(make, kind).seal is None


def test_a_sealed_certificate_is_read_by_whom_it_is_for(
    app: Flask, client: FlaskClient, make: Factory
) -> None:
    union = make.organisation(Category.UNION)
    delegate = make.person()
    make.mandate(delegate, union)
    seal = kept(make, CERTIFICATE, union.id).seal
    assert seal is not None
    address = f"/sigilli/{seal.sha256}.pdf"
    assert client.get(address).status_code == 403
    own = make.sign_in(app.test_client(), make.actor(delegate))
    assert own.get(address).status_code == 200
    office = make.sign_in(app.test_client(), make.holder(Role.PLAN_OFFICE))
    assert office.get(address).status_code == 200


def test_an_order_destroys_the_sealed_file_and_what_remains_is_sealed_anew(
    client: FlaskClient, make: Factory
) -> None:
    client.post("/lingua/en")
    first = kept(make, PLAN)
    assert first.seal is not None
    erase(make, make.holder(Role.ADMINISTRATOR), Sought(passages="Nessuno ha votato contro"))
    gone = client.get(f"/sigilli/{first.seal.sha256}.pdf")
    assert gone.status_code == 302
    assert "edition 1" in client.get(gone.location).text
    second = worked(make, first.row.id)
    assert second.seal is not None
    assert second.seal.sha256 != first.seal.sha256
    assert second.seal.document_digest == second.row.redacted_digest
    assert client.get(f"/sigilli/{second.seal.sha256}.pdf").data == second.content
    with make.session() as session:
        assert list(differences(session)) == []
