"""What the programs of this package are given and answer: a line of JSON, then content."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import BinaryIO, TypedDict


class Fault(StrEnum):
    """Why a PDF is not put among others."""

    UNREADABLE = "unreadable"
    ENCRYPTED = "encrypted"
    TOO_LONG = "too_long"
    TOO_LARGE = "too_large"


class Looked(TypedDict, total=False):
    """How many pages a PDF has, or why it is left out."""

    pages: int
    fault: str


class Bound(TypedDict):
    """A PDF among those that are joined: what its bookmark says, and how many bytes it has.

    The last one has the numbers of the pages, and no bookmark.
    """

    title: str
    size: int


class Book(TypedDict):
    """What the whole is called, and its parts in their order."""

    title: str
    parts: list[Bound]


def write(file: BinaryIO, head: Looked | Book, contents: Iterable[bytes]) -> None:
    """Write a line of JSON and contents."""
    file.write(json.dumps(head).encode() + b"\n")
    for content in contents:
        file.write(content)


def divided(content: bytes, sizes: Sequence[int]) -> Iterable[bytes]:
    """The contents that stand one behind the other, by their sizes."""
    begun = 0
    for size in sizes:
        yield content[begun : begun + size]
        begun += size
