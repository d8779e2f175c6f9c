"""A mail server for the tests of notices."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.smtp_server import Postbox, smtp_server


@pytest.fixture(scope="package")
def server() -> Iterator[Postbox]:
    """A server that runs for all of these tests."""
    with smtp_server() as postbox:
        yield postbox


@pytest.fixture
def postbox(server: Postbox, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    """The server, empty, as the one to which this installation sends."""
    server.messages.clear()
    server.recipients.clear()
    server.senders.clear()
    server.answer = ""
    server.answers.clear()
    monkeypatch.setenv("SMTP_URL", server.url)
    monkeypatch.setenv("MAIL_FROM", "Distretto di prova <partecipa@example.org>")
    return server
