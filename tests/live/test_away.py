"""PostgreSQL is away: each message is told to wait, and one line of the log says why."""

from __future__ import annotations

import pytest

from consultazione.app import create_app
from consultazione.config import Settings
from consultazione.core.db import Database
from consultazione.live.messages import MESSAGES
from consultazione.live.server import create_socketio
from tests.support.database_away import away
from tests.support.socketio_browser import Browser


def test_every_message_is_to_be_tried_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("consultazione.web.db_outage._said", {})
    monkeypatch.setattr("consultazione.live.gateway._MOST", 10**9)
    app = create_app(settings, Database(write=away, read=away))
    socketio, cookies = create_socketio(app, queue=False), app.test_client()
    with cookies.session_transaction() as cookie:
        cookie["key"] = "of somebody who signed in before"
    signed_in, visitor = Browser(app, socketio, cookies), Browser(app, socketio, app.test_client())
    answers = [signed_in.ask(name, {}) for name in MESSAGES]
    answers.append(visitor.ask("enter", {"sitting": 1}))
    for answer in answers:
        assert (answer["ok"], answer["error"]) == (False, "busy")
        assert answer["retry_after"] > 0
        assert answer["detail"]
    written = capsys.readouterr().out
    assert written.count("database away") == 1
    assert "Traceback" not in written
    assert "secret" not in written
