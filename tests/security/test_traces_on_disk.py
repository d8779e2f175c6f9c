"""A copy of the disk of a closed secret poll tells nobody's choice.

Whoever had the data directory could once open the envelopes that the write-ahead log and the
tables' files still held, with the server's key beside them. Now each poll has a key of its
own, which was never there and is destroyed.
"""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import select

from consultazione.core.actor import SYSTEM
from consultazione.core.idempotency import DoneAct, digest_of
from consultazione.embedded.postgres import Postgres
from consultazione.sittings.polls.models import Poll, SealSalt
from tests.support.disk_attack import Disk, envelopes, opened
from tests.support.factories import Factory
from tests.support.participant import Participant
from tests.support.stack import Stack, running_stack
from tests.support.waiting import settles

# Each is a choice of nobody else, and as a text stands nowhere by chance.
FIRST = ("4>3>1>2", "2>4>3>1")
CHANGED = ("3>1>4>2", "2>4>3>1")


@dataclass
class Ended:
    """A secret poll that was closed, what its voters know, and what the disk held meanwhile."""

    poll_id: int
    receipts: dict[int, str]
    key: bytes | None
    while_open: Disk
    afterwards: Disk = field(default_factory=lambda: Disk({}))


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    """``consultazione up`` without the demo zone."""
    with running_stack(demo=False) as stack:
        yield stack


@pytest.fixture(scope="module")
def ended(stack: Stack) -> dict[str, Ended]:
    """One poll under the server's key, as before, and one under a key of its own."""
    make = Factory(stack.database())
    sitting = make.sitting()
    chair, voters = make.presided(sitting), [make.citizen() for _ in FIRST]
    with ExitStack() as rooms:
        presiding = rooms.enter_context(Participant(stack, chair, sitting.id))
        voting = [rooms.enter_context(Participant(stack, v, sitting.id)) for v in voters]
        for person in (presiding, *voting):
            person.insist("enter", sitting=sitting.id)
        return {
            "before": take(stack, presiding, voting, own_key=False),
            "now": take(stack, presiding, voting, own_key=True),
        }


def take(stack: Stack, chair: Participant, voters: list[Participant], *, own_key: bool) -> Ended:
    """Hold a secret poll: all vote, one changes their mind, the web is killed before the count."""
    options = ["Uno", "Due", "Tre", "Quattro"]
    chair.insist(
        "poll.open", sitting=chair.sitting_id, question="Chi?", poll_kind="ranked_choice",
        options=options, secret=True, most=4,
    )  # fmt: skip
    with stack.database().snapshot() as session:
        poll_id = session.scalars(select(Poll.id).order_by(Poll.id.desc())).first() or 0
    if not own_key:
        use_the_servers_key(stack, poll_id)
    for choices in (FIRST, CHANGED):
        for voter, choice in zip(voters, choices, strict=True):
            voter.insist("ballot.cast", poll=poll_id, choice=choice, key=str(uuid4()))
    receipts = {
        voter.person_id or 0: voter.insist("ballot.receipt", poll=poll_id)["receipt"]
        for voter in voters
    }
    kept = [file.read_bytes() for file in stack.run_dir.glob(f"{poll_id}-*")]
    checkpoint(stack)
    poll = Ended(poll_id, receipts, kept[0] if own_key else None, disk_of(stack))
    if own_key:
        stack.kill("web")
        stack.wait_ready()
    chair.insist("poll.close", poll=poll_id)
    assert settles(lambda: not list(stack.run_dir.glob(f"{poll_id}-*")), within=5) or not own_key
    checkpoint(stack)
    poll.afterwards = disk_of(stack)
    return poll


def use_the_servers_key(stack: Stack, poll_id: int) -> None:
    with stack.database().transaction(SYSTEM) as tx:
        tx.session.get_one(SealSalt, poll_id).has_own_key = False


def checkpoint(stack: Stack) -> None:
    """Have PostgreSQL write to its files what it holds in memory."""
    directory = Postgres(stack.place / "postgres").socket_dir
    address = f"host={directory} user=postgres dbname=postgres"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CHECKPOINT")


def disk_of(stack: Stack) -> Disk:
    """DATA_DIR and SECRETS_DIR as a thief has them; the run directory would be on a tmpfs."""
    found = Disk.read(stack.place).files
    return Disk({file: data for file, data in found.items() if stack.run_dir not in file.parents})


