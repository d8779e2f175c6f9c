"""Who seals: the certificate that the site was given (PKCS#12), or one that it made itself.

The one that it makes says in its name that it is a demonstration: nobody vouches for it.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.sign import signers

from consultazione.config import BadSetting, Settings
from consultazione.core import clock

DEMO_NAME = "SIGILLO DIMOSTRATIVO, senza valore: consultazione"
_DEMO_FILE = "demo-seal.p12"
_DEMO_YEARS = timedelta(days=3650)
_NAMES = (
    *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment"),
    *("key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
)


@dataclass(frozen=True)
class SealSigner:
    """What seals. demo: True for the certificate that the site made itself.

    tsa_url: who stamps the time (RFC 3161), None if nobody does.
    """

    signer: signers.SimpleSigner
    demo: bool
    tsa_url: str | None = None


def seal_signer(settings: Settings) -> SealSigner:
    """The configured seal, else the demonstration's, made once and kept in SECRETS_DIR.

    BadSetting if SEAL_P12 cannot be opened with SEAL_PASSPHRASE.
    """
    if settings.seal_p12 is not None:
        passphrase = (settings.seal_passphrase or "").encode() or None
        opened = _opened(settings.seal_p12.read_bytes(), passphrase)
        return SealSigner(opened, demo=False, tsa_url=settings.tsa_url)
    path = settings.secrets_dir / _DEMO_FILE
    if path.exists():
        return SealSigner(_opened(path.read_bytes(), None), demo=True, tsa_url=settings.tsa_url)
    made = _demonstration()
    with suppress(OSError):  # a folder that cannot be written: the next is another demonstration
        _keep(path, made)
        made = path.read_bytes()
    return SealSigner(_opened(made, None), demo=True, tsa_url=settings.tsa_url)


def _opened(content: bytes, passphrase: bytes | None) -> signers.SimpleSigner:
    try:
        signer: signers.SimpleSigner | None = signers.SimpleSigner.load_pkcs12_data(
            content, (), passphrase
        )
    except (ValueError, OSError):
        signer = None
    if signer is None:
        raise BadSetting("SEAL_P12 cannot be opened: check the file and SEAL_PASSPHRASE.")
    return signer


def _keep(path: Path, content: bytes) -> None:
    """Write a file that this user alone reads; another process may have been faster."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _demonstration() -> bytes:
    """A key with a certificate that signs itself, as PKCS#12 without a passphrase."""
    key, now = ec.generate_private_key(ec.SECP256R1()), clock.now()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, DEMO_NAME)])
    usage = dict.fromkeys(_NAMES, False) | {"digital_signature": True, "content_commitment": True}
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + _DEMO_YEARS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(
        b"demo", key, certificate, None, serialization.NoEncryption()
    )
