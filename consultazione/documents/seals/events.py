"""Events of seals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event


@dataclass(frozen=True, kw_only=True)
class DocumentSealed(Event):
    """The published PDF of a document got the zone's seal; sha256 is that of the sealed file."""

    kind: ClassVar[str] = "document.sealed"

    digest: str
    sha256: str
    certificate: str
    demo: bool


@dataclass(frozen=True, kw_only=True)
class RegistrationSealed(Event):
    """A document that the register keeps got the zone's seal; sha256 is that of the sealed file."""

    kind: ClassVar[str] = "registration.sealed"

    registration_id: int
    digest: str
    sha256: str
    certificate: str
    demo: bool
