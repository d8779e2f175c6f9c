"""The zone's seal: what it covers, who gives it, and that the PDF stays what it was."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from consultazione.bad_setting import BadSetting
from consultazione.config import Settings, read_settings
from consultazione.core import clock
from consultazione.documents.seals.sealing import sealed
from consultazione.documents.seals.signer import DEMO_NAME, seal_signer
from consultazione.documents.signatures.prepared import prepared
from consultazione.documents.validation.program import answer
from consultazione.documents.validation.told import Told
from tests.support.signing_ca import Authority, in_a_thread


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
