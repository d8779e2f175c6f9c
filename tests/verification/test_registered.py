"""What the verify page says of documents that the register itself keeps."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from consultazione.core.actor import SYSTEM, Role
from consultazione.core.canonical import sha256_of
from consultazione.documents.commands import annul_registration
from consultazione.documents.models import Registration
from consultazione.documents.paper.model import to_json
from consultazione.documents.register import register_document, registration_of
from consultazione.erasure.sought import Sought
from consultazione.minutes.kind import MINUTES
from consultazione.outcomes.kind import UNION_RECORD
from consultazione.plan.certificates.kind import CERTIFICATE
from consultazione.sittings.lifecycle.notice.kind import NOTICE
from tests.support.erasing import erase
from tests.support.factories import Factory
from tests.support.paper_example import EXAMPLE

GENUINE = "This is the digest of a document that stands in the register here"
ALL_BUT_ONE = "No such file was published here"
CONTENT = to_json(EXAMPLE)
DIGEST = sha256_of(CONTENT)


def kept(make: Factory, organisation_id: int | None = None) -> Registration:
    """A document that the register keeps: for an organisation a certificate, else a record."""
    with make.database.transaction(SYSTEM) as tx:
        return register_document(
            tx, make.zone.id, CERTIFICATE if organisation_id else UNION_RECORD, object_id=9,
            digest=DIGEST, content=CONTENT, organisation_id=organisation_id,
        )  # fmt: skip


def annul(make: Factory, registration_id: int) -> None:
    """Annul a document, with the reason."""
    with make.database.transaction(make.holder(Role.PLAN_OFFICE)) as tx:
        annul_registration(tx, registration_id=registration_id, reason="Registrato due volte.")


@pytest.fixture
def reader(client: FlaskClient) -> FlaskClient:
    """Reads in English, signed in as nobody."""
    client.post("/lingua/en")
    return client


def said(reader: FlaskClient, digest: str) -> str:
    """What the page says of a digest."""
    return " ".join(reader.get(f"/verifica/{digest}").text.split())


def test_a_notice_is_genuine_by_the_digest_that_it_prints(
    reader: FlaskClient, make: Factory
) -> None:
    sitting = make.sitting()
    with make.session() as session:
        row = registration_of(session, NOTICE, sitting.id)
    assert row is not None
    page = said(reader, row.digest)
    assert GENUINE in page
    assert f'href="/documenti/{row.id}"' in page
    assert f"Notice of convocation no. {row.reference}" in page
    assert sitting.title in page
    assert "no seal yet" not in page
    assert ALL_BUT_ONE in said(reader, row.digest[::-1])


def test_a_certificate_is_genuine_and_nothing_more_is_told(
    reader: FlaskClient, make: Factory
) -> None:
    union = make.organisation()
    row = kept(make, union.id)
    page = said(reader, DIGEST)
    assert GENUINE in page
    assert f"Certificate of consultation no. {row.reference}" in page
    assert union.name not in page
    assert EXAMPLE.subject not in page
    assert EXAMPLE.title not in page


def test_what_is_annulled_says_when_and_why(reader: FlaskClient, make: Factory) -> None:
    annul(make, kept(make).id)
    page = said(reader, DIGEST)
    assert GENUINE in page
    assert "It is annulled since" in page
    assert "Registrato due volte." in page


def test_of_two_that_are_equal_the_one_in_force_is_told(reader: FlaskClient, make: Factory) -> None:
    union = make.organisation()
    first = kept(make, union.id)
    annul(make, first.id)
    with make.database.transaction(SYSTEM) as tx:
        second = register_document(
            tx, make.zone.id, CERTIFICATE, object_id=9, version=2, digest=DIGEST, content=CONTENT,
            organisation_id=union.id,
        )  # fmt: skip
    page = said(reader, DIGEST)
    assert f'href="/documenti/{second.id}"' in page
    assert "annulled" not in page


def test_annulled_minutes_say_so_too(reader: FlaskClient, make: Factory) -> None:
    minutes_id = make.outcome("Open a desk.").minutes_id
    with make.session() as session:
        row = registration_of(session, MINUTES, minutes_id)
    assert row is not None
    assert row.file_digest is not None
    assert "annulled" not in said(reader, row.digest)
    annul(make, row.id)
    for digest in (row.digest, row.file_digest):
        page = said(reader, digest)
        assert f'href="/verbali/{minutes_id}"' in page
        assert "It is annulled since" in page


def test_what_an_order_left_is_found_by_its_digest(reader: FlaskClient, make: Factory) -> None:
    row = kept(make)
    erase(make, make.holder(Role.ADMINISTRATOR), Sought(passages=EXAMPLE.subject))
    with make.session() as session:
        now = session.get_one(Registration, row.id)
        left = sha256_of(now.content)
    assert now.redacted_digest == left != DIGEST
    page = said(reader, left)
    assert GENUINE in page
    assert "Personal data was taken out of it by order" in page
    assert DIGEST in page
    assert "published here as edition 1" in said(reader, DIGEST)


def test_a_document_is_found_by_the_digest_of_its_pdf(reader: FlaskClient, make: Factory) -> None:
    row = kept(make)
    with make.database.transaction(SYSTEM) as tx:
        tx.session.get_one(Registration, row.id).file_digest = "b" * 64
    page = said(reader, "b" * 64)
    assert "This is the document that was published here, unaltered, without its seal" in page
    assert f'href="/documenti/{row.id}"' in page
