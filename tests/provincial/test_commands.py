"""Commands of the provincial programme: the territory's side, and the zone's one answer."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from consultazione.core import log
from consultazione.core.actor import SYSTEM, Role
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.people.commands.coordinators import dismiss_coordinator
from consultazione.programme.commands.interventions import remove_intervention
from consultazione.provincial.commands.answering import accept_project, refuse_project
from consultazione.provincial.commands.programme import (
    forward_project,
    open_provincial_programme,
    set_up_provincial_table,
    write_provincial_project,
)
from consultazione.provincial.commands.programming import put_project_into_programme
from consultazione.provincial.models import ForwardState, Section
from consultazione.provincial.queries import programmed, project_behind
from consultazione.zones.events import territory_stream, zone_stream
from tests.support.books import Books
from tests.support.factories import Factory
from tests.support.provinces import Province

WHY = "Serve in tutti gli sportelli della zona."
ANSWERS = [(accept_project, ForwardState.ACCEPTED), (refuse_project, ForwardState.REFUSED)]


def told(province: Province, stream: str) -> list[str]:
    """The kinds about projects in a stream, in order."""
    with province.make.session() as session:
        found = [entry.event.kind for entry in log.read_stream(session, stream)]
    return [kind.partition(".")[2] for kind in found if kind.startswith("provincial_project.")]


def test_a_project_stands_in_the_section_of_its_table(province: Province) -> None:
    assert province.project.section is Section.IMMIGRATION
    assert province.project.amount == Decimal("12000.50")


@pytest.mark.parametrize("amount", ["-1", "0.005", "1000000000000", "NaN", "Infinity"])
def test_an_amount_is_euro_and_cents(province: Province, amount: str) -> None:
    with pytest.raises(Invalid) as refused:
        province.write("Altro", amount=Decimal(amount))
    assert set(refused.value.fields) == {"amount"}


def test_titles_names_and_years_stand_once(province: Province) -> None:
    with pytest.raises(Conflict):
        province.write(province.project.title)
    territory_id = province.territory.id
    with pytest.raises(Conflict), province.make.database.transaction(SYSTEM) as tx:
        open_provincial_programme(tx, territory_id=territory_id, first_year=2018, last_year=2020)
    with pytest.raises(Invalid), province.make.database.transaction(SYSTEM) as tx:
        open_provincial_programme(tx, territory_id=territory_id, first_year=2021, last_year=2020)
    with pytest.raises(Conflict), province.make.database.transaction(SYSTEM) as tx:
        set_up_provincial_table(
            tx,
            territory_id=territory_id,
            section=Section.SYSTEM_ACTIONS,
            name=province.table.name,
            remit="Altro",
        )


def test_each_zone_answers_once_and_both_streams_tell(province: Province) -> None:
    here, there = province.forward(), province.forward(province.there)
    assert province.forward().id == here.id
    with province.make.database.transaction(province.make.holder(Role.PLAN_OFFICE)) as tx:
        accept_project(tx, forward_id=here.id, reason=WHY)
    with province.make.database.transaction(province.there.holder(Role.PLAN_OFFICE)) as tx:
        refuse_project(tx, forward_id=there.id, reason="Lo fa già il Comune.")
    assert told(province, territory_stream(province.territory.id)) == [
        "written", "forwarded", "forwarded", "answered", "answered",
    ]  # fmt: skip
    assert told(province, zone_stream(province.make.zone.id)) == ["received", "accepted"]
    assert told(province, zone_stream(province.there.zone.id)) == ["received", "refused"]


@pytest.mark.parametrize(("command", "state"), ANSWERS)
def test_an_answer_has_a_reason_and_stands(
    province: Province, command: Callable[..., Any], state: ForwardState
) -> None:
    forward, office = province.forward(), province.make.holder(Role.PLAN_OFFICE)
    with pytest.raises(Invalid), province.make.database.transaction(office) as tx:
        command(tx, forward_id=forward.id, reason="  ")
    with province.make.database.transaction(office) as tx:
        assert command(tx, forward_id=forward.id, reason=WHY).state is state
    for again, _state in ANSWERS:
        with pytest.raises(Conflict), province.make.database.transaction(office) as tx:
            again(tx, forward_id=forward.id, reason=WHY)


def test_a_project_goes_to_zones_of_its_territory_alone(province: Province) -> None:
    with pytest.raises(NotFound):
        province.forward(Factory(province.make.database))


def test_an_accepted_project_becomes_one_intervention_a_year(province: Province) -> None:
    books, forward = Books(province.make), province.forward()
    given = {"forward_id": forward.id, "year": 2018, "sheet": books.sheet()}
    with pytest.raises(Conflict, match="Only a project that the zone has accepted"):
        books.run(put_project_into_programme, **given)
    books.run(accept_project, forward_id=forward.id, reason=WHY)
    with pytest.raises(NotFound, match="not open"):
        books.run(put_project_into_programme, **{**given, "year": 2019})
    made = books.run(put_project_into_programme, **given)
    with pytest.raises(Conflict, match="stands in the programme 2018 already"):
        books.run(put_project_into_programme, **given)
    books.open(2019)
    later = books.run(put_project_into_programme, **{**given, "year": 2019})
    with province.make.session() as session:
        behind = project_behind(session, made.id)
        assert behind is not None
        assert behind.project.table.name == "Tavolo stranieri"
        assert programmed(session, [forward.id]) == {forward.id: {2018: made.id, 2019: later.id}}
    assert told(province, zone_stream(province.make.zone.id)) == [
        "received", "accepted", "programmed", "programmed",
    ]  # fmt: skip
    books.run(remove_intervention, intervention_id=made.id)
    books.run(put_project_into_programme, **given)
    other = province.there.holder(Role.PLAN_OFFICE)
    with pytest.raises(NotAllowed):
        books.run(put_project_into_programme, actor=other, **given)


@pytest.mark.parametrize("command", [accept_project, refuse_project])
def test_nobody_answers_for_another_zone(province: Province, command: Callable[..., Any]) -> None:
    forward = province.forward()
    for who in (
        province.there.holder(Role.PLAN_OFFICE),
        province.make.holder(Role.ADMINISTRATOR),
        province.coordinator(),
    ):
        with pytest.raises(NotAllowed), province.make.database.transaction(who) as tx:
            command(tx, forward_id=forward.id, reason=WHY)


def test_coordinators_write_the_programme_of_their_territory_alone(province: Province) -> None:
    coordinator, make = province.coordinator(), province.make
    with make.database.transaction(coordinator) as tx:
        open_provincial_programme(
            tx, territory_id=province.territory.id, first_year=2025, last_year=2027
        )
        forward_project(tx, project_id=province.project.id, zone_id=make.zone.id)
    strangers = (make.holder(Role.ADMINISTRATOR), make.holder(Role.PLAN_OFFICE), make.citizen())
    for who in strangers:
        with pytest.raises(NotAllowed), make.database.transaction(who) as tx:
            write_provincial_project(
                tx,
                programme_id=province.programme.id,
                table_id=province.table.id,
                title="Altro",
                body="Un progetto.",
            )
    with make.database.transaction(SYSTEM) as tx:
        dismiss_coordinator(
            tx, territory_id=province.territory.id, person_id=coordinator.person_id or 0
        )
    with pytest.raises(NotAllowed), make.database.transaction(coordinator) as tx:
        forward_project(tx, project_id=province.project.id, zone_id=province.there.zone.id)
