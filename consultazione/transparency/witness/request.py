"""The body of `add-checkpoint`: the size known before, the proof, the signed checkpoint."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from consultazione.transparency.notes import BadNote, hash_lines, parse_hashes

PATH = "/add-checkpoint"
SIZE_TYPE = "text/x.tlog.size"
LARGEST = 128 * 1024
_OLD = re.compile(r"old (0|[1-9][0-9]{0,18})")


@dataclass(frozen=True)
class Request:
    """old: the size that the witness cosigned last. proof: from there on. note: as signed."""

    old: int
    proof: Sequence[bytes]
    note: str

    def __str__(self) -> str:
        return f"old {self.old}\n{hash_lines(self.proof)}\n{self.note}"


def parse_request(text: str) -> Request:
    """A request from its body; BadNote if it is none."""
    head, blank, note = text.partition("\n\n")
    first, *lines = head.split("\n")
    old = _OLD.fullmatch(first)
    if old is None or not blank:
        raise BadNote("this is no request: it does not begin with the old size and a proof")
    return Request(int(old[1]), parse_hashes(lines), note)