def chosen(poll: Ended, keys: Collection[bytes]) -> dict[int, set[str]]:
    """What the attack learns: the choices by voter."""
    told = opened(poll.afterwards, poll.poll_id, keys)
    return {voter: {ballot.choice for ballot in ballots} for voter, ballots in told.items()}


def everything(poll: Ended) -> dict[int, set[str]]:
    """What there is to learn, replaced choices included."""
    voters = poll.receipts
    return {voter: {first, last} for voter, first, last in zip(voters, FIRST, CHANGED, strict=True)}


def test_the_disk_gives_away_a_poll_under_the_servers_key(ended: dict[str, Ended]) -> None:
    """The attack works, and still would: polls of before the upgrade are not better off."""
    poll = ended["before"]
    assert chosen(poll, poll.afterwards.short_texts()) == everything(poll)


def test_the_disk_does_not_give_away_a_poll_under_its_own_key(ended: dict[str, Ended]) -> None:
    poll = ended["now"]
    assert len(envelopes(poll.afterwards, poll.poll_id)) >= len(FIRST)  # there is what to open
    assert chosen(poll, poll.afterwards.short_texts()) == {}


def test_the_key_that_is_gone_would_have_opened_them(ended: dict[str, Ended]) -> None:
    """So the attack looks in the right places, and only the key is missing."""
    poll = ended["now"]
    assert poll.key is not None
    assert chosen(poll, [poll.key]) == everything(poll)


@pytest.mark.parametrize("moment", ["while_open", "afterwards"])
def test_the_key_was_never_on_the_disk(ended: dict[str, Ended], moment: str) -> None:
    key = ended["now"].key
    assert key is not None
    disk: Disk = getattr(ended["now"], moment)
    written = (key, key.hex().encode(), base64.b64encode(key).rstrip(b"="))
    assert disk.holding(*written) == {}
    assert disk.holding(b"ballot.sealed") != {}  # the log is on it


@pytest.mark.parametrize("which", ["before", "now"])
def test_no_receipt_is_on_the_disk(ended: dict[str, Ended], which: str) -> None:
    poll = ended[which]
    receipts = [text.encode() for text in poll.receipts.values()]
    raw = [bytes.fromhex(text) for text in poll.receipts.values()]
    assert len(set(receipts)) == len(FIRST)
    for disk in (poll.while_open, poll.afterwards):
        assert disk.holding(*receipts, *raw) == {}


def test_no_choice_is_on_the_disk_before_the_count(ended: dict[str, Ended]) -> None:
    words = [choice.encode() for choice in (*FIRST, *CHANGED)]
    assert ended["before"].while_open.holding(*words) == {}
    counted = ended["now"].afterwards
    assert counted.among("postgres").holding(*words) != {}  # the box, which names nobody


def test_valkey_and_the_logs_hold_no_choice(ended: dict[str, Ended]) -> None:
    words = [choice.encode() for choice in (*FIRST, *CHANGED)]
    files = ended["now"].afterwards.files
    outside = Disk({file: data for file, data in files.items() if "postgres" not in file.parts})
    names = {file.name for file in outside.files}
    assert {"web.log", "dispatcher.log", "valkey.log"} <= names
    assert any("appendonly" in name for name in names)
    assert outside.holding(*words) == {}


def test_the_key_of_a_message_tells_no_choice(ended: dict[str, Ended], stack: Stack) -> None:
    """What recognises a repeated ballot is the same whatever it says: trying leads nowhere."""
    voters = list(ended["now"].receipts)
    with stack.database().snapshot() as session:
        acts = session.scalars(select(DoneAct).where(DoneAct.person_id.in_(voters))).all()
        kept = {act.content for act in acts}
        answers = [act.answer for act in acts]
    assert {digest_of(["ballot", poll.poll_id]) for poll in ended.values()} <= kept
    for poll in ended.values():
        for choice in (*FIRST, *CHANGED):
            assert digest_of(["ballot", poll.poll_id, choice]) not in kept
    assert not any(choice in str(answers) for choice in (*FIRST, *CHANGED))
    assert len(kept) <= len(ended) * 2


def test_nothing_is_left_in_the_run_directory(stack: Stack, ended: dict[str, Ended]) -> None:
    assert ended["now"].key is not None
    keys: list[Path] = list(stack.run_dir.iterdir())
    assert [file for file in keys if file.name.startswith(f"{ended['now'].poll_id}-")] == []
