"""A virus scanner that speaks clamd's INSTREAM over a UNIX socket, and finds EICAR's text."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# The text that every scanner reports though it does nothing (eicar.org), in two halves: whole,
# it would have scanners quarantine this file.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}" + b"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class FakeClamd:
    """What the scanner was given, and a reply that it gives whatever it sees, if set."""

    def __init__(self, path: Path) -> None:
        self.address = f"unix://{path}"
        self.seen: list[bytes] = []
        self.reply: bytes | None = None

    def answer(self, connection: socket.socket) -> None:
        """Read one stream to its end and send the verdict."""
        with connection, connection.makefile("rb") as sent:
            assert sent.read(10) == b"zINSTREAM\0"
            content = b""
            while size := struct.unpack(">I", sent.read(4))[0]:
                content += sent.read(size)
            self.seen.append(content)
            verdict = b"stream: Eicar-Signature FOUND" if EICAR in content else b"stream: OK"
            connection.sendall((self.reply if self.reply is not None else verdict) + b"\0")


@contextmanager
def fake_clamd(path: Path) -> Iterator[FakeClamd]:
    """A scanner that listens on a socket at `path`."""
    clamd = FakeClamd(path)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen()
        thread = threading.Thread(target=_serve, args=(listener, clamd))
        thread.start()
        try:
            yield clamd
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def _serve(listener: socket.socket, clamd: FakeClamd) -> None:
    while True:
        try:
            connection, _address = listener.accept()
        except OSError:
            return
        clamd.answer(connection)
