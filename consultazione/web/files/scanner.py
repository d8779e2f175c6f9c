"""Has a virus scanner look at a file: clamd, where the site has one.

The protocol is clamd's INSTREAM, as the manual page of clamd(8) describes it: the file goes in
pieces, each behind its length in four bytes, and an empty piece ends it.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from contextlib import ExitStack
from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Invalid, Refusal

_PIECE = 64 * 1024
_SECONDS = 30.0
_PORT = 3310
_LONGEST_REPLY = 4096


class ScannerAway(Refusal):
    """The scanner does not answer, so the file cannot be taken for the moment."""

    code = "scanner_away"
    status = 503
    retry_after = 60


def refuse_infected(address: str, content: bytes) -> None:
    """Invalid on the field `file` if the scanner finds something in a file's content.

    address: of clamd, `unix:///path` or `tcp://host:port`. ScannerAway if it gives no verdict:
    a file that nobody has looked at is not published.
    """
    try:
        reply = _ask(address, content)
    except OSError as error:
        raise _away() from error
    if reply.endswith("FOUND"):
        raise Invalid.at(
            "file", _("The virus scanner has found something in this file: do not spread it.")
        )
    if not reply.endswith("OK"):
        raise _away()


def _ask(address: str, content: bytes) -> str:
    """The scanner's reply: `stream: OK`, `stream: <name> FOUND`, or an error of its own."""
    with _connection(address) as connection:
        connection.sendall(b"zINSTREAM\0")
        for piece in _pieces(content):
            connection.sendall(struct.pack(">I", len(piece)) + piece)
        return _reply(connection)


def _connection(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme != "unix":
        where = parts.hostname or "127.0.0.1", parts.port or _PORT
        return socket.create_connection(where, timeout=_SECONDS)
    with ExitStack() as undo:
        connection = undo.enter_context(socket.socket(socket.AF_UNIX))
        connection.settimeout(_SECONDS)
        connection.connect(parts.path)
        undo.pop_all()
    return connection


def _pieces(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), _PIECE):
        yield content[start : start + _PIECE]
    yield b""


def _reply(connection: socket.socket) -> str:
    reply = b""
    while b"\0" not in reply and len(reply) < _LONGEST_REPLY:
        received = connection.recv(_LONGEST_REPLY)
        if not received:
            break
        reply += received
    return reply.partition(b"\0")[0].decode("utf-8", "replace").strip()


def _away() -> ScannerAway:
    return ScannerAway(
        _("The virus scanner does not answer, so no file can be taken. Try again in a minute.")
    )
