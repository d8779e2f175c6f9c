"""Events of erasures by order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.erasure.models import Ground


@dataclass(frozen=True, kw_only=True)
class ErasureOrdered(Event, texts={"reference": "erasure_order.reference"}):
    """Personal data was erased by order: by which act, and how much; none of the data itself."""

    kind: ClassVar[str] = "erasure.ordered"

    order_id: int
    number: int
    ground: Ground
    reference: FreeText
    decided_on: date
    rows: int
    entries: int
    documents: int


@dataclass(frozen=True, kw_only=True)
class TextErased(Event):
    """Texts of entries of this very stream, named by their numbers, were erased by order."""

    kind: ClassVar[str] = "text.erased"

    order_id: int
    numbers: list[int]


@dataclass(frozen=True, kw_only=True)
class PersonErased(Event):
    """An account was emptied by order: name, address and password are gone, its id stays."""

    kind: ClassVar[str] = "person.erased"

    person_id: int
    order_id: int


@dataclass(frozen=True, kw_only=True)
class FileErased(Event):
    """The bytes of an uploaded file were destroyed by order; their digest stays."""

    kind: ClassVar[str] = "file.erased"

    order_id: int
    sha256: str
