"""What the program that validates is told, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypedDict

# What becomes of a chain or a revocation that could not be judged, beside what could.
Judged = Literal["good", "unjudged"]


@dataclass(frozen=True, kw_only=True)
class Told:
    """What one signed file is compared with.

    format: `pdf` or `p7m`. sha256, size: of the frozen copy that has to be in it. at: the moment
    of validation, ISO 8601. trust: the folder of trusted lists and roots, "" for none; zone: the
    slug of the zone, whose own roots lie in a folder of that name.
    """

    format: str
    sha256: str
    size: int
    at: str
    trust: str = ""
    zone: str = ""


class Fault(StrEnum):
    """Why a signed file is refused."""

    NOT_PDF = "not_pdf"
    NOT_P7M = "not_p7m"
    UNREADABLE = "unreadable"
    COSTLY = "costly"
    ENCRYPTED = "encrypted"
    SCRIPTS = "scripts"
    OTHER_DOCUMENT = "other_document"
    UNSIGNED = "unsigned"
    SEVERAL = "several"
    NOT_WHOLE = "not_whole"
    CHANGED_BEFORE = "changed_before"
    CHANGED_AFTER = "changed_after"
    BROKEN = "broken"
    EXPIRED = "expired"
    REVOKED = "revoked"
    UNKNOWN_ISSUER = "unknown_issuer"
    NOT_FOR_SIGNING = "not_for_signing"
    WEAK = "weak"


class Facts(TypedDict):
    """What was found of a signature that is in order; the fields are those of a Report."""

    signer: str
    issuer: str
    fingerprint: str
    valid_from: str
    valid_to: str
    claimed_at: str | None
    stamped_at: str | None
    chain: Judged
    qualified: bool | None
    revocation: Judged
    lists_of: str | None
    list_expired: bool


class Answer(TypedDict, total=False):
    """What the program says: one of the two."""

    facts: Facts
    fault: str


class Refused(Exception):
    """A signed file is not in order."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault
