"""Asking a witness for its cosignature of a checkpoint, over HTTP."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from typing import Any

from consultazione.transparency.cosignatures import cosigned_at
from consultazione.transparency.notes import BadNote, Key, Signature, parse_note, parse_signature
from consultazione.transparency.witness.request import LARGEST, PATH, Request

_SECONDS = 5.0
# The proof that the tree of the checkpoint begins with that of a smaller size.
Prove = Callable[[int], Sequence[bytes]]


class NotCosigned(Exception):
    """A witness did not cosign; says which and why."""


@dataclass(frozen=True)
class Witness:
    """A witness: where it is asked, without a slash at the end, and its verifier's key."""

    url: str
    key: Key


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A witness is asked where the settings say: no answer of its leads into a network of ours."""

    def redirect_request(self, *_args: Any, **_named: Any) -> None:
        """None: the answer stands as it is, and is no cosignature."""


_OPENER = urllib.request.build_opener(_NoRedirects)


def ask(witness: Witness, note: str, size: int, *, known: int, prove: Prove) -> Signature:
    """The cosignature of a witness.

    note: the signed checkpoint of `size` leaves. known: the size that the witness has cosigned
    last, as far as we know; it says so itself if it knows better. NotCosigned if it is away, if
    it refuses, or if what it answers does not hold.
    """
    status, text = _send(witness, Request(known, prove(known), note))
    if status == 409 and (last := _size(text, size)) is not None:
        status, text = _send(witness, Request(last, prove(last), note))
    if status != 200:
        raise NotCosigned(f"{witness.key.name} answers {status}: {text.strip()[:300]}")
    for line in text.splitlines():
        signature = _read(line)
        if signature and cosigned_at(signature, parse_note(note).text, witness.key):
            return signature
    raise NotCosigned(f"{witness.key.name} sends no signature that holds")


def _send(witness: Witness, request: Request) -> tuple[int, str]:
    """The status and the text of the answer."""
    sent = urllib.request.Request(witness.url + PATH, str(request).encode(), method="POST")
    try:
        with _answer(sent) as reply:
            return reply.status or 0, reply.read(LARGEST).decode(errors="replace")
    except (OSError, HTTPException) as error:
        raise NotCosigned(f"{witness.key.name} is away ({error})") from None


def _answer(sent: urllib.request.Request) -> HTTPResponse | urllib.error.HTTPError:
    """What is answered, a refusal too; its text is still to be read."""
    try:
        reply: HTTPResponse = _OPENER.open(sent, timeout=_SECONDS)
    except urllib.error.HTTPError as refusal:
        return refusal
    return reply


def _size(text: str, most: int) -> int | None:
    number = text.strip()
    return int(number) if number.isdecimal() and len(number) < 20 and int(number) <= most else None


def _read(line: str) -> Signature | None:
    try:
        return parse_signature(line)
    except BadNote:
        return None
