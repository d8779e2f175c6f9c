"""The transaction: the one place where anything is committed.

An edge opens a transaction for an actor, calls commands with it, and leaves; what the
commands changed and what they recorded in the log is then committed together, or not
at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from consultazione.core import clock, log
from consultazione.core.actor import Actor
from consultazione.core.errors import Conflict
from consultazione.core.events import Event


@dataclass
class Transaction:
    """What a command works with: the session, who acts, the moment, and the record.

    secret: the server's key, for what the database alone must not tell. earlier_secrets: its
    keys from before a rotation, which still open what they sealed and seal nothing new.
    """

    session: Session
    actor: Actor
    now: datetime
    secret: str = ""
    earlier_secrets: Sequence[str] = ()
    recorded: list[log.Recorded] = field(default_factory=list)
    entries: list[log.Entry] = field(default_factory=list)
    # The number of the rehearsal that all of this belongs to, if it is one.
    rehearsal: int | None = None

    @property
    def today(self) -> date:
        """The day on which the actor acts, as people in Italy count it."""
        return clock.in_rome(self.now).date()

    def record(self, stream: str, event: Event) -> None:
        """Note what happened; it enters the log as the last step before the commit.

        Conflict if it belongs to a rehearsal and would be remembered after it.
        """
        if self.rehearsal is not None and not log.is_rehearsed(stream):
            raise Conflict(_("This cannot be rehearsed: it would leave a trace."))
        self.recorded.append(log.Recorded(stream, event, self.actor.person_id, self.now))

    @contextmanager
    def acting_as(self, actor: Actor, at: datetime | None = None) -> Iterator[None]:
        """Let somebody else act for a while, at another moment if one is given.

        For imports, which do in one go what many did one after the other.
        """
        before = self.actor, self.now
        self.actor, self.now = actor, at or self.now
        try:
            yield
        finally:
            self.actor, self.now = before

    def flush(self) -> None:
        """Send pending changes to the database, so that new rows have their ids."""
        self.session.flush()


class Database:
    """The database as the edges see it: transactions to write, snapshots to read.

    write, read: make a new session for either purpose; tests pass their own. secret,
    earlier_secrets: the server's key and those from before; only web processes have them.
    """

    def __init__(
        self,
        write: Callable[[], Session],
        read: Callable[[], Session],
        *,
        secret: str = "",
        earlier_secrets: Sequence[str] = (),
    ) -> None:
        self._write = write
        self._read = read
        self._secret = secret
        self._earlier_secrets = earlier_secrets

    @contextmanager
    def transaction(self, actor: Actor) -> Iterator[Transaction]:
        """A unit of work: all that happens inside is committed at its end, or nothing is."""
        with self._write() as session:
            tx = Transaction(session, actor, clock.now(), self._secret, self._earlier_secrets)
            yield tx
            session.flush()
            tx.entries = log.append(session, tx.recorded)
            session.commit()

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """A session that sees one moment of the database and cannot write."""
        with self._read() as session:
            yield session


def open_database(
    url: str, *, pool_size: int = 10, secret: str = "", earlier_secrets: Sequence[str] = ()
) -> Database:
    """The database at a `postgresql+psycopg` address."""
    engine = make_engine(url, pool_size=pool_size)
    reading = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return Database(
        write=lambda: Session(engine, expire_on_commit=False),
        read=lambda: Session(reading, expire_on_commit=False),
        secret=secret,
        earlier_secrets=earlier_secrets,
    )


def make_engine(url: str, *, pool_size: int = 10) -> Engine:
    """A pool of connections that notices a restarted server before it hands one out."""
    return create_engine(
        url,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_pre_ping=True,
        pool_timeout=10,
        hide_parameters=True,  # errors are logged, and parameters are what people wrote
        connect_args={"connect_timeout": 5, "application_name": "consultazione"},
    )
