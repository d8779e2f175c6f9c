"""Convening: permissions, days and points; and the agenda until the opening."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from consultazione.core import clock, log
from consultazione.core.actor import Role
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.proposals.commands.lifecycle import admit_proposal
from consultazione.proposals.models import Proposal
from consultazione.sittings.agenda.commands.points import add_point
from consultazione.sittings.agenda.points import NewPoint, with_proposals
from consultazione.sittings.events import PointAdded, SittingConvened
from consultazione.sittings.lifecycle.commands.convening import convene_sitting
from consultazione.sittings.queries import get_sitting
from consultazione.tables.models import ThematicTable
from tests.support.factories import Factory


def convene(make: Factory, table: ThematicTable, actor: Any, **values: Any) -> Any:
    given = {
        "title": "First sitting",
        "place": "Town hall",
        "starts_at": clock.now() + timedelta(days=7),
        "points": [NewPoint(title="Carers", minutes_planned=20)],
    }
    with make.database.transaction(actor) as tx:
        return convene_sitting(tx, table_id=table.id, **{**given, **values})


def admitted(make: Factory, table: ThematicTable) -> Proposal:
    proposal = make.proposal(table)
    with make.database.transaction(make.holder(Role.FACILITATOR, table.id)) as tx:
        return admit_proposal(tx, proposal_id=proposal.id)


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.COORDINATOR, Role.PLAN_OFFICE])
def test_who_runs_the_table_convenes_its_sittings(make: Factory, role: Role) -> None:
    table = make.table()
    actor = make.holder(role, None if role is Role.PLAN_OFFICE else table.id)
    sitting = convene(make, table, actor)
    with make.session() as session:
        entries = log.read_stream(session, f"sitting:{sitting.id}")
        assert [point.title for point in get_sitting(session, sitting.id).agenda] == ["Carers"]
    assert [type(entry.event) for entry in entries] == [SittingConvened, PointAdded]
    assert entries[0].actor_id == actor.person_id


def test_others_do_not(make: Factory) -> None:
    table = make.table()
    elsewhere = make.holder(Role.FACILITATOR, make.table().id)
    for actor in (make.citizen(), elsewhere):
        with pytest.raises(NotAllowed):
            convene(make, table, actor)


def test_a_sitting_needs_a_table_a_day_to_come_and_a_point(make: Factory) -> None:
    table = make.table()
    actor = make.holder(Role.FACILITATOR, table.id)
    with pytest.raises(Invalid) as past:
        convene(make, table, actor, starts_at=clock.now() - timedelta(days=2))
    with pytest.raises(Invalid) as empty:
        convene(make, table, actor, points=[])
    assert (list(past.value.fields), list(empty.value.fields)) == (["starts_at"], ["agenda"])
    table.id = 0
    with pytest.raises(NotFound):
        convene(make, table, actor)


def test_a_point_takes_the_title_of_its_proposal_and_stands_before_the_last(
    make: Factory,
) -> None:
    table = make.table()
    proposal = admitted(make, table)
    points = with_proposals([NewPoint("Minutes"), NewPoint("Other business")], [proposal.id])
    sitting = convene(make, table, make.holder(Role.FACILITATOR, table.id), points=points)
    with make.session() as session:
        agenda = get_sitting(session, sitting.id).agenda
        assert [point.title for point in agenda] == ["Minutes", proposal.title, "Other business"]
        assert [point.proposal_id for point in agenda] == [None, proposal.id, None]


def test_only_proposals_that_the_table_admitted_come_to_discussion(make: Factory) -> None:
    table = make.table()
    actor = make.holder(Role.FACILITATOR, table.id)
    for proposal in (make.proposal(table), admitted(make, make.table())):
        with pytest.raises(Invalid) as refusal:
            convene(make, table, actor, points=[NewPoint(proposal_id=proposal.id)])
        assert list(refusal.value.fields) == ["proposal_id"]


def test_points_are_added_until_the_sitting_is_opened(
    make: Factory,
) -> None:
    sitting = make.sitting()
    actor = make.holder(Role.COORDINATOR, sitting.table_id)
    with make.database.transaction(actor) as tx:
        point = add_point(tx, sitting_id=sitting.id, title="A guest", minutes_planned=10)
    assert (point.rank, point.minutes_planned) == (3, 10)
    with pytest.raises(Invalid), make.database.transaction(actor) as tx:
        add_point(tx, sitting_id=sitting.id, title="")
    with pytest.raises(NotAllowed), make.database.transaction(make.citizen()) as tx:
        add_point(tx, sitting_id=sitting.id, title="Mine")
    make.presided(sitting)
    with pytest.raises(Conflict), make.database.transaction(actor) as tx:
        add_point(tx, sitting_id=sitting.id, title="Too late")
