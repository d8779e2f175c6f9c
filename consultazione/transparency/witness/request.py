"""The body of `add-checkpoint`: the size known before, the proof, the signed checkpoint."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from consultazione.transparency.notes import BadNote, decode, encode

PATH = "/add-checkpoint"
SIZE_TYPE = "text/x.tlog.size"
LARGEST = 128 * 1024
MOST_HASHES = 63
_OLD = re.compile(r"old (0|[1-9][0-9]{0,18})")


@dataclass(frozen=True)
class Request:
    """old: the size that the witness cosigned last. proof: from there on. note: as signed."""

    old: int
    proof: Sequence[bytes]
    note: str

    def __str__(self) -> str:
        hashes = "".join(f"{encode(one)}\n" for one in self.proof)
        return f"old {self.old}\n{hashes}\n{self.note}"


def parse_request(text: str) -> Request:
    """A request from its body; BadNote if it is none."""
    head, blank, note = text.partition("\n\n")
    first, *lines = head.split("\n")
    old = _OLD.fullmatch(first)
    if old is None or not blank or len(lines) > MOST_HASHES:
        raise BadNote("this is no request: it does not begin with the old size and a proof")
    hashes = [decode(line) for line in lines]
    if any(len(one) != 32 for one in hashes):
        raise BadNote("a hash of the proof is not of 32 bytes")
    return Request(int(old[1]), hashes, note)
