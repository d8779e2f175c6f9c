"""The disk is full, or read only: who acts gets a sentence, and nothing is half done."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, event, func, select, text

from consultazione.comments.models import Comment
from consultazione.core.db import Database
from consultazione.core.durable import Shortage, shortage
from consultazione.core.log import EntryRow
from tests.support.factories import Factory
from tests.support.rest_program import Program

SAID = "nothing can be written"
_FULL = "DO $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = 'disk_full'; END $$"


def fills_up(connection: Connection) -> None:
    """From now on the server finds no room for a comment."""

    @event.listens_for(connection, "before_cursor_execute", retval=True)
    def refuse(_on: Any, _cursor: Any, said: str, given: Any, *_: Any) -> tuple[str, Any]:
        return (_FULL, None) if said.startswith("INSERT INTO comment") else (said, given)


def turns_read_only(connection: Connection) -> None:
    """From now on the server takes nothing, as a stand-by does."""
    connection.execute(text("SET TRANSACTION READ ONLY"))


@pytest.mark.parametrize("happens", [fills_up, turns_read_only])
def test_who_comments_is_told_and_nothing_is_kept(
    client: FlaskClient,
    make: Factory,
    database: Database,
    connection: Connection,
    happens: Callable[[Connection], None],
) -> None:
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    proposal = make.proposal()
    program = Program(client, make, make.citizen())
    page = f"/proposte/{proposal.id}"
    with database.snapshot() as session:
        before = session.scalar(select(func.count()).select_from(EntryRow))
    happens(connection)
    path = f"/proposals/{proposal.id}/comments"
    answer = program.send(path, {"position": "in_favour", "body": "Well said."})
    assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")
    assert SAID in answer.get_json()["detail"]
    assert answer.headers["Retry-After"] == "60"
    with database.snapshot() as session:
        assert session.scalar(select(func.count()).select_from(EntryRow)) == before
        assert session.scalars(select(Comment)).all() == []
    assert client.get(page).status_code == 200


def test_a_file_for_which_there_is_no_room(
    app: Flask, client: FlaskClient, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposal = make.proposal(author=(author := make.citizen()))
    make.sign_in(client, author)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    uploads = app.extensions["settings"].uploads_dir

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    files = [(BytesIO(b"No room for this."), "nota.txt")]
    answer = client.post(
        f"/proposte/{proposal.id}/allegati",
        data={"files": files},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 503
    assert SAID in answer.text
    assert [path for path in uploads.rglob(".*") if path.is_file()] == []


def test_what_led_to_it_counts_and_other_errors_do_not() -> None:
    made = RuntimeError("not made")
    made.__cause__ = OSError(errno.EROFS, "read only")
    assert shortage(made) is Shortage.READ_ONLY
    assert shortage(OSError(errno.ENOENT, "nothing there")) is None
    assert shortage(RuntimeError()) is None
