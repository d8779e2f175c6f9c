"""The request's way to the database: one snapshot to read, transactions to write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TypeVar

from flask import Flask, current_app, g
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from consultazione.core.actor import VISITOR, Actor
from consultazione.core.db import Database, Transaction
from consultazione.core.db_limits import ended_by
from consultazione.web.db_outage import note_away
from consultazione.web.oversight import security_log
from consultazione.web.repeats import keyed_requests

T = TypeVar("T")


def init(app: Flask, database: Database) -> None:
    """Give the application its database, and close each request's snapshot."""
    app.extensions["database"] = database
    app.teardown_appcontext(_close)


def database() -> Database:
    """The application's database."""
    found: Database = current_app.extensions["database"]
    return found


def actor() -> Actor:
    """Who sends this request."""
    found: Actor = g.get("actor", VISITOR)
    return found


@contextmanager
def transaction() -> Iterator[Transaction]:
    """A transaction in the name of the request's sender; its reading ends for now.

    Repeated if the request carries a key under which all this was done before.

    No request holds two connections: as many requests as there are connections would each
    hold one, and wait for another that none of them gives back.
    """
    release_snapshot()
    sent = keyed_requests.keyed_request(actor())
    with database().transaction(actor()) as tx:
        if sent is None:
            yield tx
        else:
            with sent.claimed(tx):
                yield tx
    if sent is not None:
        keyed_requests.note_done(sent)
    security_log.note_entries(tx.entries)


def snapshot() -> Session:
    """The session with which this request reads: one moment of the database.

    A visitor's keeps its connection for two seconds at most, and is one of few.
    """
    return _snapshot(for_visitor=not actor().is_signed_in)


def identifying_snapshot() -> Session:
    """The same, for a sender who carries a key or a token that has yet to be looked up.

    Who signed in must get in while visitors have taken all their connections; the caller
    releases it if nobody stands behind the key.
    """
    return _snapshot(for_visitor=False)


def release_snapshot() -> None:
    """End this request's reading for now, and give its connection back."""
    _close()


def read(query: Callable[[Session], T]) -> T:
    """What a query finds, with the connection given back at once, for what takes long next."""
    found = query(snapshot())
    release_snapshot()
    return found


def renew_snapshot() -> Session:
    """A new snapshot, to see what this request has just committed."""
    _close()
    return snapshot()


def _snapshot(*, for_visitor: bool) -> Session:
    if "snapshot" not in g:
        g.unit = ExitStack()
        g.snapshot = g.unit.enter_context(database().snapshot(for_visitor=for_visitor))
    found: Session = g.snapshot
    return found


def _close(_error: BaseException | None = None) -> None:
    """Give the connection back; one that was kept too long is gone, but what it read is not."""
    g.pop("snapshot", None)
    unit: ExitStack | None = g.pop("unit", None)
    if unit is not None:
        try:
            unit.close()
        except DBAPIError as error:
            if ended_by(error) is None:
                raise
            note_away(error)
