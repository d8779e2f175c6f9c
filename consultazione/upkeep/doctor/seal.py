"""The certificate that seals documents."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from consultazione.config import BadSetting
from consultazione.core import clock
from consultazione.documents.seals.signer import seal_signer
from consultazione.upkeep.doctor.case import Case, Finding, advice

_SOON = timedelta(days=30)


def seal_is_valid(case: Case) -> Iterator[Finding]:
    """The seal of SEAL_P12 opens, and lasts."""
    if case.settings.seal_p12 is None:
        if case.settings.public_url.startswith("https://") and case.is_ours:
            yield advice(
                "Documents have a demonstration's seal, which nobody vouches for.",
                "Set SEAL_P12 and SEAL_PASSPHRASE (docs/signatures.md).",
            )
        return
    try:
        certificate = seal_signer(case.settings).signer.signing_cert
    except BadSetting as error:
        yield Finding("The seal cannot be opened.", str(error))
        return
    assert certificate is not None  # what seals has one
    ends = certificate.not_valid_after
    if ends <= case.now:
        yield Finding(
            f"The certificate of the seal ended on {clock.in_rome(ends):%d/%m/%Y}: what is sealed "
            "now is not valid.",
            "Ask its issuer for another, and set SEAL_P12 to it.",
        )
    elif ends - case.now < _SOON:
        yield advice(
            f"The certificate of the seal ends on {clock.in_rome(ends):%d/%m/%Y}.",
            "Ask its issuer for the next one in time.",
        )
