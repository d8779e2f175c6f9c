"""The document of an outcome: what the unions sign, ready for JSON."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from consultazione.documents.editions import Edition
from consultazione.minutes.compose.types import ConclusionRow, TableName


class SignedMinutes(TypedDict):
    """The minutes whose conclusions are signed, under their digest."""

    id: int
    digest: str | None


class OutcomeDocument(TypedDict):
    """The conclusions of a table, word by word, and whose they are."""

    format: str
    zone: str
    plan: str
    table: TableName
    title: str
    demo: bool
    minutes: SignedMinutes
    items: list[ConclusionRow]
    edition: NotRequired[Edition]
