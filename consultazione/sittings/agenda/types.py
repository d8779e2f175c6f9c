"""The papers of a point as the room is sent them, ready for JSON."""

from __future__ import annotations

from typing import TypedDict


class MaterialSnapshot(TypedDict):
    """A document to be read on a point."""

    id: int
    title: str
    file_name: str
