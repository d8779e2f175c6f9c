"""From what pyHanko says of a signature to facts, or to the fault for which it is refused."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import TypedDict

from asn1crypto import x509
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate
from pyhanko.sign.validation.status import StandardCMSSignatureStatus
from pyhanko_certvalidator import ValidationContext

from consultazione.documents.validation.told import Facts, Fault, Judged, Refused, Told
from consultazione.documents.validation.trust import Trust, trust_for


class Proofs(TypedDict, total=False):
    """What came with a file on its certificates."""

    crls: list[bytes]
    ocsps: list[bytes]
    other_certs: list[x509.Certificate]


# A status, for a context; asked again with other contexts.
Ask = Callable[[ValidationContext], Awaitable[StandardCMSSignatureStatus]]

_TAX_CODE = re.compile(r"\b[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]\b", re.IGNORECASE)
_FAULTS: dict[object, Fault] = {
    AdESIndeterminate.EXPIRED: Fault.EXPIRED,
    AdESIndeterminate.NOT_YET_VALID: Fault.EXPIRED,
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: Fault.EXPIRED,
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED: Fault.EXPIRED,
    AdESIndeterminate.REVOKED_NO_POE: Fault.REVOKED,
    AdESIndeterminate.REVOKED_CA_NO_POE: Fault.REVOKED,
    AdESFailure.REVOKED: Fault.REVOKED,
    AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE: Fault.NOT_FOR_SIGNING,
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE: Fault.WEAK,
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE: Fault.WEAK,
    AdESFailure.SIG_CRYPTO_FAILURE: Fault.BROKEN,
}


class _OfCertificate(TypedDict):
    """What a certificate says of itself."""

    signer: str
    issuer: str
    fingerprint: str
    valid_from: str
    valid_to: str


async def facts_of(signer: x509.Certificate, told: Told, ask: Ask, *, proofs: Proofs) -> Facts:
    """The facts of a signature that holds; Refused for the first thing that is wrong.

    proofs: `crls` and `ocsps` that came with the file. The certificate has to be valid at the
    moment of a trusted time stamp, or else now: what the signer's clock says proves nothing.
    """
    trust, now = trust_for(signer, told), datetime.fromisoformat(told.at)
    status = await ask(_context(trust, now, proofs))
    stamped = _stamped(status)
    if stamped is not None and stamped < now:
        status = await ask(_context(trust, stamped, proofs))
    _refuse(status, trust)
    # pyHanko asks this of a chain alone, and without lists there is none.
    if signer.key_usage_value is None or "non_repudiation" not in signer.key_usage_value.native:
        raise Refused(Fault.NOT_FOR_SIGNING)
    moment = stamped or now
    if not signer.not_valid_before <= moment <= signer.not_valid_after:
        raise Refused(Fault.EXPIRED)
    claimed = status.signer_reported_dt
    return {
        **_of_certificate(signer),
        "claimed_at": claimed.isoformat() if claimed else None,
        "stamped_at": stamped.isoformat() if stamped else None,
        "chain": "unjudged" if trust.is_empty else "good",
        "qualified": trust.qualified(status.validation_path, moment),
        "revocation": await _revocation(trust, moment, proofs, ask),
        "lists_of": trust.listed.issued.isoformat() if trust.listed else None,
        "list_expired": bool(trust.listed and trust.listed.is_expired(now)),
    }


def _context(
    trust: Trust, moment: datetime, proofs: Proofs, mode: str = "soft-fail"
) -> ValidationContext:
    return ValidationContext(
        trust_manager=trust,
        moment=moment,
        allow_fetching=False,
        revocation_mode=mode,
        retroactive_revinfo=True,
        **proofs,
    )


def _refuse(status: StandardCMSSignatureStatus, trust: Trust) -> None:
    """Refused unless the signature fits the content, and its chain could be judged good."""
    if not (status.intact and status.valid):
        raise Refused(Fault.BROKEN)
    problem = status.trust_problem_indic
    if problem is None:
        return
    fault = _FAULTS.get(problem, Fault.UNKNOWN_ISSUER)
    if trust.is_empty and fault is Fault.UNKNOWN_ISSUER:
        return
    raise Refused(fault)


def _stamped(status: StandardCMSSignatureStatus) -> datetime | None:
    """The moment of a time stamp whose own chain holds."""
    stamp = status.timestamp_validity
    if stamp is None or not (stamp.intact and stamp.valid and stamp.trusted):
        return None
    return stamp.timestamp


async def _revocation(trust: Trust, moment: datetime, proofs: Proofs, ask: Ask) -> Judged:
    """Whether what came with the file proves that no certificate of the chain was revoked."""
    if trust.is_empty or not any(proofs.get(kind) for kind in ("crls", "ocsps")):
        return "unjudged"
    status = await ask(_context(trust, moment, proofs, "hard-fail"))
    return "good" if status.trusted else "unjudged"


def _of_certificate(signer: x509.Certificate) -> _OfCertificate:
    return {
        "signer": _name(signer.subject.native),
        "issuer": _name(signer.issuer.native),
        "fingerprint": signer.sha256.hex(),
        "valid_from": signer.not_valid_before.isoformat(),
        "valid_to": signer.not_valid_after.isoformat(),
    }


def _name(found: Mapping[str, object]) -> str:
    """A name in a certificate without a tax code, which is never kept."""
    given = " ".join(str(found[part]) for part in ("given_name", "surname") if part in found)
    name = given or str(found.get("common_name") or found.get("organization_name") or "")
    return _TAX_CODE.sub("", name).strip(" /-")[:200]
