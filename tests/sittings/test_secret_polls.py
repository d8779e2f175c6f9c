"""Secret polls: neither a dump of all tables nor the log reveals who voted what."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import cycle
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from consultazione.core.actor import Actor
from consultazione.core.columns import Base
from consultazione.core.db import Database
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.sittings.lifecycle.commands.opening import close_sitting
from consultazione.sittings.polls.commands.ballots import cast_ballot
from consultazione.sittings.polls.commands.polls import close_poll, open_poll
from consultazione.sittings.polls.envelopes import BrokenSeal, PollSeal, Sealed, key_id
from consultazione.sittings.polls.models import Poll
from consultazione.sittings.polls.receipts import own_receipt, receipts_of
from consultazione.sittings.polls.rules import Franchise, Rules
from tests.support.factories import Factory
from tests.support.meeting import Meeting, seal_as_before

Dump = dict[str, list[dict[str, Any]]]
SECRET = Rules(secret=True)


def ask(meeting: Meeting, rules: Rules = SECRET, **more: Any) -> Poll:
    opened: Poll = meeting.run(
        open_poll, meeting.facilitator, sitting_id=meeting.sitting.id,
        question="Whom do we send?", rules=rules, **more,
    )  # fmt: skip
    return opened


def vote_all(meeting: Meeting, poll: Poll, voters: list[Actor]) -> dict[int, str]:
    """Cast a ballot for every voter in turn; return the choices by person id."""
    choices = dict(zip([actor.person_id or 0 for actor in voters], cycle(("yes", "no", "abstain"))))
    for actor in voters:
        meeting.run(cast_ballot, actor, poll_id=poll.id, choice=choices[actor.person_id or 0])
    return choices


def receipt(meeting: Meeting, poll: Poll, actor: Actor) -> str:
    with meeting.make.database.transaction(actor) as tx:
        return own_receipt(tx, poll_id=poll.id, person_id=actor.person_id)


def dump(meeting: Meeting) -> Dump:
    """Return every row of every table, with the system columns of PostgreSQL."""
    dumped: Dump = {}
    with meeting.make.session() as session:
        for table in Base.metadata.sorted_tables:
            rows = session.execute(
                text(f"SELECT xmin::text, cmin::text, ctid::text, * FROM {table.name}")
            )
            dumped[table.name] = [dict(row) for row in rows.mappings()]
    return dumped


@pytest.fixture
def voters(meeting: Meeting) -> list[Actor]:
    """Nine persons present: too many for two random orders to be equal by chance."""
    crowd = [meeting.make.present(meeting.sitting) for _ in range(7)]
    return [meeting.anna, meeting.bruno, *crowd]


def test_while_it_is_open_all_envelopes_look_alike(meeting: Meeting, voters: list[Actor]) -> None:
    poll = ask(meeting)
    vote_all(meeting, poll, voters)
    rows = dump(meeting)
    envelopes = [row["sealed"] for row in rows["poll_envelope"]]
    assert len(envelopes) == len(voters)
    assert len({len(sealed) for sealed in envelopes}) == 1
    assert len(set(envelopes)) == len(envelopes)
    assert {row["choice"] for row in rows["ballot"]} == {None}
    assert rows["poll_box_ballot"] == rows["poll_receipt"] == []
    assert_choices_are_nowhere_in_the_log(rows, poll)


def test_once_it_is_closed_nothing_joins_a_voter_to_a_choice(
    meeting: Meeting, voters: list[Actor]
) -> None:
    poll = ask(meeting)
    chosen = vote_all(meeting, poll, voters)
    receipts = {actor.person_id: receipt(meeting, poll, actor) for actor in voters}
    closed = meeting.run(close_poll, meeting.facilitator, poll_id=poll.id)
    assert closed.result["tally"] == {"yes": 3, "no": 3, "abstain": 3}
    rows = dump(meeting)
    assert rows["poll_envelope"] == rows["poll_seal_salt"] == []
    box = rows["poll_box_ballot"]
    assert sorted(row["choice"] for row in box) == sorted(chosen.values())
    # A row has only a random id, the poll and the choice, and one transaction wrote them all.
    assert set(box[0]) == {"xmin", "cmin", "ctid", "id", "poll_id", "choice"}
    assert len({row["xmin"] for row in box}) == 1
    assert {row["id"].version for row in box} == {4}
    assert set(rows["poll_receipt"][0]) == {"xmin", "cmin", "ctid", "poll_id", "digest"}
    digests = [hashlib.sha256(value.encode()).digest() for value in receipts.values()]
    stored = [row["digest"] for row in rows["poll_receipt"]]
    assert stored == sorted(digests)
    # No other table holds a value of the box or the receipts, except the poll's id.
    ids, hex_digests = {str(row["id"]) for row in box}, {digest.hex() for digest in digests}
    secrets = ids | hex_digests | set(receipts.values())
    for name, table_rows in rows.items():
        if name not in ("poll_box_ballot", "poll_receipt", "log_entry"):
            values = (str(value) for row in table_rows for value in row.values())
            assert secrets.isdisjoint(values), name
    assert_choices_are_nowhere_in_the_log(rows, poll)


def test_the_order_in_the_box_is_one_of_chance(meeting: Meeting, voters: list[Actor]) -> None:
    """Of several polls with the votes cast in the same order, some have another in the box."""
    orders = []
    for _ in range(4):
        poll = ask(meeting)
        chosen = list(vote_all(meeting, poll, voters).values())
        meeting.run(close_poll, meeting.facilitator, poll_id=poll.id)
        box = [row for row in dump(meeting)["poll_box_ballot"] if row["poll_id"] == poll.id]
        orders.append([row["choice"] for row in box])
        assert sorted(orders[-1]) == sorted(chosen)
    assert any(order != chosen for order in orders)
    assert len({tuple(order) for order in orders}) > 1


def assert_choices_are_nowhere_in_the_log(rows: Dump, poll: Poll) -> None:
    entries = [row for row in rows["log_entry"] if row["stream"] == f"poll:{poll.id}"]
    voted = [row["data"] for row in entries if row["kind"] == "ballot.sealed"]
    assert len(voted) == len(rows["ballot"])
    for data in voted:
        assert set(data) == {"poll_id", "person_id", "mandate_id", "category", "proxy_id"}
    opened = [row for row in entries if row["kind"] == "poll.box_opened"]
    for row in opened:
        assert row["data"]["receipts"] == sorted(row["data"]["receipts"])
    assert {row["kind"] for row in entries} <= {"ballot.sealed", "poll.box_opened"}


def test_a_receipt_proves_that_the_ballot_was_in_the_box(
    meeting: Meeting, client: FlaskClient
) -> None:
    poll = ask(meeting)
    meeting.run(cast_ballot, meeting.anna, poll_id=poll.id, choice="yes")
    own = receipt(meeting, poll, meeting.anna)
    with pytest.raises(NotFound):
        receipt(meeting, poll, meeting.bruno)
    page = f"/sedute/{meeting.sitting.id}/votazioni/{poll.id}/ricevute"
    assert client.get(page).status_code == 200
    meeting.run(close_sitting, meeting.facilitator, sitting_id=meeting.sitting.id, count_poll=True)
    digest = hashlib.sha256(own.encode()).hexdigest()
    with meeting.make.session() as session:
        assert receipts_of(session, poll.id) == [digest]
    answer = client.get(f"/api/v1/polls/{poll.id}/receipts").get_json()
    assert answer == {"receipts": [digest], "next": None}
    counted = client.post(page, data={"receipt": own})
    unknown = client.post(page, data={"receipt": "x"})
    assert counted.text.count(digest) == unknown.text.count(digest) == 1
    assert counted.text != unknown.text
    assert client.get(f"/sedute/1/votazioni/{poll.id + 1}/ricevute").status_code == 404
    with pytest.raises(NotFound):
        receipt(meeting, poll, meeting.anna)


def test_a_sealed_ballot_can_be_repeated_and_changed(meeting: Meeting) -> None:
    poll = ask(meeting)
    first = ""
    for choice in ("yes", "yes", "no"):
        meeting.run(cast_ballot, meeting.anna, poll_id=poll.id, choice=choice)
        first = first or receipt(meeting, poll, meeting.anna)
    assert receipt(meeting, poll, meeting.anna) == first
    assert meeting.kinds(f"poll:{poll.id}") == ["ballot.sealed", "ballot.sealed"]
    closed = meeting.run(close_poll, meeting.facilitator, poll_id=poll.id)
    assert closed.result["tally"] == {"yes": 0, "no": 1, "abstain": 0}
    with pytest.raises(Conflict):
        meeting.run(cast_ballot, meeting.anna, poll_id=poll.id, choice="no")


def rotated(meeting: Meeting, connection: Connection, earlier: tuple[str, ...]) -> Meeting:
    """Return the same meeting on a server with another key."""

    def session() -> Session:
        return Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False)

    database = Database(session, session, secret="the key of today", earlier_secrets=earlier)
    return replace(meeting, make=Factory(database))


def test_a_poll_of_before_is_counted_after_the_key_was_rotated(
    meeting: Meeting, connection: Connection
) -> None:
    poll = ask(meeting)
    seal_as_before(meeting, poll.id)
    for actor, choice in ((meeting.anna, "yes"), (meeting.bruno, "yes")):
        meeting.run(cast_ballot, actor, poll_id=poll.id, choice=choice)
    own = receipt(meeting, poll, meeting.anna)
    later = rotated(meeting, connection, ("a key of long ago", "a key for tests only"))
    later.run(cast_ballot, later.anna, poll_id=poll.id, choice="no")
    assert receipt(later, poll, later.anna) == own
    assert {row["sealed"][1:5] for row in dump(later)["poll_envelope"]} == {
        key_id("a key for tests only"),
        key_id("the key of today"),
    }
    closed = later.run(close_poll, later.facilitator, poll_id=poll.id)
    assert closed.result["tally"] == {"yes": 1, "no": 1, "abstain": 0}


def test_a_poll_nobody_votes_in_closes(meeting: Meeting) -> None:
    poll = ask(meeting)
    closed = meeting.run(close_poll, meeting.facilitator, poll_id=poll.id)
    assert closed.result["grounds"] == "no_ballots"


@pytest.mark.parametrize(
    "rules", [Rules(secret=True, live=True), Rules(secret=True, franchise=Franchise.WEIGHTS)]
)
def test_what_would_tell_a_choice_does_not_go_with_secrecy(meeting: Meeting, rules: Rules) -> None:
    with pytest.raises(Invalid):
        ask(meeting, rules)


KEY = b"k" * 32


def test_a_seal_is_of_one_key_and_one_voter() -> None:
    own = PollSeal(1, b"1" * 32, KEY)
    other_salt, other_poll = PollSeal(1, b"2" * 32, KEY), PollSeal(2, b"1" * 32, KEY)
    server = PollSeal(1, b"1" * 32, "secret")
    envelope = own.seal(2, Sealed("3>1>2", "receipt"))
    assert own.unseal(2, envelope) == Sealed("3>1>2", "receipt")
    assert b"3>1>2" not in envelope
    for seal, voter, changed in (
        (other_salt, 2, envelope),
        (server, 2, envelope),
        (own, 2, server.seal(2, Sealed("yes", "receipt"))),
        (other_poll, 2, envelope),
        (own, 3, envelope),
        (own, 2, envelope[:40] + bytes([envelope[40] ^ 1]) + envelope[41:]),
        (own, 2, b""),
    ):
        with pytest.raises(BrokenSeal):
            seal.unseal(voter, changed)
    with pytest.raises(RuntimeError):
        PollSeal(1, b"1" * 32, b"")
