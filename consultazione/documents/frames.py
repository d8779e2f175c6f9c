"""How the two sides of a typesetter speak: frames of JSON and content over a socket.

A frame is two lengths of four bytes, then that many bytes of JSON, then that many of content.
"""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NotRequired, TypedDict

LENGTHS = struct.Struct(">II")


@dataclass(frozen=True)
class Limits:
    """What one document may cost, and how many a process sets before another takes its place.

    seconds: by the clock; processor: seconds of it; memory: bytes of address space; output:
    bytes of a PDF. documents: typst numbers the files that it has seen, and runs out.
    """

    seconds: int = 20
    processor: int = 15
    memory: int = 1 << 30
    output: int = 50_000_000
    documents: int = 500


class Asked(TypedDict):
    """A template's path with its inputs; the document's date, in seconds since 1970.

    standard: PDF/A-2a for a copy to be signed, which has no attachment; PDF/A-3a if it is left out.
    """

    template: str
    inputs: Mapping[str, str]
    timestamp: int
    standard: NotRequired[Literal["a-2a"]]


class Answer(TypedDict):
    """What came of it: typst's refusal, or nothing and the content beside.

    last: no other document is taken; too_large: the bytes of a PDF that is kept back.
    """

    last: bool
    refused: NotRequired[str]
    too_large: NotRequired[int]


def send(channel: socket.socket, head: Asked | Answer, content: bytes = b"") -> None:
    """Write one frame."""
    written = json.dumps(head, ensure_ascii=False).encode()
    channel.sendall(LENGTHS.pack(len(written), len(content)) + written + content)
