"""What the supervisor asks of the web server before it says that everything is ready."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from consultazione.config import Settings
from consultazione.embedded.port import is_ready, shows_a_page


class _Web(BaseHTTPRequestHandler):
    """Leads from `/` to a page, which it refuses once; not ready before that."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(self._status())
        self.send_header("Location", "/zona")
        self.end_headers()

    def _status(self) -> int:
        if self.path == "/":
            return 302
        return 200 if self.asked.count("/zona") > 1 else 503

    def log_message(self, *_args: object) -> None:
        """Keep silent."""


@pytest.fixture
def web(settings: Settings) -> Iterator[Settings]:
    """The settings of a web server that runs."""
    handler = type("Web", (_Web,), {"asked": []})
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield replace(settings, host="127.0.0.1", port=server.server_port)
        server.shutdown()
        thread.join()


def test_a_page_that_is_refused_is_not_there_yet(web: Settings) -> None:
    assert not is_ready(web)
    assert [shows_a_page(web), shows_a_page(web)] == [False, True]
    assert is_ready(web)


def test_where_nothing_listens_nothing_is_ready(settings: Settings, free_port: int) -> None:
    nowhere = replace(settings, host="127.0.0.1", port=free_port)
    assert not is_ready(nowhere)
    assert not shows_a_page(nowhere)
