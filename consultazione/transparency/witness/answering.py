"""What a witness answers to a checkpoint: its cosignature, or why it gives none.

The statuses are those of tlog-witness. A checkpoint that does not continue what was cosigned
before is a fork; it is refused, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from consultazione.transparency.checkpoint import Checkpoint, open_checkpoint, parse_checkpoint
from consultazione.transparency.cosignatures import cosign
from consultazione.transparency.notes import BadNote, Key, Note, Signer, parse_note
from consultazione.transparency.tree import EMPTY_ROOT, is_consistent
from consultazione.transparency.witness.request import SIZE_TYPE, Request, parse_request

_TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True)
class Answer:
    """An answer of HTTP: its status, its text and the type of that."""

    status: int
    text: str
    type: str = _TEXT


class Memory(Protocol):
    """What a witness remembers: the last checkpoint of each log that it has cosigned."""

    def last(self, origin: str) -> Checkpoint | None:
        """The last checkpoint of a log; None if there was none."""

    def keep(self, checkpoint: Checkpoint, note: str) -> None:
        """Remember a checkpoint for good: on return it outlives a power cut."""


def answer(
    body: str, *, logs: Mapping[str, Key], memory: Memory, signer: Signer, now: int
) -> Answer:
    """Judge a request and remember its checkpoint if it is cosigned.

    logs: the keys of the logs that are known, by origin. now: seconds since 1970. The caller
    lets one request in at a time.
    """
    try:
        request = parse_request(body)
        origin = parse_checkpoint(parse_note(request.note).text).origin
    except BadNote as error:
        return Answer(400, f"{error}\n")
    if origin not in logs:
        return Answer(404, f"the log {origin} is not known here\n")
    try:
        checkpoint, note = open_checkpoint(request.note, logs[origin])
    except BadNote as error:
        return Answer(403, f"{error}\n")
    last = memory.last(origin) or Checkpoint(origin, 0, EMPTY_ROOT)
    if refusal := _refusal(request, checkpoint, last):
        return refusal
    line = cosign(signer, note.text, at=now).line
    # Without the lines of others, of which there may be any number.
    own = [one for one in note.signatures if one.is_by(logs[origin])]
    memory.keep(checkpoint, str(Note(note.text, own)) + line)
    return Answer(200, line)


def _refusal(request: Request, checkpoint: Checkpoint, last: Checkpoint) -> Answer | None:
    """Why a signed checkpoint is not cosigned; None if it continues the last one."""
    if request.old > checkpoint.size:
        return Answer(400, f"the old size {request.old} is above {checkpoint.size}\n")
    if request.old != last.size:
        return Answer(409, f"{last.size}\n", SIZE_TYPE)
    sizes, roots = (last.size, checkpoint.size), (last.root, checkpoint.root)
    if checkpoint.size == 0 and checkpoint.root != EMPTY_ROOT:
        return Answer(422, "an empty tree has another root\n")
    if not is_consistent(*sizes, *roots, request.proof):
        return Answer(
            422,
            f"refused: {checkpoint.origin} showed another tree of {last.size} entries before, or "
            "the proof that this one continues it does not hold\n",
        )
    return None
