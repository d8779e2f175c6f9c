"""The pages on which minutes are signed, by two persons in two ways, and what others see."""

from __future__ import annotations

import hashlib
import html
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from flask.testing import FlaskClient

from consultazione import audits
from consultazione.core.actor import Role
from consultazione.core.audit import differences
from consultazione.core.errors import Conflict
from consultazione.erasure.sought import Sought
from consultazione.minutes.commands.approving import publish_minutes
from consultazione.minutes.commands.signing import sign_minutes
from consultazione.minutes.models import Minutes
from consultazione.minutes.signing.said import said_of_signatures
from tests.support.erasing import erase
from tests.support.factories import PASSWORD
from tests.support.minutes_signing import SigningDesk
from tests.support.signing_ca import Authority, sign_pdf

assert audits.ALL


def words_of(text: str) -> str:
    """The words of a page."""
    return html.unescape(" ".join(text.split()))


def test_two_persons_sign_by_password_and_by_file(
    signing: SigningDesk, client: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority, settings = Authority(), client.application.extensions["settings"]
    trusting = type(settings)(**{**vars(settings), "trust_dir": authority.trusted_in(tmp_path)})
    monkeypatch.setitem(client.application.extensions, "settings", trusting)
    minutes = signing.approve()
    page, sign = f"/verbali/{minutes.id}", f"/verbali/{minutes.id}/firma"
    given = {"digest": minutes.digest, "password": PASSWORD}

    signing.make.sign_in(client, signing.facilitator)
    client.post("/lingua/en")
    assert f'href="{sign}"' in client.get(page).text
    assert f'href="{sign}"' in client.get("/", follow_redirects=True).text
    refused = client.post(sign, data={**given, "digest": "0" * 64})
    assert (refused.status_code, "read it again" in refused.text) == (422, True)
    assert minutes.digest in refused.text
    assert "not your password" in client.post(sign, data={**given, "password": "wrong one"}).text
    assert client.post(sign, data=given).status_code == 302
    assert "signed these minutes already" in client.get(sign).text
    assert f'href="{sign}"' not in client.get("/", follow_redirects=True).text

    signing.make.sign_in(client, signing.writer)
    copy = client.get(f"{page}/da-firmare.pdf").data
    with pikepdf.open(BytesIO(copy)) as pdf, pdf.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], len(pdf.attachments)) == ("2", 0)
    name = signing.writer.display_name
    signed = sign_pdf(copy, authority.signer(name))
    other = sign_pdf(client.get(f"{page}.pdf").data, authority.signer(name))
    for file, status in ((other, 422), (signed, 302)):
        sent = {**given, "method": "file", "file": (BytesIO(file), "verbale.pdf")}
        assert client.post(sign, data=sent).status_code == status

    signing.seal()
    signing.run(publish_minutes)
    shown = words_of(client.get(page).text)
    assert f"Signed with the certificate of {name}" in shown
    assert "by their password, typed anew over this very text" in shown
    assert "Not signed yet" not in shown
    told = client.get(f"/api/v1/minutes/{minutes.id}").get_json()["signers"]
    assert [(one["role"], one["signature"]["method"]) for one in told] == [
        ("chair", "reauthenticated"),
        ("writer", "pades"),
    ]
    digest = hashlib.sha256(signed).hexdigest()
    found = words_of(client.get(f"/verifica/{digest}").text)
    assert f"Signed with the certificate of {name}" in found
    assert f'href="{page}"' in found


def test_others_read_the_board_and_cannot_sign(signing: SigningDesk, client: FlaskClient) -> None:
    minutes = signing.approve()
    signing.make.sign_in(client, signing.make.citizen())
    client.post("/lingua/en")
    shown = client.get(f"/verbali/{minutes.id}").text
    assert shown.count("Not signed yet") == 2
    assert f"/verbali/{minutes.id}/firma" not in shown
    refused = client.post(
        f"/verbali/{minutes.id}/firma", data={"digest": minutes.digest, "password": PASSWORD}
    )
    assert (refused.status_code, "Only who presided" in refused.text) == (403, True)
    assert signing.kinds().count("minutes.signed") == 0


def test_after_an_order_a_signature_is_shown_on_the_edition_it_was_given_to(
    signing: SigningDesk, client: FlaskClient
) -> None:
    first = signing.approve()
    signing.signs(signing.facilitator)
    before = signing.proof(signing.writer)
    anna = next(row["person"] for row in first.facts["attendance"]["rows"][1:] if row["person"])
    erase(signing.make, signing.make.holder(Role.ADMINISTRATOR), Sought(passages=anna))
    assert signing.minutes.digest != first.digest
    with pytest.raises(Conflict, match="read it again"):
        signing.run(sign_minutes, signing.writer, **before)
    client.post("/lingua/en")
    shown = words_of(client.get(f"/verbali/{first.id}").text)
    assert (shown.count("given to edition 1"), shown.count("Not signed yet")) == (1, 1)
    signing.signs(signing.writer)
    shown = words_of(client.get(f"/verbali/{first.id}").text)
    assert (shown.count("given to edition 1"), shown.count("Not signed yet")) == (1, 0)
    signing.seal()
    with signing.make.session() as session:
        assert list(differences(session)) == []
        places = said_of_signatures(session, session.get_one(Minutes, first.id))
    assert ("edizione 1" in places["chair"], "edizione" in places["writer"]) == (True, False)
