"""A witness over HTTP: `add-checkpoint`, and the last checkpoint of each log."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from consultazione.core import clock
from consultazione.transparency.notes import Key, Signer
from consultazione.transparency.witness.answering import Answer, answer
from consultazione.transparency.witness.memory import Directory
from consultazione.transparency.witness.request import LARGEST, PATH

_CHECKPOINT = re.compile(r"/([0-9a-f]{64})/checkpoint")
_SECONDS = 10.0  # for which a client may keep a thread waiting


class WitnessServer(ThreadingHTTPServer):
    """Serves until it is shut down. address: host and port, 0 for any that is free."""

    daemon_threads = True

    def __init__(
        self, address: tuple[str, int], signer: Signer, logs: Mapping[str, Key], memory: Directory
    ) -> None:
        super().__init__(address, _Handler)
        self._signer = signer
        self._logs = logs
        self.memory = memory

    def add_checkpoint(self, body: str) -> Answer:
        """Judge one request; one at a time."""
        with self.memory.alone():
            return answer(
                body,
                logs=self._logs,
                memory=self.memory,
                signer=self._signer,
                now=int(clock.now().timestamp()),
            )


class _Handler(BaseHTTPRequestHandler):
    server: WitnessServer
    protocol_version = "HTTP/1.1"
    timeout = _SECONDS

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if self.path != PATH:
            self._reply(Answer(404, "checkpoints are sent to /add-checkpoint\n"))
        elif not length.isdecimal() or int(length) > LARGEST:
            self._reply(Answer(413, f"a request has at most {LARGEST} bytes\n"))
        else:
            self._reply(self._judge(self.rfile.read(int(length))))

    def do_GET(self) -> None:
        found = _CHECKPOINT.fullmatch(self.path)
        note = self.server.memory.note(found[1]) if found else None
        self._reply(Answer(404, "no checkpoint\n") if note is None else Answer(200, note))

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing of each request."""

    def _judge(self, body: bytes) -> Answer:
        try:
            return self.server.add_checkpoint(body.decode())
        except UnicodeDecodeError:
            return Answer(400, "the request is no text\n")

    def _reply(self, given: Answer) -> None:
        content = given.text.encode()
        self.send_response(given.status)
        self.send_header("Content-Type", given.type)
        self.send_header("Content-Length", str(len(content)))
        if given.status == 413:  # its body was not read
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        self.wfile.write(content)
