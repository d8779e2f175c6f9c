"""Commands on figures, criteria, items and stored what-ifs."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from consultazione.core import log
from consultazione.core.actor import Actor, Role
from consultazione.core.canonical import sha256_of
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.sharing import queries
from consultazione.sharing.commands.criteria import rewrite_criterion, write_criterion
from consultazione.sharing.commands.figures import record_figures
from consultazione.sharing.commands.items import (
    add_shared_item,
    change_shared_item,
    remove_shared_item,
)
from consultazione.sharing.commands.scenarios import (
    attach_scenario,
    detach_scenario,
    store_scenario,
)
from consultazione.sharing.criteria import CriterionKind
from consultazione.sharing.events import sharing_stream
from consultazione.sharing.models import Scenario, SharedItem
from consultazione.sharing.steps import MOST_ITEMS
from consultazione.sharing.whatif import Change, basis_of, figures_of
from consultazione.sittings.lifecycle.commands.opening import close_sitting
from consultazione.sittings.lifecycle.commands.points import start_point
from consultazione.sittings.models import Sitting
from consultazione.sittings.polls.commands.polls import open_poll
from consultazione.sittings.queries import get_sitting
from consultazione.zones.queries import get_cycle
from tests.support.factories import Factory
from tests.support.sharing_story import YEAR, Sharing

HALF = {CriterionKind.POPULATION: Decimal(50), CriterionKind.USERS: Decimal(50)}


def stored(sharing: Sharing, *, name: str = "More by use", **change: Any) -> Scenario:
    given = {"cycle_id": sharing.cycle_id, "year": YEAR, "change": Change(**change)}
    scenario = sharing.do(store_scenario, name=name, **given)
    assert isinstance(scenario, Scenario)
    return scenario


def kinds(sharing: Sharing) -> list[str]:
    with sharing.make.session() as session:
        stream = sharing_stream(sharing.cycle_id)
        return [entry.event.kind for entry in log.read_stream(session, stream)]


def refused(do: Callable[..., Any], *args: Any, **given: Any) -> list[str]:
    """The fields that a refusal names."""
    with pytest.raises(Invalid) as refusal:
        do(*args, **given)
    return list(refusal.value.fields)


def test_a_correction_of_figures_is_a_further_version(sharing: Sharing) -> None:
    alba = sharing.bodies["Alba"]
    given = {"body_id": alba, "year": YEAR, "source": "Istat, corrected", "population": 1100}
    assert sharing.do(record_figures, **given).version == 2
    assert sharing.do(record_figures, **given).version == 2
    with sharing.make.session() as session:
        found = queries.figures_of(session, alba, YEAR)
        versions = queries.versions_of(session, sharing.make.zone.id, YEAR)
    assert found is not None
    assert (found.population, found.users) == (1100, None)
    assert [row.population for row in versions if row.body_id == alba] == [1100, 1000]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "population"),
        ({"population": 0}, "population"),
        ({"users": -1}, "users"),
        ({"users": 5, "source": "  "}, "source"),
    ],
)
def test_figures_that_nobody_can_count_are_refused(
    sharing: Sharing, given: dict[str, Any], field: str
) -> None:
    given = {"body_id": sharing.bodies["Alba"], "year": YEAR, "source": "Istat", **given}
    assert refused(sharing.do, record_figures, **given) == [field]


def test_a_criterion_keeps_what_it_said_before(sharing: Sharing) -> None:
    given = {"criterion_id": sharing.by_head, "name": "Half and half", "figures_year": YEAR}
    mixed = {"kind": CriterionKind.MIXED, "percentages": HALF}
    assert refused(sharing.do, rewrite_criterion, reason=" ", **given, **mixed) == ["reason"]
    sharing.do(rewrite_criterion, reason="The assembly asked for it.", **given, **mixed)
    with sharing.make.session() as session:
        criterion = queries.criteria(session, sharing.cycle_id)[0]
    said = [(row.version, row.kind.value, row.percentages) for row in criterion.versions]
    assert said == [(2, "mixed", {"population": "50", "users": "50"}), (1, "population", {})]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": ""}, "name"),
        ({"kind": CriterionKind.FIXED}, "parts"),
        ({"kind": CriterionKind.FIXED, "parts": {1: -1, 2: 3}}, "parts"),
        ({"kind": CriterionKind.MIXED}, "percentages"),
        (
            {"kind": CriterionKind.MIXED, "percentages": {CriterionKind.USERS: Decimal(101)}},
            "percentage_users",
        ),
    ],
)
def test_a_criterion_that_says_nothing_is_refused(
    sharing: Sharing, given: dict[str, Any], field: str
) -> None:
    whole = {"name": "A", "kind": CriterionKind.USERS, "figures_year": YEAR, **given}
    assert refused(sharing.do, write_criterion, cycle_id=sharing.cycle_id, **whole) == [field]


def test_items_are_added_changed_and_taken_away(sharing: Sharing) -> None:
    item = sharing.item()
    change = {
        "item_id": item.id,
        "title": "Bus",
        "amount": Decimal(2),
        "criterion_id": sharing.by_use,
    }
    sharing.do(change_shared_item, **change)
    sharing.do(change_shared_item, **change)
    with sharing.make.session() as session:
        found = queries.items(session, sharing.cycle_id, YEAR)
    assert [(row.title, row.amount, row.criterion_id) for row in found] == [
        ("Bus", Decimal(2), sharing.by_use)
    ]
    sharing.do(remove_shared_item, item_id=item.id)
    with pytest.raises(NotFound):
        sharing.do(remove_shared_item, item_id=item.id)
    assert kinds(sharing)[2:] == ["shared_item.added", "shared_item.changed", "shared_item.removed"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"year": 2021}, "year"),
        ({"title": " "}, "title"),
        ({"amount": Decimal("-1")}, "amount"),
        ({"amount": Decimal("1.001")}, "amount"),
        ({"criterion_id": 10**9}, "criterion_id"),
    ],
)
def test_an_item_that_cannot_be_is_refused(
    sharing: Sharing, given: dict[str, Any], field: str
) -> None:
    whole = {"title": "A", "amount": Decimal(1), "criterion_id": sharing.by_head, "year": YEAR}
    given = {"cycle_id": sharing.cycle_id, **whole, **given}
    assert refused(sharing.do, add_shared_item, **given) == [field]


def test_a_year_has_room_for_fifty_items(sharing: Sharing) -> None:
    for number in range(MOST_ITEMS):
        sharing.item(f"Item {number}")
    with pytest.raises(Conflict, match="50 items"):
        sharing.item("One more")
    sharing.item("Next year", year=YEAR + 1)


def test_a_what_if_is_stored_with_all_its_figures(sharing: Sharing) -> None:
    item = sharing.item()
    kept = stored(sharing, amounts={item.id: Decimal(2000)}, criteria={item.id: sharing.by_use})
    assert kept.digest == sha256_of(kept.figures)
    (line,) = kept.figures["items"]
    alba, bosco, cima = (str(body) for body in sharing.bodies.values())
    assert line["before"]["parts"] == {alba: "100.00", bosco: "300.00", cima: "600.00"}
    assert line["after"]["parts"] == {alba: "400.00", bosco: "400.00", cima: "1200.00"}
    assert (kept.figures["before"], kept.figures["after"]) == ("1000.00", "2000.00")
    first = kept.figures["effects"][0]
    assert (first["difference"], first["difference_each"]) == ("300.00", "0.30")
    sharing.do(remove_shared_item, item_id=item.id)
    with sharing.make.session() as session:
        assert queries.get_scenario(session, kept.id).figures == kept.figures


def test_shares_follow_the_last_correction_and_the_nearest_year(sharing: Sharing) -> None:
    sharing.item()
    sharing.item(year=YEAR + 1)
    alba = {"body_id": sharing.bodies["Alba"], "source": "Istat"}
    sharing.do(record_figures, year=YEAR - 1, population=700, **alba)
    sharing.do(record_figures, year=YEAR, population=11_000, **alba)
    with sharing.make.session() as session:
        cycle = get_cycle(session, sharing.cycle_id)
        found = [figures_of(basis_of(session, cycle, year)) for year in (YEAR, YEAR + 1)]
    for figures in found:
        first = figures["effects"][0]
        assert (first["population"], first["after"]) == (11_000, "550.00")


def test_what_a_what_if_breaks_is_named(sharing: Sharing) -> None:
    with pytest.raises(Conflict, match="nothing to compare"):
        stored(sharing)
    item = sharing.item()
    assert refused(stored, sharing, name=" ") == ["name"]
    assert refused(stored, sharing, amounts={item.id: Decimal(-1)}) == [f"amount-{item.id}"]
    mixed = sharing.criterion("Mixed", CriterionKind.MIXED, percentages=HALF)
    over = {mixed: {**HALF, CriterionKind.FIXED: Decimal(1)}}
    change = {"criteria": {item.id: mixed}, "percentages": over}
    assert refused(stored, sharing, **change) == [f"percentages-{mixed}"]


@pytest.fixture
def vote(sharing: Sharing) -> Callable[[Sitting, int], Actor]:
    """Opens the sitting and a poll at one of its points; returns the chair."""

    def open_a_vote(sitting: Sitting, point_id: int) -> Actor:
        chair = sharing.make.presided(sitting)
        sharing.make.present(sitting)
        sharing.do(start_point, chair, point_id=point_id)
        sharing.do(open_poll, chair, sitting_id=sitting.id, question="Do we agree?")
        return chair

    return open_a_vote


def points_of(sharing: Sharing, sitting: Sitting) -> list[int]:
    with sharing.make.session() as session:
        return [point.id for point in get_sitting(session, sitting.id).agenda]


def test_what_is_voted_on_stays_beside_its_point(
    sharing: Sharing, make: Factory, vote: Callable[[Sitting, int], Actor]
) -> None:
    sharing.item()
    first, second = stored(sharing), stored(sharing, name="Another")
    sitting = make.sitting()
    point, later, last = points_of(sharing, sitting)
    for scenario in (first, second, second):
        sharing.do(attach_scenario, scenario_id=scenario.id, point_id=point)
    for _time in range(2):
        sharing.do(detach_scenario, scenario_id=second.id, point_id=point)
    chair = vote(sitting, point)
    for command, scenario in ((attach_scenario, second), (detach_scenario, first)):
        with pytest.raises(Conflict, match="A vote was opened"):
            sharing.do(command, chair, scenario_id=scenario.id, point_id=point)
    sharing.do(attach_scenario, chair, scenario_id=second.id, point_id=later)
    with make.session() as session:
        beside = queries.scenarios_by_point(session, sitting.id)
    assert {at: [row.id for row in rows] for at, rows in beside.items()} == {
        point: [first.id],
        later: [second.id],
    }
    sharing.do(close_sitting, chair, sitting_id=sitting.id, count_poll=True)
    with pytest.raises(Conflict, match="The sitting is over"):
        sharing.do(attach_scenario, chair, scenario_id=first.id, point_id=last)


def test_the_chair_stores_what_the_sitting_sees(sharing: Sharing, make: Factory) -> None:
    sharing.item()
    sitting = make.sitting()
    chair = make.holder(Role.FACILITATOR, sitting.table_id)
    elsewhere = make.holder(Role.FACILITATOR, make.table().id)
    given = {"cycle_id": sharing.cycle_id, "year": YEAR, "name": "Ours", "change": Change()}
    beside = {"point_id": points_of(sharing, sitting)[0]}
    for who, more in ((chair, {}), (elsewhere, beside), (make.citizen(), beside)):
        with pytest.raises(NotAllowed):
            sharing.do(store_scenario, who, **given, **more)
    kept = sharing.do(store_scenario, chair, **given, **beside)
    with make.session() as session:
        assert [point.id for point in queries.points_of(session, kept.id)] == [beside["point_id"]]
    assert kinds(sharing)[-2:] == ["scenario.stored", "scenario.attached"]


@pytest.mark.parametrize(
    ("command", "given"),
    [
        (record_figures, {"year": YEAR, "source": "Istat", "population": 5}),
        (add_shared_item, {"year": YEAR, "title": "A", "amount": Decimal(1)}),
        (change_shared_item, {"title": "A", "amount": Decimal(1)}),
        (remove_shared_item, {}),
    ],
)
def test_only_the_plan_office_writes(
    sharing: Sharing, command: Callable[..., Any], given: dict[str, Any]
) -> None:
    item: SharedItem = sharing.item()
    ids = {
        record_figures: {"body_id": sharing.bodies["Alba"]},
        add_shared_item: {"cycle_id": sharing.cycle_id, "criterion_id": sharing.by_head},
        change_shared_item: {"item_id": item.id, "criterion_id": sharing.by_head},
        remove_shared_item: {"item_id": item.id},
    }[command]
    for role in (Role.ADMINISTRATOR, Role.FACILITATOR):
        with pytest.raises(NotAllowed):
            sharing.do(command, sharing.make.holder(role), **given, **ids)
