"""Events of the exchange of programmes as files; they stand in the programme's stream."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ProgrammeImported(Event):
    """Interventions and shares were taken from a file; the entries after it say which."""

    kind: ClassVar[str] = "programme.imported"

    programme_id: int
    sha256: str
    added: int
    changed: int
