"""Logs: what went wrong and where, and nothing that people wrote or typed."""

from __future__ import annotations

from io import TextIOWrapper
from pathlib import Path

import pytest
import structlog
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from consultazione import logs
from consultazione.core.db import make_engine
from consultazione.logs import message_of
from tests.support.factories import Factory

SECRET = "not for the eyes of an operator"


def test_a_fault_is_logged_without_the_values_of_variables(
    app: Flask, make: Factory, capsys: pytest.CaptureFixture[str]
) -> None:
    def breaks() -> str:
        password = f"{SECRET}: {make.zone.id}"
        raise RuntimeError(str(len(password)))

    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.add_url_rule("/breaks", view_func=breaks)
    app.test_client().get("/breaks")
    written = capsys.readouterr().out
    assert "RuntimeError" in written
    assert "test_logs.py" in written
    assert SECRET not in written


def test_an_error_of_the_database_does_not_quote_what_was_sent(postgres_url: str) -> None:
    engine = make_engine(postgres_url)
    with pytest.raises(SQLAlchemyError) as caught, engine.connect() as connection:
        connection.execute(text("SELECT CAST(:typed AS integer)"), {"typed": SECRET})
    engine.dispose()
    assert "[SQL:" in str(caught.value)
    assert "22P02" in message_of(caught.value)
    assert SECRET not in message_of(caught.value)
    assert "parameters: " not in str(caught.value)


def test_a_line_for_which_there_is_no_room_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    logs.set_up("info")
    with Path("/dev/full").open("wb", buffering=0) as device:
        full = TextIOWrapper(device, write_through=True)
        with pytest.raises(OSError, match="No space left"):
            full.write("no room for this")
        with monkeypatch.context() as patch:
            patch.setattr("sys.stdout", full)
            structlog.get_logger().error("no room for this")
        full.detach()
