"""A service of the LibreTranslate protocol in a thread, which translates badly on purpose."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class FakeTranslator:
    """What it was asked, and how it behaves."""

    def __init__(self) -> None:
        self.url = ""
        self.asked: list[dict[str, Any]] = []
        self.status = 200
        self.delay = 0.0
        self.reply: bytes | None = None

    def answer(self, asked: dict[str, Any]) -> bytes:
        """Each text with the language before it; markup stays."""
        self.asked.append(asked)
        if self.reply is not None:
            return self.reply
        said = [f"[{asked['target']}] {text}" for text in asked["q"]]
        return json.dumps({"translatedText": said}).encode()


@contextmanager
def fake_translator() -> Iterator[FakeTranslator]:
    """A service that listens on this machine."""
    fake = FakeTranslator()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            body = fake.answer({**json.loads(self.rfile.read(length)), "path": self.path})
            time.sleep(fake.delay)
            self.send_response(fake.status)
            if fake.status // 100 == 3:
                self.send_header("Location", f"{fake.url}/elsewhere")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: Any) -> None:
            """Say nothing."""

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *_args: Any) -> None:
            """Who asked has gone away: that is what some tests want."""

    with Quiet(("127.0.0.1", 0), Handler) as server:
        fake.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield fake
        finally:
            server.shutdown()
            thread.join()
