"""Sealing a PDF (PAdES, ETSI EN 319 142-1) with the zone's certificate.

Baseline B; baseline T where an authority stamps the time (RFC 3161).

An electronic seal says which body a document comes from (eIDAS art. 35); who approved it, its own
text says. pyHanko's calls run in a thread of their own, since an event loop may be running here.
"""

from __future__ import annotations

import asyncio
import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import TypedDict

from asn1crypto import cms, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import TimestampRequestError
from pyhanko.sign.timestamps.aiohttp_client import HTTPTimeStamper

from consultazione.core.errors import Refusal
from consultazione.core.sentences import LazySentence as _
from consultazione.documents.seals.signer import SealSigner
from consultazione.documents.signatures.prepared import prepared

_FIELD = "Sigillo"
_READ_AS = "Sigillo elettronico della zona"
# PDF/A forbids hidden annotations, PDF/UA those that are untagged and in sight: it stands outside.
_UNSEEN = fields.InvisSigSettings(box_out_of_bounds=True)
_SECONDS = 10


@dataclass(frozen=True)
class Sealed:
    """A sealed PDF. sha256: of `content` (hex); signer, fingerprint: of the certificate.

    stamped_at, stamped_by: the time that an authority stamped, and its name.
    """

    content: bytes = field(repr=False)
    sha256: str
    signer: str
    fingerprint: str
    demo: bool
    stamped_at: datetime | None = None
    stamped_by: str | None = None


class TimeNotStamped(Refusal):
    """The authority that stamps the time did not answer as it should; nothing was sealed."""

    code = "time_not_stamped"
    status = 503
    retry_after = 60


def sealed(content: bytes, signer: SealSigner, *, reason: str) -> Sealed:
    """The PDF with the seal as a further revision, invisible, so that the pages stay as they are.

    content: the PDF, whose bytes stay the beginning of the sealed one. reason: why it is sealed,
    as PDF readers show it. TimeNotStamped if the time was to be stamped and was not.
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
        **_stamp(found),
    )


async def _sign(content: bytes, signer: SealSigner, reason: str) -> bytes:
    metadata = signers.PdfSignatureMetadata(
        field_name=_FIELD,
        reason=reason,
        subfilter=fields.SigSeedSubFilter.PADES,
        md_algorithm="sha256",
    )
    place = fields.SigFieldSpec(_FIELD, readable_field_name=_READ_AS, invis_sig_settings=_UNSEEN)
    writer = IncrementalPdfFileWriter(BytesIO(prepared(content)))
    stamper = HTTPTimeStamper(signer.tsa_url, timeout=_SECONDS) if signer.tsa_url else None
    try:
        output = await signers.async_sign_pdf(
            writer,
            metadata,
            signer.signer,
            timestamper=stamper,
            new_field_spec=place,
            output=BytesIO(),
        )
    except (TimestampRequestError, TimeoutError) as error:
        raise TimeNotStamped(_("The time of the seal could not be stamped.")) from error
    found: bytes = output.getvalue()
    return found


class Stamp(TypedDict, total=False):
    """The time that an authority stamped, and its name, if it did."""

    stamped_at: datetime
    stamped_by: str


def _stamp(content: bytes) -> Stamp:
    """The time stamp of a file's seal, as `Sealed` has it; nothing if it has none."""
    (seal,) = PdfFileReader(BytesIO(content)).embedded_signatures
    tokens = (
        one["values"][0]["content"]
        for one in seal.signer_info["unsigned_attrs"]
        if one["type"].native == "signature_time_stamp_token"
    )
    token: cms.SignedData | None = next(tokens, None)
    if token is None:
        return {}
    told = token["encap_content_info"]["content"].parsed
    return {"stamped_at": told["gen_time"].native, "stamped_by": _authority(token)}


def _authority(token: cms.SignedData) -> str:
    """The common name in the certificate that signed a time stamp."""
    serial = token["signer_infos"][0]["sid"].chosen["serial_number"].native
    found = (one.chosen for one in token["certificates"])
    certificate = next(one for one in found if one.serial_number == serial)
    return str(certificate.subject.native.get("common_name", ""))
