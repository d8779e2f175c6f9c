"""Sealing a PDF (PAdES baseline B, ETSI EN 319 142-1) with the zone's certificate.

An electronic seal says which body a document comes from (eIDAS art. 35); who approved it, its own
text says. pyHanko's calls run in a thread of their own, since an event loop may be running here.
"""

from __future__ import annotations

import asyncio
import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from io import BytesIO

from asn1crypto import x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from consultazione.documents.seals.signer import SealSigner
from consultazione.documents.signatures.prepared import prepared

_FIELD = "Sigillo"


@dataclass(frozen=True)
class Sealed:
    """A sealed PDF. sha256: of `content` (hex); signer, fingerprint: of the certificate."""

    content: bytes = field(repr=False)
    sha256: str
    signer: str
    fingerprint: str
    demo: bool


def sealed(content: bytes, signer: SealSigner, *, reason: str) -> Sealed:
    """The PDF with the seal as a further revision, invisible, so that the pages stay as they are.

    content: the PDF, whose bytes stay the beginning of the sealed one. reason: why it is sealed,
    as PDF readers show it.
    """
    with ThreadPoolExecutor(max_workers=1) as pool:
        found = pool.submit(lambda: asyncio.run(_sign(content, signer, reason))).result()
    certificate: x509.Certificate = signer.signer.signing_cert
    return Sealed(
        content=found,
        sha256=hashlib.sha256(found).hexdigest(),
        signer=str(certificate.subject.native.get("common_name", "")),
        fingerprint=certificate.sha256.hex(),
        demo=signer.demo,
    )


async def _sign(content: bytes, signer: SealSigner, reason: str) -> bytes:
    metadata = signers.PdfSignatureMetadata(
        field_name=_FIELD,
        reason=reason,
        subfilter=fields.SigSeedSubFilter.PADES,
        md_algorithm="sha256",
    )
    writer = IncrementalPdfFileWriter(BytesIO(prepared(content)))
    output = await signers.async_sign_pdf(writer, metadata, signer.signer, output=BytesIO())
    found: bytes = output.getvalue()
    return found
