"""A request and its connections to the database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from consultazione.core.db import Database
from consultazione.web.request_db import snapshot, transaction

ONE = text("SELECT 1")


@pytest.fixture
def scarce(app: Flask, postgres_url: str) -> Iterator[Flask]:
    """An application with one connection to the database."""
    engine = create_engine(postgres_url, pool_size=1, max_overflow=0, pool_timeout=1)
    app.extensions["database"] = Database(
        write=lambda: Session(engine), read=lambda: Session(engine)
    )
    yield app
    engine.dispose()


def test_who_reads_and_then_writes_does_with_one_connection(scarce: Flask) -> None:
    """Twenty requests at once would else wait for each other until all of them fail."""
    with scarce.test_request_context():
        assert snapshot().scalar(ONE) == 1
        with transaction() as tx:
            assert tx.session.scalar(ONE) == 1
        assert snapshot().scalar(ONE) == 1
