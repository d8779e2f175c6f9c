"""Checkpoints: the size and the root of a tree, under the name of its log (tlog-checkpoint)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from consultazione.transparency.notes import BadNote, Key, Note, decode, encode, parse_note

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True)
class Checkpoint:
    """What a log says of its tree. origin: the name of the log. root: 32 bytes."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The text of its note."""
        return f"{self.origin}\n{self.size}\n{encode(self.root)}\n"


def parse_checkpoint(text: str) -> Checkpoint:
    """The checkpoint that a note's text holds; lines after the third say nothing to us.

    BadNote if it is none.
    """
    lines = text.removesuffix("\n").split("\n")
    if len(lines) < 3 or not all(lines) or not _SIZE.fullmatch(lines[1]):
        raise BadNote("this is no checkpoint: it has not the lines origin, size and root")
    root = decode(lines[2])
    if len(root) != 32:
        raise BadNote("this is no checkpoint: its root is not of 32 bytes")
    return Checkpoint(lines[0], int(lines[1]), root)


def open_checkpoint(text: str, key: Key) -> tuple[Checkpoint, Note]:
    """A signed checkpoint and its note.

    BadNote if the key did not sign it, or if it speaks for another log than the key's.
    """
    note = parse_note(text)
    checkpoint = parse_checkpoint(note.text)
    if not note.is_signed_by(key):
        raise BadNote(f"the checkpoint is not signed by {key.name}")
    if checkpoint.origin != key.name:
        raise BadNote(f"the checkpoint is of {checkpoint.origin}, not of {key.name}")
    return checkpoint, note
