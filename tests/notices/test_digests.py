"""Mails of notices: each notice in exactly one mail, or by rule in none, whatever happens."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from consultazione.comments.commands.writing import withdraw_comment
from consultazione.core import clock
from consultazione.core.actor import SYSTEM, Actor
from consultazione.core.clock import at_rome
from consultazione.core.db import Database
from consultazione.core.mail.outbox import Mail, MailState
from consultazione.notices.commands.mailing import owe_notice_mails
from consultazione.notices.models import MAILED, Channel, Group, Notice
from consultazione.notices.schedule import due_before
from consultazione.people.models import Person
from consultazione.proposals.models import Proposal
from tests.support.factories import Factory
from tests.support.mails import deliver_all
from tests.support.smtp_server import Postbox
from tests.support.told import Told

# A Tuesday, before the hour of digests.
BEGIN = at_rome(date(2027, 3, 2), time(6))
HOUR = timedelta(hours=1)


@pytest.fixture
def told(database: Database) -> Told:
    """What people were told."""
    return Told(database)


@pytest.fixture
def clocks() -> Iterator[time_machine.Coordinates]:
    """A clock that stands still until it is moved."""
    with time_machine.travel(BEGIN, tick=False) as travel:
        yield travel


def _texts(postbox: Postbox) -> list[str]:
    parts = [message.get_body(("plain",)) for message in postbox.messages]
    return [part.get_content() for part in parts if part is not None]


@pytest.mark.parametrize(
    ("now", "daily", "weekly"),
    [
        ("2027-03-02 06:59", "2027-03-01 07:00", "2027-03-01 07:00"),
        ("2027-03-02 07:00", "2027-03-02 07:00", "2027-03-01 07:00"),
        ("2027-03-01 06:59", "2027-02-28 07:00", "2027-02-22 07:00"),
        # The clocks go forward on 28 March and back on 31 October: it stays seven in Italy.
        ("2027-03-28 12:00", "2027-03-28 07:00", "2027-03-22 07:00"),
        ("2027-11-01 08:00", "2027-11-01 07:00", "2027-11-01 07:00"),
    ],
)
def test_digests_are_due_at_seven_in_italy(now: str, daily: str, weekly: str) -> None:
    due = dict(due_before(clock.from_rome(datetime.fromisoformat(now))))
    assert due[Channel.DAILY] == clock.from_rome(datetime.fromisoformat(daily))
    assert due[Channel.WEEKLY] == clock.from_rome(datetime.fromisoformat(weekly))


def test_a_digest_tells_the_newest_first_by_table(
    make: Factory, told: Told, postbox: Postbox, clocks: time_machine.Coordinates
) -> None:
    author, writer = make.citizen(), make.citizen()
    table = make.table(name="Tavolo Welfare")
    proposals = [
        make.proposal(make.table(), author, title="Un forno"),
        make.proposal(table, author, title="Un orto"),
    ]
    for number, proposal in enumerate([proposals[1], *proposals]):
        make.comment(proposal, writer, body=f"Osservazione {number}.")
        told.tell()
        clocks.shift(60)
    assert told.owe() == 0
    clocks.shift(HOUR)
    assert told.owe() == 1
    assert told.owe() == 0
    assert deliver_all(told.database) == [MailState.SENT]
    message, text = postbox.messages[0], _texts(postbox)[0]
    assert message["Subject"] == "3 avvisi"
    assert message["To"] == _address(make, author)
    assert text.index("Osservazione 2.") < text.index("Osservazione 0.")
    assert text.index("Osservazione 0.") < text.index("Un forno")
    assert text.index("* Tavolo Welfare") < text.index("Osservazione 2.")
    html = message.get_body(("html",))
    assert html is not None
    assert 'href="http' in html.get_content()


def test_one_notice_at_once_is_its_own_subject(
    make: Factory, told: Told, postbox: Postbox, clocks: time_machine.Coordinates
) -> None:
    author = make.citizen()
    told.choose(author, Group.DISCUSSION, Channel.AT_ONCE)
    make.comment(make.proposal(author=author, title="Un orto"))
    assert told.owe() == 1
    deliver_all(told.database)
    assert postbox.messages[0]["Subject"].startswith("Un orto: ")


def test_a_mail_is_written_in_the_language_of_its_reader(
    make: Factory, told: Told, postbox: Postbox, clocks: time_machine.Coordinates
) -> None:
    author = make.citizen()
    with told.database.transaction(SYSTEM) as tx:
        tx.session.get_one(Person, author.person_id).language = "en"
    for _number in range(2):
        make.comment(make.proposal(author=author))
    clocks.shift(2 * HOUR)
    told.tell()
    clocks.shift(24 * HOUR)
    told.owe()
    deliver_all(told.database)
    assert postbox.messages[0]["Subject"] == "2 notices"
    assert postbox.messages[0]["Content-Language"] == "en"


def test_nobody_is_mailed_before_their_address_is_confirmed(
    make: Factory, told: Told, clocks: time_machine.Coordinates
) -> None:
    author = make.citizen()
    proposal = make.proposal(author=author)
    told.tell()
    with told.database.transaction(SYSTEM) as tx:
        tx.session.get_one(Person, author.person_id).email_confirmed_at = None
    make.comment(proposal)
    assert len(told.of(author)) == 1
    clocks.shift(48 * HOUR)
    assert told.owe() == 0


def test_what_was_hidden_meanwhile_is_in_no_mail(
    make: Factory, told: Told, postbox: Postbox, clocks: time_machine.Coordinates
) -> None:
    author, writer = make.citizen(), make.citizen()
    proposal = make.proposal(author=author)
    comment = make.comment(proposal, writer, body="Da non leggere.")
    told.tell()
    clocks.shift(2 * HOUR)
    assert told.owe() == 1
    told.run(writer, withdraw_comment, comment_id=comment.id, reason="Un errore.")
    assert deliver_all(told.database) == [MailState.DROPPED]
    assert postbox.messages == []


class Crash(Exception):
    """The process ends before the commit."""


def _address(make: Factory, who: Actor) -> str:
    with make.session() as session:
        return session.get_one(Person, who.person_id).email or ""


_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("event"), st.integers(0, 1)),
        st.tuples(st.just("choose"), st.sampled_from(list(Channel)), st.sampled_from([0, 1, None])),
        st.tuples(st.just("wait"), st.integers(1, 60)),
        st.tuples(st.just("digest"), st.booleans()),
        st.tuples(st.just("deliver"), st.booleans()),
    ),
    min_size=5,
    max_size=25,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=_STEPS)
def test_each_notice_is_mailed_exactly_once_or_by_rule_never(
    make: Factory,
    told: Told,
    postbox: Postbox,
    steps: list[tuple[object, ...]],
) -> None:
    """Whatever somebody chooses, and wherever a digest or a delivery is cut off."""
    postbox.messages.clear()
    with time_machine.travel(BEGIN, tick=False) as travel:
        run = _Run(make, told, postbox, travel)
        for step in steps:
            run.do(*step)
        run.end()
        run.check()


class _Run:
    """One random course of choices, comments, digests and crashes, and what must come of it."""

    def __init__(self, make: Factory, told: Told, postbox: Postbox, travel: object) -> None:
        self.make, self.told, self.postbox, self.travel = make, told, postbox, travel
        self.author, self.writer = make.citizen(), make.citizen()
        self.proposals: list[Proposal] = [make.proposal(author=self.author) for _ in range(2)]
        told.tell()
        self.chosen: dict[int | None, Channel] = {None: Channel.DAILY}
        self.left_out: set[int] = set()
        self.first_mail = self._last_mail()

    def do(self, what: object, *how: object) -> None:
        getattr(self, f"_{what}")(*how)

    def _event(self, which: int) -> None:
        words = f"Osservazione {random.getrandbits(64):x}."
        self.make.comment(self.proposals[which], self.writer, body=words)
        self.told.tell()

    def _choose(self, channel: Channel, which: int | None) -> None:
        table_id = None if which is None else self.proposals[which].table_id
        self.told.choose(self.author, Group.DISCUSSION, channel, table_id=table_id)
        self.chosen[table_id] = channel

    def _wait(self, hours: int) -> None:
        self.travel.shift(hours * HOUR)  # type: ignore[attr-defined]

    def _digest(self, crashes: bool) -> None:
        if not crashes:
            self.told.owe()
            return
        with suppress(Crash), self.told.database.transaction(SYSTEM) as tx:
            owe_notice_mails(tx)
            raise Crash

    def _deliver(self, fails: bool) -> None:
        if not fails:
            self.left_out |= self._unwanted()
        self.postbox.answer = "451 later" if fails else ""
        deliver_all(self.told.database)
        self.postbox.answer = ""

    def end(self) -> None:
        """Let all that waits come due, and deliver it."""
        self._wait(24 * 8)
        self._digest(False)
        for _attempt in range(3):
            self._wait(2)
            self._deliver(False)

    def check(self) -> None:
        """What was to be mailed is in one mail, once; and what was not is in none."""
        texts = _texts(self.postbox)
        shown = {s.notice.id: s.told for s in self.told.of(self.author) if s.told is not None}
        for row in self._rows():
            times = sum(text.count(shown[row.id].quote) for text in texts)
            is_mailed = row.channel in MAILED and row.id not in self.left_out
            assert times == is_mailed
            assert (row.mail_id is not None) == (row.channel in MAILED)
        self._nobody_is_mailed_twice()

    def _rows(self) -> list[Notice]:
        with self.make.session() as session:
            own = select(Notice).filter_by(person_id=self.author.person_id, topic="comment_added")
            return list(session.scalars(own))

    def _unwanted(self) -> set[int]:
        """The notices of mails on their way that their reader wants no mail of any more."""
        with self.make.session() as session:
            owed = set(session.scalars(select(Mail.id).where(Mail.state == MailState.OWED)))
        return {
            row.id
            for row in self._rows()
            if row.mail_id in owed
            and self.chosen.get(row.table_id, self.chosen[None]) not in MAILED
        }

    def _nobody_is_mailed_twice(self) -> None:
        with self.make.session() as session:
            mails = session.scalars(select(Mail).where(Mail.id > self.first_mail)).all()
        assert all(mail.state in (MailState.SENT, MailState.DROPPED) for mail in mails)
        to_author = [m for m in mails if m.person_id == self.author.person_id]
        sent = [m for m in to_author if m.state is MailState.SENT]
        address = _address(self.make, self.author)
        assert len(sent) == sum(m["To"] == address for m in self.postbox.messages)

    def _last_mail(self) -> int:
        with self.make.session() as session:
            return session.scalar(select(Mail.id).order_by(Mail.id.desc()).limit(1)) or 0
