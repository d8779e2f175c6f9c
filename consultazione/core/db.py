"""The transaction: the one place where anything is committed.

An edge opens a transaction for an actor and calls commands with it. When the edge leaves,
what the commands changed and what they recorded in the log is committed together, or, if
anything was raised, not at all.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Engine, create_engine, event, func, make_url, select
from sqlalchemy.orm import Session

from consultazione.core import clock, log
from consultazione.core.actor import Actor
from consultazione.core.db_limits import (
    MEMBERS,
    VISITORS,
    WRITERS,
    Limits,
    collision,
    keep_the_others,
)
from consultazione.core.errors import Conflict, Refusal, Sentence
from consultazione.core.events import Event
from consultazione.core.keys import KeyStore, NoKeys
from consultazione.core.text_keys import TextKeys

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Confinement:
    """A limit to what a transaction may leave behind, so that all of it can be deleted later.

    number: under which its idempotency keys are kept. admits: True for the names of streams
    on which it may record. refusal: what `Conflict` says of any other stream.
    """

    number: int
    admits: Callable[[str], bool]
    refusal: Sentence


@dataclass
class Transaction:
    """What a command works with: the session, who acts, the moment, and the record.

    secret: the server's key, for what the database alone must not tell. earlier_secrets: its
    keys from before a rotation, which still open what they sealed and seal nothing new. keys:
    the store of the keys of secret polls.
    recorded: what enters the log at the commit. entries: the same afterwards, as it stands in
    the log. confinement: set by a command that works on something which will be deleted
    without a trace.
    """

    session: Session
    actor: Actor
    now: datetime
    secret: str = ""
    earlier_secrets: Sequence[str] = ()
    recorded: list[log.Recorded] = field(default_factory=list)
    entries: list[log.Entry] = field(default_factory=list)
    confinement: Confinement | None = None
    keys: KeyStore = field(default_factory=NoKeys)
    _afterwards: list[Callable[[], None]] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The date in Italy on which the actor acts."""
        return clock.in_rome(self.now).date()

    def record(
        self,
        stream: str,
        event: Event,
        *,
        leaves: Mapping[str, int] | None = None,
        anonymous: bool = False,
    ) -> None:
        """Note what happened; it enters the log as the last step before the commit.

        leaves: those of texts that a row refers to, by field (`next_leaf`). anonymous: True for
        what nobody shall be named for.

        Conflict if the transaction is confined and may not record on that stream.
        """
        if self.confinement is not None and not self.confinement.admits(stream):
            raise Conflict(self.confinement.refusal)
        actor_id = None if anonymous else self.actor.person_id
        recorded = log.Recorded(stream, event, actor_id, self.now, leaves or {})
        self.recorded.append(recorded)

    def append(self) -> None:
        """Enter in the log what was recorded since; the last step before the commit.

        Earlier only for an import, which reads back what it has written: until the commit it
        holds the lock that all appends wait for.
        """
        self.session.flush()
        self.entries += log.append(self.session, self.recorded)
        self.recorded.clear()

    def next_leaf(self) -> int:
        """The leaf of a text that is about to be recorded, for a row that refers to the text."""
        return log.draw_leaves(self.session, 1)[0]

    def after_commit(self, act: Callable[[], None]) -> None:
        """Do something once the commit has succeeded, and never if it has not.

        For what cannot be rolled back. A process that dies in between does not do it, so
        something else must make up for it; if it raises, that is logged and goes no further.
        """
        self._afterwards.append(act)

    def run_afterwards(self) -> None:
        """Do what was put off until after the commit; called by `Database` alone."""
        for act in self._afterwards:
            try:
                act()
            except Exception as error:
                _log.error("what follows a commit failed: %s", type(error).__name__)

    @contextmanager
    def acting_as(self, actor: Actor, at: datetime | None = None) -> Iterator[None]:
        """Let somebody else act inside a `with` block, at another moment if one is given.

        For batches of commands, and for imports, which do in one transaction what many people
        did one after the other.
        """
        before = self.actor, self.now
        self.actor, self.now = actor, at or self.now
        try:
            yield
        finally:
            self.actor, self.now = before

    def flush(self) -> None:
        """Send pending changes to the database, so that new rows get their ids."""
        self.session.flush()


