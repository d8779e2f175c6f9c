"""Events of a person's entry among the people of a zone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event, FreeText


@dataclass(frozen=True, kw_only=True)
class NameCorrected(Event, texts={"reason": "revision.reason"}):
    """An administrator has corrected what a person is called, and says why."""

    kind: ClassVar[str] = "person.name_corrected"

    person_id: int
    reason: FreeText
