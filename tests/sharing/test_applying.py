"""What-ifs that a vote carried, written into the items of the year and its interventions."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from consultazione import audits
from consultazione.core import log
from consultazione.core.actor import SYSTEM, Role
from consultazione.core.audit import differences
from consultazione.core.db import Database
from consultazione.core.errors import Conflict, Invalid, NotAllowed
from consultazione.programme.commands.funds import set_earmark
from consultazione.programme.commands.interventions import remove_intervention
from consultazione.programme.kinds import AreaOfUse
from consultazione.programme.queries import corrections, get_intervention, shares
from consultazione.sharing import queries
from consultazione.sharing.commands.applying import apply_scenario
from consultazione.sharing.commands.criteria import rewrite_criterion
from consultazione.sharing.commands.figures import record_figures
from consultazione.sharing.commands.items import (
    add_shared_item,
    change_shared_item,
    remove_shared_item,
)
from consultazione.sharing.criteria import CriterionKind
from consultazione.sharing.events import ScenarioApplied, sharing_stream
from consultazione.sharing.models import ScenarioIntervention
from consultazione.sharing.whatif import basis_of, figures_of
from consultazione.zones.queries import get_cycle
from tests.support.factories import Factory
from tests.support.sharing_story import YEAR, Sharing
from tests.support.voted import Voted

assert audits.ALL
HALF = {CriterionKind.POPULATION: Decimal(50), CriterionKind.USERS: Decimal(50)}
THIRD = {CriterionKind.POPULATION: Decimal(25), CriterionKind.USERS: Decimal(75)}


@pytest.fixture
def voted(sharing: Sharing) -> Voted:
    """The programme of the year beside what is shared."""
    return Voted(sharing)


def applied(voted: Voted, scenario: Any, poll_id: int, **given: Any) -> Any:
    values = {"interventions": {}, **given}
    return voted.sharing.do(apply_scenario, scenario_id=scenario.id, poll_id=poll_id, **values)


def standing(sharing: Sharing, year: int = YEAR) -> list[tuple[str, dict[str, str]]]:
    """What each item of a year costs now, and what each body pays of it."""
    with sharing.make.session() as session:
        now = figures_of(basis_of(session, get_cycle(session, sharing.cycle_id), year))
    return [(line["before"]["amount"], line["before"]["parts"]) for line in now["items"]]


def told(sharing: Sharing) -> list[str]:
    """How rows differ from the log."""
    with sharing.make.session() as session:
        return [str(one) for one in differences(session)]


def test_what_was_voted_is_what_the_municipalities_pay(sharing: Sharing, voted: Voted) -> None:
    item, kept = sharing.item(), sharing.item("Meals", "10.01")
    scenario = voted.stored(
        amounts={item.id: Decimal("2000.01")}, criteria={item.id: sharing.by_use}
    )
    poll_id, intervention = voted.vote(scenario), voted.intervention()
    figures = scenario.figures
    applied(
        voted, scenario, poll_id, interventions={item.id: intervention.id}, fund_id=voted.own.id
    )
    after = [line["after"] for line in figures["items"]]
    assert standing(sharing) == [(side["amount"], side["parts"]) for side in after]
    with sharing.make.session() as session:
        paid = {
            (share.body_id, share.fund_id): share.amount
            for share in shares(session, [intervention.id])
        }
        assert get_intervention(session, intervention.id).total == Decimal("2100.01")
        assert queries.get_scenario(session, scenario.id).figures == figures
        (behind,) = queries.applications_behind(session, intervention.id)
        assert (behind.scenario_id, behind.poll_id) == (scenario.id, poll_id)
        (entry,) = log.read_stream(session, sharing_stream(sharing.cycle_id))[-1:]
    parts = {(int(body), voted.own.id): Decimal(part) for body, part in after[0]["parts"].items()}
    assert paid == {**parts, (voted.union, voted.other.id): Decimal(100)}
    assert entry.event == ScenarioApplied(
        scenario_id=scenario.id,
        poll_id=poll_id,
        item_ids=[item.id, kept.id],
        intervention_ids=[intervention.id],
        cost_item_ids=[item.id],
    )
    with pytest.raises(Conflict, match="applied already"):
        applied(voted, scenario, poll_id)
    assert told(sharing) == []
    with sharing.make.database.transaction(SYSTEM) as tx:
        tx.session.execute(update(ScenarioIntervention).values(item_id=kept.id))
    assert [one.partition(" ")[0] for one in told(sharing)] == ["scenario_intervention"] * 2
    sharing.do(remove_intervention, intervention_id=intervention.id)
    with sharing.make.session() as session:
        assert queries.interventions_of(session, scenario.id) == {}
    assert told(sharing) == []


def test_a_second_what_if_takes_the_place_of_the_first_one_s_shares(
    sharing: Sharing, voted: Voted
) -> None:
    item, intervention = sharing.item(), voted.intervention()
    into = {"interventions": {item.id: intervention.id}, "fund_id": voted.own.id}
    for amount in ("3000.00", "600.00"):
        scenario = voted.stored(amounts={item.id: Decimal(amount)})
        applied(voted, scenario, voted.vote(scenario), **into)
    with sharing.make.session() as session:
        assert get_intervention(session, intervention.id).total == Decimal(700)
        assert len(queries.applications_behind(session, intervention.id)) == 2


def test_a_mixture_that_was_tried_out_changes_its_items_alone(
    sharing: Sharing, voted: Voted
) -> None:
    mixed = sharing.criterion("Mixed", CriterionKind.MIXED, percentages=HALF)
    sharing.item(criterion_id=mixed)
    sharing.do(
        add_shared_item,
        cycle_id=sharing.cycle_id,
        year=YEAR + 1,
        title="Later",
        amount=Decimal(1000),
        criterion_id=mixed,
    )
    later = standing(sharing, YEAR + 1)
    scenario = voted.stored(percentages={mixed: THIRD})
    applied(voted, scenario, voted.vote(scenario))
    (line,) = scenario.figures["items"]
    assert standing(sharing) == [(line["after"]["amount"], line["after"]["parts"])]
    assert standing(sharing, YEAR + 1) == later
    with sharing.make.session() as session:
        names = [row.current.name for row in queries.criteria(session, sharing.cycle_id)]
    assert names[-1] == "Mixed (Twice)"


def test_only_a_vote_that_carried_it_applies_a_what_if(sharing: Sharing, voted: Voted) -> None:
    sharing.item()
    one, other = voted.stored("One"), voted.stored("Other")
    for poll_id in (voted.vote(one, choice="no"), voted.vote(other), 0):
        with pytest.raises(Invalid) as refused:
            applied(voted, one, poll_id)
        assert list(refused.value.fields) == ["poll_id"]
    both = voted.vote(one, other)
    applied(voted, one, both)
    with pytest.raises(Conflict, match="one vote carries one"):
        applied(voted, other, both)


def _amount(sharing: Sharing, item_id: int) -> None:
    given = {"title": "Transport", "amount": Decimal(999), "criterion_id": sharing.by_head}
    sharing.do(change_shared_item, item_id=item_id, **given)


def _gone(sharing: Sharing, item_id: int) -> None:
    sharing.do(remove_shared_item, item_id=item_id)


def _figures(sharing: Sharing, _item_id: int) -> None:
    body_id = sharing.bodies["Alba"]
    given = {"population": 1000, "users": 99, "source": "Istat"}
    sharing.do(record_figures, body_id=body_id, year=YEAR, **given)


def _criterion(sharing: Sharing, _item_id: int) -> None:
    sharing.do(
        rewrite_criterion,
        criterion_id=sharing.by_use,
        name="By heads after all",
        kind=CriterionKind.POPULATION,
        figures_year=YEAR,
        reason="The assembly asked for it.",
    )


@pytest.mark.parametrize("change", [_amount, _gone, _figures, _criterion])
def test_other_shares_than_those_that_were_voted_are_refused(
    sharing: Sharing, voted: Voted, change: Callable[[Sharing, int], None]
) -> None:
    item = sharing.item()
    scenario = voted.stored(criteria={item.id: sharing.by_use})
    poll_id = voted.vote(scenario)
    change(sharing, item.id)
    before = standing(sharing)
    with pytest.raises(Conflict, match="“Transport”, its criterion or the figures have changed"):
        applied(voted, scenario, poll_id)
    assert standing(sharing) == before


def test_where_the_shares_cannot_go_is_named(sharing: Sharing, voted: Voted) -> None:
    item, second = sharing.item(), sharing.item("Meals")
    scenario, fund = voted.stored(), voted.own.id
    poll_id, here = voted.vote(scenario), voted.intervention().id
    elsewhere = voted.intervention(voted.open(YEAR + 1)).id
    earmarked = {"purpose": "the poor", "area": AreaOfUse.POVERTY, "percent": Decimal(100)}
    bound = voted.fund("BOUND").id
    sharing.do(set_earmark, fund_id=bound, **earmarked)
    wrong: list[tuple[dict[int, int], int | None, str]] = [
        ({item.id: here}, None, "fund_id"),
        ({item.id: elsewhere}, fund, f"intervention-{item.id}"),
        ({item.id: 0}, fund, f"intervention-{item.id}"),
        ({item.id: here, second.id: here}, fund, f"intervention-{item.id}"),
        ({item.id: here}, bound, f"intervention-{item.id}"),
        ({0: here}, fund, ""),
    ]
    before = standing(sharing)
    for interventions, fund_id, field in wrong:
        with pytest.raises(Invalid) as refused:
            applied(voted, scenario, poll_id, interventions=interventions, fund_id=fund_id)
        assert (list(refused.value.fields) or [""]) == [field]
    assert standing(sharing) == before


def test_an_approved_programme_asks_for_the_reason(sharing: Sharing, voted: Voted) -> None:
    item, intervention = sharing.item(), voted.intervention()
    scenario = voted.stored(amounts={item.id: Decimal(3000)})
    poll_id = voted.vote(scenario)
    voted.approve()
    into = {"interventions": {item.id: intervention.id}, "fund_id": voted.own.id}
    with pytest.raises(Invalid) as refused:
        applied(voted, scenario, poll_id, **into)
    assert list(refused.value.fields) == ["reason"]
    applied(voted, scenario, poll_id, reason="As the assembly has voted.", **into)
    with sharing.make.session() as session:
        (correction,) = corrections(session, voted.programme.id, intervention.id)
        assert correction.reason == "As the assembly has voted."
        assert get_intervention(session, intervention.id).total == Decimal(3100)


def test_only_the_plan_office_applies(sharing: Sharing, voted: Voted) -> None:
    sharing.item()
    scenario = voted.stored()
    poll_id = voted.vote(scenario)
    for who in (
        sharing.make.holder(Role.ADMINISTRATOR),
        Factory(sharing.make.database).holder(Role.PLAN_OFFICE),
    ):
        with pytest.raises(NotAllowed):
            sharing.do(
                apply_scenario, who, scenario_id=scenario.id, poll_id=poll_id, interventions={}
            )


CENTS = st.integers(0, 10**9).map(lambda cents: Decimal(cents) / 100)


# The fixture is shared by the examples on purpose: each is one more zone in the same database.
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    amounts=st.lists(st.tuples(CENTS, CENTS, st.integers(0, 2)), min_size=1, max_size=3),
    people=st.decimals(0, 100, places=2),
)
def test_any_what_if_gives_just_its_shares_and_they_sum(
    database: Database, amounts: list[tuple[Decimal, Decimal, int]], people: Decimal
) -> None:
    sharing = Sharing(Factory(database))
    voted, intervention = Voted(sharing), None
    mixed = sharing.criterion("Mixed", CriterionKind.MIXED, percentages=HALF)
    choices = (sharing.by_head, sharing.by_use, mixed)
    items = [sharing.item(amount=str(before)) for before, _after, _by in amounts]
    scenario = voted.stored(
        amounts={item.id: after for item, (_b, after, _by) in zip(items, amounts, strict=True)},
        criteria={item.id: choices[by] for item, (_b, _a, by) in zip(items, amounts, strict=True)},
        percentages={mixed: {CriterionKind.POPULATION: people, CriterionKind.USERS: 100 - people}},
    )
    intervention = voted.intervention()
    into = {"interventions": {items[0].id: intervention.id}, "fund_id": voted.own.id}
    applied(voted, scenario, voted.vote(scenario), **into)
    for (amount, parts), (_before, after, _by) in zip(standing(sharing), amounts, strict=True):
        assert Decimal(amount) == after == sum(map(Decimal, parts.values()))
    with database.snapshot() as session:
        paid = sum(share.amount for share in shares(session, [intervention.id]))
        assert paid == get_intervention(session, intervention.id).total == 100 + amounts[0][1]
