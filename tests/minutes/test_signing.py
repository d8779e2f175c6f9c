"""Signing minutes: the chair and who wrote them, each for themselves, after approval."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from consultazione import audits
from consultazione.core.actor import SYSTEM
from consultazione.core.audit import differences
from consultazione.core.errors import Conflict, NotAllowed
from consultazione.documents.signatures.models import SigningCopy
from consultazione.minutes.commands.approving import publish_minutes
from consultazione.minutes.commands.signing import sign_minutes
from consultazione.minutes.models import Minutes
from consultazione.minutes.queries import sealed_pdf
from consultazione.minutes.signing.models import SigningRole
from consultazione.minutes.signing.signers import signers_of, uncopied_minutes
from tests.support.minutes_signing import SigningDesk

assert audits.ALL


def test_each_signs_for_themselves_over_the_document(signing: SigningDesk) -> None:
    minutes = signing.approve()
    signing.signs(signing.facilitator)
    signing.run(publish_minutes)
    given = signing.signs(signing.writer)
    with signing.make.session() as session:
        signers = signers_of(session, session.get_one(Minutes, minutes.id))
    assert [(one.person_id, one.role) for one in signers] == [
        (signing.facilitator.person_id, SigningRole.CHAIR),
        (signing.writer.person_id, SigningRole.WRITER),
    ]
    signed = [one.given.signature for one in signers if one.given]
    assert [(one.document_digest, one.method) for one in signed] == [
        (minutes.digest, "reauthenticated")
    ] * 2
    assert given.signature_id == signed[1].id
    assert signing.kinds().count("minutes.signed") == 2
    with signing.make.session() as session:
        assert list(differences(session)) == []


def test_who_may_not_sign_is_told_why_and_nothing_is_kept(signing: SigningDesk) -> None:
    with pytest.raises(Conflict, match="are a draft"):
        signing.signs(signing.facilitator, digest="")
    signing.approve()
    with pytest.raises(NotAllowed, match="Only who presided"):
        signing.signs(signing.make.citizen())
    with pytest.raises(Conflict, match="read it again"):
        signing.run(sign_minutes, signing.writer, **signing.proof(signing.writer, digest="0" * 64))
    signing.signs(signing.writer)
    with pytest.raises(Conflict, match="signed these minutes already"):
        signing.signs(signing.writer)
    assert signing.kinds().count("minutes.signed") == 1


def test_a_pdf_says_who_signed_if_all_did_before_the_publication(signing: SigningDesk) -> None:
    signing.approve()
    signing.signs(signing.facilitator)
    assert signing.minutes.pdf_sha256 is not None
    signing.signs(signing.writer)
    with pytest.raises(Conflict, match="still being written"):
        signing.run(publish_minutes)
    signing.seal()
    with signing.make.session() as session:
        content = sealed_pdf(session, signing.minutes.id)
        assert list(differences(session)) == []
    pages = PdfReader(BytesIO(content or b"")).pages
    said = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert said.count("Firmato elettronicamente") == 2
    signing.run(publish_minutes)


def test_who_presided_and_wrote_signs_once_as_both(signing: SigningDesk) -> None:
    with signing.make.database.transaction(SYSTEM) as tx:
        sitting = tx.session.get_one(type(signing.sitting), signing.sitting.id)
        sitting.secretary_id = sitting.presided_by
    signing.approve()
    assert signing.signs(signing.facilitator).role is SigningRole.BOTH
    with pytest.raises(NotAllowed):
        signing.signs(signing.writer)


def test_minutes_of_before_get_their_copy_until_all_have_signed(signing: SigningDesk) -> None:
    minutes = signing.approve()
    with signing.make.database.transaction(SYSTEM) as tx:
        assert uncopied_minutes(tx.session) == []
        tx.session.delete(tx.session.get_one(SigningCopy, minutes.digest))
        tx.flush()
        assert uncopied_minutes(tx.session) == [minutes.sitting_id]
    signing.signs(signing.writer)
    signing.signs(signing.facilitator)
    with signing.make.session() as session:
        assert uncopied_minutes(session) == []
