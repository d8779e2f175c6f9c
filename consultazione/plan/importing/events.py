"""Events of documents that are taken into the plan; they stand in the stream of the plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event, FreeText


@dataclass(frozen=True, kw_only=True)
class BlocksImported(Event, texts={"file": "block_version.reason"}):
    """The plan office has taken a document into a chapter; its blocks follow, one by one."""

    kind: ClassVar[str] = "blocks.imported"

    chapter_id: int
    sha256: str
    file: FreeText
    count: int
