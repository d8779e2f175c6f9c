"""The zone's seal: what it covers, who gives it, and that the PDF stays what it was."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from consultazione.bad_setting import BadSetting
from consultazione.config import Settings, read_settings
from consultazione.core import clock
from consultazione.core.actor import SYSTEM
from consultazione.documents.seals.commands import seal_document
from consultazione.documents.seals.queries import seal_of
from consultazione.documents.seals.sealing import TimeNotStamped, sealed
from consultazione.documents.seals.signer import DEMO_NAME, seal_signer
from consultazione.documents.signatures.prepared import prepared
from consultazione.documents.validation.program import answer
from consultazione.documents.validation.told import Told
from tests.support.factories import Factory
from tests.support.signing_ca import Authority, in_a_thread
from tests.support.time_authority import NAME, time_authority


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Those of a site with a folder for secrets."""
    return read_settings({"DATA_DIR": str(tmp_path), "SECRETS_DIR": str(tmp_path / "secrets")})


@pytest.fixture(scope="module")
def plain() -> bytes:
    """A small PDF."""
    output = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(output)
    return prepared(output.getvalue())


def test_the_demonstration_says_what_it_is_and_is_made_once(
    settings: Settings, plain: bytes
) -> None:
    signer = seal_signer(settings)
    found = sealed(plain, signer, reason="SHA-256 0")
    assert (found.signer, found.demo) == (DEMO_NAME, True)
    assert found.content.startswith(plain)
    again = seal_signer(settings)
    assert again.signer.signing_cert.sha256 == signer.signer.signing_cert.sha256
    (kept,) = settings.secrets_dir.iterdir()
    assert kept.stat().st_mode & 0o077 == 0


def test_a_configured_seal_holds_for_whoever_trusts_its_issuer(
    settings: Settings, plain: bytes, tmp_path: Path
) -> None:
    authority = Authority()
    path = tmp_path / "seal.p12"
    path.write_bytes(authority.p12("Unione di prova", b"una frase lunga"))
    signer = seal_signer(replace(settings, seal_p12=path, seal_passphrase="una frase lunga"))
    found = sealed(plain, signer, reason="SHA-256 0")
    assert (found.signer, found.demo) == ("Unione di prova", False)
    told = Told(
        format="pdf",
        sha256=hashlib.sha256(plain).hexdigest(),
        size=len(plain),
        at=clock.now().isoformat(),
        trust=str(authority.trusted_in(tmp_path / "trust")),
    )
    facts = in_a_thread(partial(answer, found.content, told))["facts"]
    assert (facts["signer"], facts["chain"]) == ("Unione di prova", "good")
    with pytest.raises(BadSetting, match="SEAL_P12"):
        seal_signer(replace(settings, seal_p12=path, seal_passphrase="another"))


def test_an_authority_stamps_the_time_of_a_seal(settings: Settings, plain: bytes) -> None:
    at = datetime(2018, 3, 5, 9, 30, tzinfo=UTC)
    with time_authority(at) as address:
        signer = seal_signer(replace(settings, tsa_url=address))
        found = sealed(plain, signer, reason="SHA-256 0")
    assert (found.stamped_at, found.stamped_by) == (at, NAME)
    assert found.content.startswith(plain)
    unstamped = sealed(plain, seal_signer(settings), reason="SHA-256 0")
    assert (unstamped.stamped_at, unstamped.stamped_by) == (None, None)


def test_nothing_is_sealed_if_the_time_is_not_stamped(settings: Settings, plain: bytes) -> None:
    with time_authority(clock.now(), media_type="text/html") as address:
        signer = seal_signer(replace(settings, tsa_url=address))
        with pytest.raises(TimeNotStamped):
            sealed(plain, signer, reason="SHA-256 0")
    with pytest.raises(TimeNotStamped):  # nobody is there any more
        sealed(plain, signer, reason="SHA-256 0")


def test_an_authority_has_an_address() -> None:
    with pytest.raises(BadSetting, match="TSA_URL"):
        read_settings({"TSA_URL": "ftp://example.org"})


def test_no_seal_is_kept_of_what_was_replaced_meanwhile(
    settings: Settings, plain: bytes, make: Factory
) -> None:
    subject, zone = "outcome:1", make.zone
    with make.database.transaction(SYSTEM) as tx:
        asked = partial(
            seal_document, tx, zone_id=zone.id, subject=subject, digest="d" * 64,
            plain=lambda: plain, signer=seal_signer(settings),
        )  # fmt: skip
        assert asked(lock=lambda: False) is None
        assert seal_of(tx.session, subject) is None
        assert tx.entries == []
        seal = asked(lock=lambda: True)
        assert seal is seal_of(tx.session, subject)
