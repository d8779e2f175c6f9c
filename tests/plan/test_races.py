"""Two members of the plan office act at the same time, in separate transactions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine

from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.errors import Conflict
from consultazione.core.log import read_stream
from consultazione.plan.commands.answering import refuse_contribution, take_in
from consultazione.plan.commands.batching import draft_answer, release_answers
from consultazione.plan.commands.forwarding import forward_outcome
from consultazione.plan.events import ContributionForwarded, plan_stream
from consultazione.plan.models import Contribution, ContributionState
from consultazione.plan.queries import blocks_of, contributions_after
from tests.support.factories import Factory
from tests.support.final_commits import final_commits

Command = Callable[..., Any]


@pytest.fixture
def real(engine: Engine) -> Iterator[Factory]:
    """A factory on a database whose commits are real, emptied afterwards."""
    with final_commits(engine) as database:
        yield Factory(database)


def at_once(make: Factory, actor: Actor, *acts: tuple[Command, dict[str, Any]]) -> list[bool]:
    """Run commands in parallel; returns for each whether it succeeded."""
    barrier = Barrier(len(acts))

    def done(act: tuple[Command, dict[str, Any]]) -> bool:
        command, values = act
        try:
            with make.database.transaction(actor) as tx:
                tx.session.connection()
                barrier.wait(10)
                command(tx, **values)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(done, acts))


def test_of_two_answers_one_stands(real: Factory) -> None:
    office = real.holder(Role.PLAN_OFFICE)
    (contribution,) = real.contributions("Open a desk.")
    values = {"contribution_id": contribution.id, "reason": "Two of us read it."}
    took, refused = at_once(
        real, office, (take_in, {**values, "body": "A desk."}), (refuse_contribution, values)
    )
    assert took is not refused
    with real.session() as session:
        state = session.get_one(Contribution, contribution.id).state
        written = blocks_of(session, [contribution.chapter_id])
    assert state is (ContributionState.TAKEN_IN if took else ContributionState.REFUSED)
    assert len(written) == int(took)


def test_two_paragraphs_find_their_places_in_one_chapter(real: Factory) -> None:
    office = real.holder(Role.PLAN_OFFICE)
    found = real.contributions("Open a desk.", "Train the carers.")
    acts = [
        (take_in, {"contribution_id": c.id, "body": "Text.", "reason": "Needed."}) for c in found
    ]
    assert at_once(real, office, *acts) == [True, True]
    with real.session() as session:
        assert [p.rank for p in blocks_of(session, [found[0].chapter_id])] == [1, 2]


def test_what_is_prepared_anew_at_the_release_is_released(real: Factory) -> None:
    office = real.holder(Role.PLAN_OFFICE)
    (contribution,) = real.contributions("Open a desk.")
    prepared = {"contribution_id": contribution.id, "answer": ContributionState.REFUSED}

    def run(command: Command, **values: Any) -> Any:
        with real.database.transaction(office) as tx:
            return command(tx, **values)

    run(draft_answer, **prepared, reason="As we thought first.")
    with ThreadPoolExecutor(1) as pool:
        with real.database.transaction(office) as tx:
            draft_answer(tx, **prepared, reason="As we think now.")
            releasing = pool.submit(run, release_answers, cycle_id=real.cycle.id)
            with pytest.raises(TimeoutError):
                releasing.result(timeout=0.3)
        releasing.result(timeout=10)
    with real.session() as session:
        assert session.get_one(Contribution, contribution.id).reason == "As we think now."


def test_an_outcome_that_is_forwarded_twice_at_once_is_forwarded_once(real: Factory) -> None:
    outcome = real.outcome("Open a desk.")
    act = (forward_outcome, {"outcome_id": outcome.id})
    assert at_once(real, SYSTEM, act, act) == [True, True]
    with real.session() as session:
        assert len(contributions_after(session, real.cycle.id, after=0, limit=9)) == 1
        entries = read_stream(session, plan_stream(real.cycle.id))
    assert [type(entry.event) for entry in entries] == [ContributionForwarded]
