"""What any log must do, as tests: a class that a test module runs for one implementation.

The implementation is a module or an object with the functions of `Log`; each works within the
transaction of a session, and what it wrote counts from the commit on.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event as Flag
from threading import Thread
from typing import ClassVar, NamedTuple, Protocol

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from consultazione.comments.events import CommentErased
from consultazione.core import clock
from consultazione.core.columns import Base
from consultazione.core.events import Event, FreeText
from consultazione.core.log import Entry, Recorded
from consultazione.proposals.events import ProposalNotAdmitted
from consultazione.zones.events import ZoneSetUp
from tests.support.final_commits import final_commits
from tests.support.keys import text_keys
from tests.support.superuser import as_superuser

STREAM, OTHER = "contract:1", "contract:2"
REASON = ProposalNotAdmitted(proposal_id=1, table_id=1, reason=FreeText("perché"))
ERASED = CommentErased(comment_id=1, proposal_id=1, table_id=1, ground=FreeText("art. 17"))
WRITERS, ROUNDS = 8, 6


class Fault(Protocol):
    """One thing that verification found."""

    @property
    def stream(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def what(self) -> str: ...


class Log(Protocol):
    """The functions of a log."""

    def append(self, session: Session, recorded: Sequence[Recorded]) -> list[Entry]: ...
    def head(self, session: Session, stream: str) -> int: ...
    def read_stream(
        self, session: Session, stream: str, *, after: int = 0, limit: int | None = None
    ) -> list[Entry]: ...
    def read_streams(self, session: Session, streams: Iterable[str]) -> list[Entry]: ...
    def read_forward(self, session: Session, *, after: int, limit: int) -> list[Entry]: ...
    def read_latest(
        self,
        session: Session,
        *,
        streams: Iterable[str] | None = None,
        before: int | None = None,
        limit: int,
    ) -> list[Entry]: ...
    def read_entry(self, session: Session, position: int) -> Entry: ...
    def erase_texts(self, session: Session, position: int) -> None: ...


class Damage(NamedTuple):
    """SQL that tampers with four entries, the third with a text; what verification then says."""

    sql: str
    number: int
    says: str


def happened(number: int) -> ZoneSetUp:
    """An event without a text, told apart by its number."""
    return ZoneSetUp(zone_id=number, cycle_start=2018, cycle_end=2020)


def noted(stream: str, event: Event, actor_id: int | None = None) -> Recorded:
    """An event as a command notes it."""
    return Recorded(stream, event, actor_id, clock.now())


def tables_with(session: Session, words: str) -> list[str]:
    """The tables in which some words can be read, in a column of text or of bytes."""
    found = f"t::text LIKE '%{words}%' OR t::text LIKE '%{words.encode().hex()}%'"
    return [
        table.name
        for table in Base.metadata.sorted_tables
        if session.scalar(text(f"SELECT bool_or({found}) FROM {table.name} t"))
    ]


class LogContract(ABC):
    """A subclass says which log it is about, and how it is verified.

    damages: how its tables can be tampered with; texts: the tables in which free texts can be
    read as they stand.
    """

    log: ClassVar[Log]
    damages: ClassVar[Sequence[Damage]]
    texts: ClassVar[Sequence[str]]

    @abstractmethod
    def verify_stream(self, session: Session, stream: str) -> Sequence[Fault]:
        """What is wrong with a stream, in the order of its numbers."""

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """One test for each damage."""
        if "damage" in metafunc.fixturenames:
            metafunc.parametrize("damage", self.damages, ids=lambda damage: damage.sql[:60])

    @pytest.fixture
    def sessions(self, engine: Engine) -> Iterator[Callable[[], Session]]:
        """Opens sessions of their own; the log is empty again at the end."""
        with final_commits(engine):
            keys = text_keys()

            def opened() -> Session:
                session = Session(engine)
                keys.attach(session)
                return session

            yield opened

    def write(self, sessions: Callable[[], Session], *recorded: Recorded) -> list[Entry]:
        """Append and commit."""
        with sessions() as session:
            entries = self.log.append(session, recorded)
            session.commit()
        return entries

    def whole(self, sessions: Callable[[], Session], *streams: str) -> None:
        """Assert that nothing is wrong with some streams."""
        with sessions() as session:
            assert [fault for s in streams for fault in self.verify_stream(session, s)] == []

    def test_an_entry_is_read_as_it_was_written(self, sessions: Callable[[], Session]) -> None:
        recorded = noted(STREAM, REASON, 7)
        (entry,) = self.write(sessions, recorded)
        with sessions() as session:
            found = self.log.read_entry(session, entry.position)
            with pytest.raises(LookupError):
                self.log.read_entry(session, entry.position + 1)
        assert found == entry
        assert (found.stream, found.number, found.kind) == (STREAM, 1, REASON.kind)
        assert (found.event, found.actor_id, found.at) == (REASON, 7, recorded.at)

    def test_nothing_to_append_appends_nothing(self, sessions: Callable[[], Session]) -> None:
        assert self.write(sessions) == []
        with sessions() as session:
            assert self.log.read_forward(session, after=0, limit=9) == []

    def test_numbers_are_gapless_within_a_stream(self, sessions: Callable[[], Session]) -> None:
        first = self.write(sessions, noted(STREAM, happened(1)), noted(STREAM, happened(2)))
        self.write(sessions, noted(OTHER, happened(9)))
        second = self.write(sessions, noted(STREAM, happened(3)))
        assert [entry.number for entry in first + second] == [1, 2, 3]
        with sessions() as session:
            assert (self.log.head(session, STREAM), self.log.head(session, OTHER)) == (3, 1)
            assert self.log.head(session, "contract:3") == 0
            assert self.log.read_stream(session, STREAM) == first + second
            assert self.log.read_stream(session, STREAM, after=1, limit=1) == first[1:]
        self.whole(sessions, STREAM, OTHER)

    def test_entries_stand_in_the_order_of_their_commits(
        self, sessions: Callable[[], Session]
    ) -> None:
        streams = (STREAM, OTHER, OTHER, STREAM, "contract:3")
        written = [
            entry
            for n, stream in enumerate(streams)
            for entry in self.write(sessions, noted(stream, happened(n)))
        ]
        of_two = [entry for entry in written if entry.stream != "contract:3"]
        with sessions() as session:
            forward = self.log.read_forward(session, after=written[0].position, limit=3)
            assert self.log.read_streams(session, [OTHER, STREAM]) == of_two
            assert self.log.read_latest(session, limit=9) == written[::-1]
            older = self.log.read_latest(
                session, streams=[STREAM, OTHER], before=written[3].position, limit=2
            )
        assert forward == written[1:4]
        assert older == [written[2], written[1]]
        positions = [entry.position for entry in written]
        assert positions == sorted(set(positions))

    def test_what_is_rolled_back_leaves_nothing(self, sessions: Callable[[], Session]) -> None:
        self.write(sessions, noted(STREAM, happened(1)))
        with sessions() as session:
            self.log.append(session, [noted(STREAM, REASON), noted(OTHER, happened(2))])
            session.rollback()
        (after,) = self.write(sessions, noted(STREAM, happened(3)))
        assert after.number == 2
        with sessions() as session:
            events = [entry.event for entry in self.log.read_forward(session, after=0, limit=9)]
            assert self.log.head(session, OTHER) == 0
        assert events == [happened(1), happened(3)]
        self.whole(sessions, STREAM)

    def test_a_text_stands_apart_and_can_be_erased(self, sessions: Callable[[], Session]) -> None:
        secret = ProposalNotAdmitted(proposal_id=1, table_id=1, reason=FreeText("un segreto"))
        erased, kept = self.write(sessions, noted(STREAM, secret), noted(STREAM, REASON))
        with sessions() as session:
            assert tables_with(session, "segreto") == list(self.texts)
            self.log.erase_texts(session, erased.position)
            self.log.append(session, [noted(STREAM, ERASED)])
            session.commit()
        with sessions() as session:
            assert tables_with(session, "segreto") == []
            events = [entry.event for entry in self.log.read_stream(session, STREAM)]
        assert events == [replace(secret, reason=FreeText("")), kept.event, ERASED]
        self.whole(sessions, STREAM)

    def test_tampering_is_named(
        self, sessions: Callable[[], Session], engine: Engine, damage: Damage
    ) -> None:
        """By whoever can do it: the application's role can do none of it."""
        events = (happened(1), happened(2), REASON, happened(4))
        self.write(sessions, *(noted(STREAM, event) for event in events))
        self.write(sessions, noted(OTHER, happened(1)))
        self.whole(sessions, STREAM, OTHER)
        with Session(as_superuser(engine)) as session:
            text_keys().attach(session)
            session.execute(text(damage.sql))
            first, *_ = self.verify_stream(session, STREAM)
            assert list(self.verify_stream(session, OTHER)) == []
            session.rollback()
        assert (first.stream, first.number) == (STREAM, damage.number)
        assert damage.says in first.what

    def test_a_later_append_waits_for_an_earlier_one(self, sessions: Callable[[], Session]) -> None:
        """The earlier begins first and commits last; a reader in between skips nothing."""
        done = Flag()

        def append_later() -> None:
            self.write(sessions, noted(OTHER, happened(2)))
            done.set()

        later = Thread(target=append_later)
        with sessions() as earlier, sessions() as reader:
            self.log.append(earlier, [noted(STREAM, happened(1))])
            later.start()
            overtaken = done.wait(0.3)
            seen = self.log.read_forward(reader, after=0, limit=9)
            earlier.commit()
        later.join(10)
        cursor = max((entry.position for entry in seen), default=0)
        with sessions() as reader:
            seen += self.log.read_forward(reader, after=cursor, limit=9)
        assert [entry.stream for entry in seen] == [STREAM, OTHER]
        assert not overtaken, "the later append overtook the earlier one"

    @pytest.mark.parametrize("streams", [1, WRITERS])
    def test_many_append_at_once(self, sessions: Callable[[], Session], streams: int) -> None:
        """A reader that remembers a position only gets every entry once, in order."""
        over, seen = Flag(), list[Entry]()

        def write(writer: int) -> None:
            for n in range(ROUNDS):
                self.write(sessions, noted(f"contract:{writer % streams}", happened(n), writer))

        def read() -> None:
            while True:
                is_last = over.is_set()
                with sessions() as session:
                    after = seen[-1].position if seen else 0
                    seen.extend(self.log.read_forward(session, after=after, limit=5))
                    if is_last and self.log.read_latest(session, limit=1) == seen[-1:]:
                        return

        reader = Thread(target=read, daemon=True)
        reader.start()
        with ThreadPoolExecutor(WRITERS) as pool:
            list(pool.map(write, range(WRITERS)))
        over.set()
        reader.join(30)
        assert len(seen) == WRITERS * ROUNDS
        for stream in range(streams):
            numbers = [entry.number for entry in seen if entry.stream == f"contract:{stream}"]
            assert numbers == list(range(1, WRITERS * ROUNDS // streams + 1))
        for writer in range(WRITERS):
            own = [entry.event for entry in seen if entry.actor_id == writer]
            assert own == [happened(n) for n in range(ROUNDS)]
        self.whole(sessions, *(f"contract:{stream}" for stream in range(streams)))

    def test_two_streams_in_either_order_do_not_block_each_other(
        self, sessions: Callable[[], Session]
    ) -> None:
        def write(pair: tuple[str, str]) -> None:
            for n in range(ROUNDS):
                self.write(sessions, *(noted(stream, happened(n)) for stream in pair))

        with ThreadPoolExecutor(WRITERS) as pool:
            list(pool.map(write, [(STREAM, OTHER), (OTHER, STREAM)] * (WRITERS // 2)))
        with sessions() as session:
            heads = [self.log.head(session, stream) for stream in (STREAM, OTHER)]
        assert heads == [WRITERS * ROUNDS] * 2
        self.whole(sessions, STREAM, OTHER)
