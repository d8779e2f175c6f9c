"""Strategies and decisions: from needs to who decided what, and what carries it out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from consultazione.core import clock
from consultazione.core.errors import Conflict, Invalid, NotAllowed
from consultazione.outcomes.models import OutcomeState
from consultazione.plan.blocks.commands.removing import remove_block
from consultazione.plan.decisions.commands.deciding import (
    carry_out_decisions,
    record_decision,
    revise_decision,
    revoke_decision,
)
from consultazione.plan.decisions.commands.strategies import (
    remove_strategy,
    revise_strategy,
    set_strategy,
)
from consultazione.plan.decisions.models import Decision, Strategy
from consultazione.plan.decisions.queries import decisions_of_block, strategies, undecided_needs
from consultazione.plan.needs.commands import tag_block
from tests.support.books import Books
from tests.support.factories import Factory
from tests.support.plan_desk import Desk

WORDS = {"title": "Uno sportello per comune", "decided_by": "Assemblea dei sindaci"}


@pytest.fixture
def desk(make: Factory) -> Desk:
    """A plan with a paragraph and its office."""
    return Desk.begin(make)


@pytest.fixture
def strategy(desk: Desk) -> Strategy:
    """The only strategy of the cycle."""
    made: Strategy = desk.run(set_strategy, cycle_id=desk.make.cycle.id, title="Vicinanza")
    return made


def said(**values: Any) -> dict[str, Any]:
    """What is entered of a decision, decided today according to a source in words."""
    given = {**WORDS, "decided_on": clock.today(), "source": "Verbale dell’assemblea"}
    return {**given, **values}


def decided(desk: Desk, strategy: Strategy, **values: Any) -> Decision:
    """A decision that follows the strategy."""
    made: Decision = desk.run(record_decision, strategy_id=strategy.id, **said(**values))
    return made


def test_a_decision_leads_from_the_need_to_the_paragraph(desk: Desk, strategy: Strategy) -> None:
    books = Books(desk.make)
    answered, left = books.need("Fragilità"), books.need("Casa")
    made = decided(
        desk, strategy, priority_ids=[answered.id], chapter_ids=desk.chapter_ids[1:2],
        act_id=desk.act(), source="",
    )  # fmt: skip
    desk.run(carry_out_decisions, block_id=desk.block_id, decision_ids=[made.id])
    with desk.make.session() as session:
        (found,) = strategies(session, desk.make.cycle.id)
        (decision,) = found.decisions
        assert [one.title for one in decision.priorities] == ["Fragilità"]
        assert [one.number for one in decision.chapters] == [2]
        assert [one.id for one in decision.blocks] == [desk.block_id]
        assert decisions_of_block(session, desk.block_id) == [decision]
        assert [one.id for one in undecided_needs(session, desk.make.cycle.id)] == [left.id]
    desk.run(carry_out_decisions, block_id=desk.block_id, decision_ids=[])
    with desk.make.session() as session:
        assert decisions_of_block(session, desk.block_id) == []


def test_a_sitting_and_a_closed_outcome_decide_too(desk: Desk, strategy: Strategy) -> None:
    held = desk.make.held()
    assert decided(desk, strategy, sitting_id=held.id, source=None).sitting_id == held.id
    outcome = desk.make.outcome(sitting=desk.make.held())
    assert outcome.state is OutcomeState.CLOSED
    assert decided(desk, strategy, outcome_id=outcome.id, source=None).outcome_id == outcome.id


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"source": None}, "source"),
        ({"act_id": 1}, "source"),
        ({"decided_on": clock.today() + timedelta(days=2)}, "decided_on"),
        ({"priority_ids": [10**6]}, "priority_ids"),
        ({"chapter_ids": [10**6]}, "chapter_ids"),
    ],
)
def test_a_decision_is_refused(
    desk: Desk, strategy: Strategy, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        decided(desk, strategy, **wrong)
    assert [*refused.value.fields] == [field]


def test_what_is_of_another_zone_decides_nothing_here(desk: Desk, strategy: Strategy) -> None:
    other = Desk.begin(Factory(desk.make.database))
    held = other.make.held()
    outcome = other.make.outcome()
    for basis in (
        {"act_id": other.act()}, {"sitting_id": held.id}, {"outcome_id": outcome.id},
    ):  # fmt: skip
        with pytest.raises(Invalid, match="of this cycle"):
            decided(desk, strategy, source=None, **basis)
    made = decided(desk, strategy)
    with pytest.raises(Invalid, match="of this cycle"):
        other.run(carry_out_decisions, block_id=other.block_id, decision_ids=[made.id])


def test_a_change_that_crosses_another_is_refused(desk: Desk, strategy: Strategy) -> None:
    made = decided(desk, strategy)
    changed = desk.run(revise_decision, decision_id=made.id, version=1, **said(title="Due"))
    assert (changed.title, changed.version) == ("Due", 2)
    with pytest.raises(Conflict, match="read it again"):
        desk.run(revise_decision, decision_id=made.id, version=1, **said(title="Tre"))


def test_a_revoked_decision_stays_and_answers_nothing(desk: Desk, strategy: Strategy) -> None:
    need = Books(desk.make).need("Casa")
    made = decided(desk, strategy, priority_ids=[need.id])
    desk.run(revoke_decision, decision_id=made.id, reason="Mancano i fondi.")
    with desk.make.session() as session:
        assert [one.id for one in undecided_needs(session, desk.make.cycle.id)] == [need.id]
    for command, values in (
        (revoke_decision, {"reason": "Di nuovo."}),
        (revise_decision, {"version": 1, **said()}),
    ):
        with pytest.raises(Conflict, match="was revoked"):
            desk.run(command, decision_id=made.id, **values)
    with pytest.raises(Invalid, match="still hold"):
        desk.run(carry_out_decisions, block_id=desk.block_id, decision_ids=[made.id])


def test_a_block_that_was_removed_serves_nothing(desk: Desk, strategy: Strategy) -> None:
    made, need = decided(desk, strategy), Books(desk.make).need("Casa")
    desk.run(remove_block, block_id=desk.block_id, version=1, reason="Doppione.")
    for command, values in (
        (carry_out_decisions, {"decision_ids": [made.id]}),
        (tag_block, {"priority_ids": [need.id], "purposes": []}),
    ):
        with pytest.raises(Conflict, match="restore it first"):
            desk.run(command, block_id=desk.block_id, **values)


def test_a_decision_is_not_revoked_without_a_reason(desk: Desk, strategy: Strategy) -> None:
    made = decided(desk, strategy)
    with pytest.raises(Invalid, match="everybody can read it"):
        desk.run(revoke_decision, decision_id=made.id, reason=" ")


def test_pages_tell_what_carries_a_decision_out_and_what_does_no_longer(
    client: FlaskClient, desk: Desk, strategy: Strategy
) -> None:
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    made = decided(desk, strategy, chapter_ids=[desk.chapter_ids[2]])
    desk.run(carry_out_decisions, block_id=desk.block_id, decision_ids=[made.id])
    pages = {
        "list": f"{desk.make.here}/piano/decisioni",
        "decision": f"/piano/decisioni/{made.id}",
        "block": f"/piano/paragrafi/{desk.block_id}",
    }

    def tells(page: str, words: str) -> bool:
        return words in client.get(pages[page]).text

    assert tells("list", "Carried out in chapters: 1, 3.")
    assert not tells("block", "revoked")
    assert not tells("decision", "not in the plan any more")
    desk.run(revoke_decision, decision_id=made.id, reason="Mancano i fondi.")
    desk.run(remove_block, block_id=desk.block_id, version=1, reason="Superato.")
    assert tells("block", "revoked")
    assert tells("list", "Carried out in chapters: 3.")
    assert tells("decision", "not in the plan any more")


def test_a_strategy_goes_unless_a_decision_follows_it(desk: Desk, strategy: Strategy) -> None:
    desk.run(revise_strategy, strategy_id=strategy.id, title="Prossimità")
    decided(desk, strategy)
    with pytest.raises(Conflict, match="stays with them"):
        desk.run(remove_strategy, strategy_id=strategy.id)
    second = desk.run(set_strategy, cycle_id=desk.make.cycle.id, title="Lavoro")
    desk.run(remove_strategy, strategy_id=second.id)
    with desk.make.session() as session:
        assert [one.title for one in strategies(session, desk.make.cycle.id)] == ["Prossimità"]


def test_only_the_plan_office_decides_what_is_entered(desk: Desk, strategy: Strategy) -> None:
    with pytest.raises(NotAllowed):
        desk.run(
            record_decision, by=desk.make.citizen(), strategy_id=strategy.id, **said()
        )  # fmt: skip


def test_the_office_enters_all_of_it_on_screen(client: FlaskClient, desk: Desk) -> None:
    here = desk.make.here
    need = Books(desk.make).need("Fragilità")
    desk.make.sign_in(client, desk.office)
    client.post(f"{here}/piano/strategie/nuova", data={"title": "Vicinanza"})
    page = client.get(f"{here}/piano/decisioni").text
    assert "Vicinanza" in page
    assert "Fragilità" in page[page.index("senza-decisione") :]
    with desk.make.session() as session:
        (strategy,) = strategies(session, desk.make.cycle.id)
    at = f"/piano/strategie/{strategy.id}/decisioni/nuova"
    empty = dict.fromkeys(("body", "act_id", "sitting_id", "outcome_id", "source"), "")
    day = clock.today().isoformat()
    given = {**empty, **WORDS, "decided_on": day, "priority_ids": need.id}
    refused = client.post(at, data=given)
    assert refused.status_code == 422
    assert WORDS["title"] in refused.text
    made = client.post(at, data={**given, "act_id": desk.act()})
    assert made.status_code == 302
    shown = client.get(made.location).text
    assert "Fragilità" in shown
    assert "Delibera" in shown
    number = made.location.rpartition("/")[2]
    client.post(f"/piano/paragrafi/{desk.block_id}/decisioni", data={"decision_ids": number})
    assert WORDS["title"] in client.get(f"/piano/paragrafi/{desk.block_id}").text
    client.post(f"/piano/decisioni/{number}/revoca", data={"reason": "Mancano i fondi."})
    assert "Mancano i fondi." in client.get(made.location).text


def test_a_program_reads_strategies_with_decisions(
    client: FlaskClient, desk: Desk, strategy: Strategy
) -> None:
    made = decided(desk, strategy, chapter_ids=desk.chapter_ids[:1])
    (row,) = client.get("/api/v1/plan/strategies").get_json()
    assert row["title"] == "Vicinanza"
    (decision,) = row["decisions"]
    assert decision["id"] == made.id
    assert decision["chapters"] == [1]
    assert decision["source"] == "Verbale dell’assemblea"
