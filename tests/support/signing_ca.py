"""A certificate authority of the tests, and files signed with its certificates.

pyHanko's blocking calls run an event loop, of which there can be one in a thread; Playwright has
one in ours, so each is made in a thread of its own.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from asn1crypto import keys, x509
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tests.support.trusted_list import trusted_list

_DAY = timedelta(days=1)


@dataclass
class Authority:
    """An issuer of certificates, with its own that a site can trust."""

    name: str = "CA dimostrativa dei test"

    def __post_init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        name = _named(self.name)
        self._root = (
            _begin(name, name, self._key)
            .add_extension(certificates.BasicConstraints(ca=True, path_length=None), critical=True)
            .add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
            .sign(self._key, hashes.SHA256())
        )

    @property
    def pem(self) -> bytes:
        """Its own certificate."""
        return self._root.public_bytes(serialization.Encoding.PEM)

    def trusted_in(self, folder: Path) -> Path:
        """The folder, with its certificate among those that are trusted."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{abs(hash(self.pem))}.pem").write_bytes(self.pem)
        return folder

    def listed_in(self, folder: Path, *, number: int, until: datetime) -> Path:
        """The folder, with a trusted list of Italy that names it. number, until: of the list."""
        der = self._root.public_bytes(serialization.Encoding.DER)
        text = trusted_list(base64.b64encode(der).decode(), number=number, until=until)
        (folder / "IT.xml").write_text(text)
        return folder

    def p12(self, name: str, passphrase: bytes) -> bytes:
        """A certificate with its key, as PKCS#12."""
        key, certificate = self._issue(name, (-30, 365), signs=True)
        return pkcs12.serialize_key_and_certificates(
            b"seal",
            key,
            certificate,
            [self._root],
            serialization.BestAvailableEncryption(passphrase),
        )

    def signer(
        self, name: str, *, days: tuple[int, int] = (-30, 365), signs: bool = True
    ) -> signers.SimpleSigner:
        """A person's signer. days: first and last of validity, from today; signs: may it sign."""
        key, certificate = self._issue(name, days, signs=signs)
        store = SimpleCertificateStore()
        store.register(_loaded(self._root))
        der = key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        return signers.SimpleSigner(
            signing_cert=_loaded(certificate),
            signing_key=keys.PrivateKeyInfo.load(der),
            cert_registry=store,
        )

    def _issue(
        self, name: str, days: tuple[int, int], *, signs: bool
    ) -> tuple[ec.EllipticCurvePrivateKey, certificates.Certificate]:
        key = ec.generate_private_key(ec.SECP256R1())
        usage = _usage(digital_signature=True, content_commitment=signs)
        certificate = (
            _begin(_named(name), self._root.subject, key, days)
            .add_extension(certificates.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(usage, critical=True)
            .sign(self._key, hashes.SHA256())
        )
        return key, certificate


def sign_pdf(content: bytes, signer: signers.Signer, *, field: str = "Firma") -> bytes:
    """The PDF with a signature (PAdES baseline B)."""
    writer = IncrementalPdfFileWriter(BytesIO(content))
    metadata = signers.PdfSignatureMetadata(
        field_name=field, subfilter=fields.SigSeedSubFilter.PADES, md_algorithm="sha256"
    )
    output: BytesIO = _apart(
        partial(signers.async_sign_pdf, writer, metadata, signer, output=BytesIO())
    )
    return output.getvalue()


def sign_p7m(content: bytes, signer: signers.Signer) -> bytes:
    """An envelope around the file (CAdES baseline B)."""
    signed = _apart(
        partial(signer.async_sign_general_data, content, "sha256", detached=False, use_cades=True)
    )
    der: bytes = signed.dump()
    return der


def in_a_thread(work: Callable[[], Any]) -> Any:
    """What a function returns, run in a thread of its own; what it raises is raised here."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(work).result()


def _apart(work: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    return in_a_thread(lambda: asyncio.run(work()))


def _named(name: str) -> certificates.Name:
    return certificates.Name(
        [
            certificates.NameAttribute(NameOID.COUNTRY_NAME, "IT"),
            certificates.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )


def _begin(
    subject: certificates.Name,
    issuer: certificates.Name,
    key: ec.EllipticCurvePrivateKey,
    days: tuple[int, int] = (-3650, 3650),
) -> certificates.CertificateBuilder:
    today = datetime.now(UTC)
    return (
        certificates.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(certificates.random_serial_number())
        .not_valid_before(today + days[0] * _DAY)
        .not_valid_after(today + days[1] * _DAY)
    )


def _usage(**given: bool) -> certificates.KeyUsage:
    names = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return certificates.KeyUsage(**{name: given.get(name, False) for name in names})


def _loaded(certificate: certificates.Certificate) -> x509.Certificate:
    return x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