class Database:
    """The database as the edges see it: transactions to write, snapshots to read.

    write, read, read_for_visitors: each makes a new session for its purpose; visitors read as
    everybody does if it is not given. Tests pass their own. secret, earlier_secrets: the
    server's key and those from before; only web processes have them. keys: the store of the
    keys of secret polls. text_keys: what texts are encrypted with; without it they are neither
    written nor read.
    """

    def __init__(
        self,
        write: Callable[[], Session],
        read: Callable[[], Session],
        *,
        read_for_visitors: Callable[[], Session] | None = None,
        secret: str = "",
        earlier_secrets: Sequence[str] = (),
        keys: KeyStore | None = None,
        text_keys: TextKeys | None = None,
    ) -> None:
        self._write = write
        self._read = read
        self._read_for_visitors = read_for_visitors or read
        self._secret = secret
        self._earlier_secrets = earlier_secrets
        self._keys = keys or NoKeys()
        self._text_keys = text_keys

    @contextmanager
    def transaction(self, actor: Actor) -> Iterator[Transaction]:
        """A unit of work, committed when the `with` block ends, or rolled back if it raises.

        A refusal that settles something is committed and raised. The append to the log comes
        last: it takes the advisory lock that all appends wait for. Conflict if a row that it is
        about was removed meanwhile.
        """
        try:
            with self._committed(actor) as tx:
                yield tx
        except Exception as error:
            refusal = collision(error)
            if refusal is None:
                raise
            raise refusal from error

    @contextmanager
    def _committed(self, actor: Actor) -> Iterator[Transaction]:
        with self._with_keys(self._write) as session:
            tx = self._begin(session, actor)
            settled: Refusal | None = None
            try:
                yield tx
            except Refusal as refusal:
                if not refusal.settles:
                    raise
                settled = refusal
            tx.append()
            session.commit()
        tx.run_afterwards()
        if settled is not None:
            raise settled

    def _begin(self, session: Session, actor: Actor) -> Transaction:
        return Transaction(
            session,
            actor,
            clock.now(),
            secret=self._secret,
            earlier_secrets=self._earlier_secrets,
            keys=self._keys,
        )

    @contextmanager
    def snapshot(self, *, for_visitor: bool = False) -> Iterator[Session]:
        """A session that reads one moment of the database (REPEATABLE READ) and cannot write.

        for_visitor: on the connections and within the seconds that visitors have.
        """
        with self._with_keys(self._read_for_visitors if for_visitor else self._read) as session:
            yield session

    def _with_keys(self, make: Callable[[], Session]) -> Session:
        session = make()
        if self._text_keys is not None:
            self._text_keys.attach(session)
        return session


def export_snapshot(session: Session) -> str:
    """A name by which other sessions see what this one sees, while its transaction lasts."""
    return str(session.scalar(select(func.pg_export_snapshot())))


def take_snapshot(session: Session, name: str) -> None:
    """See what another session sees, which has exported it; before anything is read."""
    session.connection().exec_driver_sql(f"SET TRANSACTION SNAPSHOT '{name}'")


def open_database(
    url: str,
    *,
    pool_size: int = 10,
    secret: str = "",
    earlier_secrets: Sequence[str] = (),
    keys: KeyStore | None = None,
    text_keys: TextKeys | None = None,
) -> Database:
    """The database at a `postgresql+psycopg` address, on one pool and without limits of time.

    For workers, the dispatcher and commands of the console; up to twice `pool_size` connections.
    """
    engine = make_engine(url, Limits(kept=pool_size, most=2 * pool_size))
    return Database(
        write=_writing(engine),
        read=_reading(engine),
        secret=secret,
        earlier_secrets=earlier_secrets,
        keys=keys,
        text_keys=text_keys,
    )


@contextmanager
def closed_afterwards(database: Database) -> Iterator[None]:
    """Close the connections of a database at the end of a `with` block."""
    with database.snapshot() as session:
        engine = session.connection().engine
    try:
        yield
    finally:
        engine.dispose()


def open_web_database(
    url: str,
    *,
    secret: str,
    earlier_secrets: Sequence[str] = (),
    keys: KeyStore | None = None,
    text_keys: TextKeys | None = None,
) -> Database:
    """The same for a web process: what acts, members who read and visitors do so apart."""
    return Database(
        write=_writing(make_engine(url, WRITERS)),
        read=_reading(make_engine(url, MEMBERS)),
        read_for_visitors=_reading(make_engine(url, VISITORS)),
        secret=secret,
        earlier_secrets=earlier_secrets,
        keys=keys,
        text_keys=text_keys,
    )


def make_engine(url: str, limits: Limits | None = None) -> Engine:
    """An engine whose pool tests each connection before use, so that it survives a restart.

    limits: of its pool, and of what is done on its connections; the address's own `options`
    stay in force beside them.
    """
    limits, address = limits or Limits(), make_url(url)
    options = f"{address.query.get('options', '')} {limits.options}".strip()
    engine = create_engine(
        address,
        pool_size=limits.kept,
        max_overflow=limits.most - limits.kept,
        pool_pre_ping=True,
        pool_timeout=limits.wait,
        hide_parameters=True,  # errors are logged, and parameters are what people wrote
        connect_args={
            "connect_timeout": 5,
            "application_name": "consultazione",
            **({"options": options} if options else {}),
        },
    )
    event.listen(engine, "handle_error", keep_the_others)
    return engine


def _writing(engine: Engine) -> Callable[[], Session]:
    return lambda: Session(engine, expire_on_commit=False)


def _reading(engine: Engine) -> Callable[[], Session]:
    reading = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return lambda: Session(reading, expire_on_commit=False)
