"""A signed envelope (.p7m): what is inside is the frozen copy, and it has one signature."""

from __future__ import annotations

import base64
import binascii
import hashlib

from asn1crypto import cms, core, pem
from pyhanko.sign.validation.generic_cms import (
    async_validate_cms_signature,
    collect_timing_info,
    extract_certs_for_validation,
)
from pyhanko.sign.validation.status import StandardCMSSignatureStatus
from pyhanko_certvalidator import ValidationContext

from consultazione.documents.validation.facts import Proofs, facts_of
from consultazione.documents.validation.told import Facts, Fault, Refused, Told

_SEQUENCE = b"\x30"


async def check_p7m(content: bytes, told: Told) -> Facts:
    """The facts of an envelope's one signature; Refused for the first thing that is wrong."""
    signed = _signed_data(_binary(content))
    inside = signed["encap_content_info"]["content"]
    if inside is core.VOID or inside.native is None:
        raise Refused(Fault.OTHER_DOCUMENT)
    if hashlib.sha256(bytes(inside)).hexdigest() != told.sha256:
        raise Refused(Fault.OTHER_DOCUMENT)
    count = len(signed["signer_infos"])
    if count != 1:
        raise Refused(Fault.SEVERAL if count else Fault.UNSIGNED)

    async def ask(context: ValidationContext) -> StandardCMSSignatureStatus:
        return await _status(signed, bytes(inside), context)

    signer = extract_certs_for_validation(signed).signer_cert
    return await facts_of(signer, told, ask, proofs=_proofs(signed))


async def _status(
    signed: cms.SignedData, inside: bytes, context: ValidationContext
) -> StandardCMSSignatureStatus:
    def digest(algorithm: str) -> bytes:
        return hashlib.new(algorithm, inside).digest()

    timing = await collect_timing_info(
        signed["signer_infos"][0], ts_validation_context=context, raw_digest=digest
    )
    return await async_validate_cms_signature(
        signed,
        status_cls=StandardCMSSignatureStatus,
        validation_context=context,
        status_kwargs=dict(timing),
    )


def _binary(content: bytes) -> bytes:
    """The envelope in its binary form; some programs write it as base64, with lines or without."""
    if content[:1] == _SEQUENCE and not content[:8].isalnum():
        return content
    if pem.detect(content):
        found: bytes = pem.unarmor(content)[2]
        return found
    try:
        return base64.b64decode(b"".join(content.split()), validate=True)
    except (binascii.Error, ValueError):
        raise Refused(Fault.NOT_P7M) from None


def _signed_data(content: bytes) -> cms.SignedData:
    try:
        envelope = cms.ContentInfo.load(content, strict=True)
        content_type = envelope["content_type"].native
    except (ValueError, TypeError):
        raise Refused(Fault.NOT_P7M) from None
    if content_type != "signed_data":
        raise Refused(Fault.NOT_P7M)
    return envelope["content"]


def _proofs(signed: cms.SignedData) -> Proofs:
    """The revocation lists in the envelope."""
    crls = signed["crls"]
    if crls is core.VOID or crls.native is None:
        return {}
    return {"crls": [one.chosen for one in crls if one.name == "certificate_list"]}
