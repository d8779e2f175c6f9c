"""An order and an edit of the same text at the same moment, in separate transactions."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any

import pytest
from sqlalchemy import Engine, text

from consultazione import models
from consultazione.core.actor import SYSTEM, Role
from consultazione.core.db import Database
from consultazione.core.errors import Conflict
from consultazione.core.log.verify import streams, verify_stream
from consultazione.erasure.commands import ERASING, erase_by_order
from consultazione.erasure.finding import fingerprint
from consultazione.erasure.locks import hold_still
from consultazione.erasure.sought import Sought
from consultazione.people.models import Person
from consultazione.proposals.commands.editing import edit_proposal
from consultazione.proposals.models import Proposal
from tests.support.erasing import act_of, erase, preview, still_holding
from tests.support.factories import Factory
from tests.support.final_commits import final_commits
from tests.support.proofs import proof_again

assert models.ALL
WORDS = "Elda Quattrocchi"
NEW = "Un testo nuovo, che non nomina nessuno."


@pytest.fixture
def committed(engine: Engine) -> Iterator[Database]:
    """A database whose commits are real, emptied after the test."""
    with final_commits(engine) as database:
        yield database


def test_an_edit_is_never_lost_and_no_word_stays(committed: Database) -> None:
    make = Factory(committed)
    administrator = make.holder(Role.ADMINISTRATOR)
    proposal = make.proposal(body=f"Un testo che nomina {WORDS}, di qui.")
    with make.session() as session:
        author_id = session.get_one(Proposal, proposal.id).author_id
        author = make.actor(session.get_one(Person, author_id))
    sought = Sought(passages=WORDS)
    seen = preview(make, sought)
    proof = proof_again(committed, administrator.person_id, ERASING)
    barrier = Barrier(2)

    def order(tx: Any) -> None:
        erase_by_order(
            tx,
            zone_id=make.zone.id,
            act=act_of(make),
            sought=sought,
            seen=fingerprint(seen),
            chosen=[place.key for place in seen],
            proof=proof,
        )

    def edit(tx: Any) -> None:
        edit_proposal(
            tx,
            proposal_id=proposal.id,
            version=1,
            title=proposal.title,
            body=NEW,
            reason="Senza nomi.",
        )

    def run(who: Any, command: Any) -> str:
        try:
            with committed.transaction(who) as tx:
                tx.session.connection()
                barrier.wait(30)
                command(tx)
        except Conflict:
            return "refused"
        return "done"

    with ThreadPoolExecutor(2) as pool:
        ended = list(pool.map(run, (administrator, author), (order, edit)))
    assert ended[1] == "done"
    if ended[0] == "refused":  # the edit came first, and the list was another
        erase(make, administrator, sought)
    with make.session() as session:
        assert session.get_one(Proposal, proposal.id).body == NEW
        assert still_holding(session, WORDS) == []
        assert [fault for name in streams(session) for fault in verify_stream(session, name)] == []


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        ("SHARE UPDATE EXCLUSIVE", "held"),  # as a vacuum, which is never in the middle of a change
        ("ROW EXCLUSIVE", "refused"),
    ],
)
def test_upkeep_of_a_table_is_waited_for_and_a_writer_is_not(
    committed: Database, engine: Engine, mode: str, said: str
) -> None:
    locked, ended = Event(), Event()

    def other() -> None:
        with engine.connect() as connection:
            connection.execute(text(f"LOCK TABLE proposal IN {mode} MODE"))
            locked.set()
            ended.wait(2.5)

    def order() -> str:
        locked.wait(30)
        try:
            with committed.transaction(SYSTEM) as tx:
                hold_still(tx)
        except Conflict:
            return "refused"
        finally:
            ended.set()
        return "held"

    with ThreadPoolExecutor(2) as pool:
        busy, answer = pool.submit(other), pool.submit(order)
        assert answer.result() == said
        busy.result()
