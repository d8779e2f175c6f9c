"""Events of the signatures under minutes, in the stream of the minutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event
from consultazione.minutes.signing.models import SigningRole


@dataclass(frozen=True, kw_only=True)
class MinutesCopyFrozen(Event):
    """The copy of approved minutes that can be signed was written; `sha256` is of its bytes."""

    kind: ClassVar[str] = "minutes.copy_frozen"

    minutes_id: int
    sitting_id: int
    digest: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class MinutesSigned(Event):
    """The chair of a sitting, or who wrote its minutes, has signed the approved minutes."""

    kind: ClassVar[str] = "minutes.signed"

    minutes_id: int
    sitting_id: int
    role: SigningRole
    digest: str
    method: str
    signature_id: int
    certificate: str | None = None
    chain: str | None = None
    # All have signed before the publication, so a worker writes a PDF that says so.
    renews_pdf: bool = False
