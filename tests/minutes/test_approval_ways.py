"""How minutes are approved: by two, by the table at a later sitting, by its silence."""

from __future__ import annotations

from typing import Any

import pytest

from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.errors import Conflict, Invalid, NotAllowed
from consultazione.minutes.commands.approving import approve_minutes
from consultazione.minutes.commands.approving_together import (
    approve_by_silence,
    approve_by_table,
    endorse_minutes,
)
from consultazione.minutes.commands.circulating import circulate_minutes
from consultazione.minutes.commands.drafting import draft_minutes
from consultazione.minutes.models import MinutesState, Piece
from consultazione.sittings.lifecycle.commands.opening import close_sitting
from consultazione.sittings.lifecycle.commands.points import close_point, start_point
from consultazione.sittings.lifecycle.commands.secretary import name_secretary
from consultazione.sittings.models import Sitting
from consultazione.sittings.polls.commands.ballots import cast_ballot
from consultazione.sittings.polls.commands.polls import close_poll, open_poll
from consultazione.sittings.queries import get_sitting
from consultazione.tables.models import ThematicTable
from consultazione.zones.models import ApprovalWay
from tests.support.corrections import ask, end_window, let
from tests.support.factories import Factory
from tests.support.minutes_desk import Desk
from workers.loops.sweeps import silence_sweep


def circulated(desk: Desk, way: ApprovalWay) -> Desk:
    let(desk, correction_days=7, approval_way=way)
    desk.run(circulate_minutes, version=desk.minutes.version)
    return desk


def over(desk: Desk, way: ApprovalWay) -> Desk:
    circulated(desk, way)
    end_window(desk)
    return desk


def test_silence_approves_once_the_days_are_over(desk: Desk) -> None:
    circulated(desk, ApprovalWay.SILENCE)
    sweep = silence_sweep(desk.make.database)
    sweep.turn()
    assert desk.minutes.state is MinutesState.DRAFT
    end_window(desk)
    with pytest.raises(Conflict, match="another way"):
        desk.run(approve_minutes, version=desk.minutes.version)
    for _ in range(2):
        sweep.turn()
    assert desk.kinds().count("minutes.approved") == 1
    document = desk.minutes.document
    assert document is not None
    assert document["approved"] is not None
    assert document["approved"]["by"] == "il tavolo"
    assert document["approved"]["how"].startswith("Approvato per silenzio assenso")


def test_silence_with_an_open_request_is_none(desk: Desk) -> None:
    circulated(desk, ApprovalWay.SILENCE)
    ask(desk, piece=Piece.FACT, subject_id=0, old_words="", new_words="")
    end_window(desk)
    silence_sweep(desk.make.database).turn()
    desk.run(approve_by_silence, SYSTEM)
    assert desk.minutes.state is MinutesState.DRAFT


def later(desk: Desk) -> tuple[Sitting, int]:
    """A later sitting of the table whose first point is dealt with, under the same chair."""
    make = desk.make
    with make.session() as session:
        table = session.get_one(ThematicTable, desk.sitting.table_id)
    sitting = make.sitting(table)
    with make.session() as session:
        point_id = get_sitting(session, sitting.id).agenda[0].id
    make.presided(sitting)
    run(make, desk.facilitator, start_point, point_id=point_id)
    return sitting, point_id


def run(make: Factory, who: Actor, command: Any, **fields: Any) -> Any:
    with make.database.transaction(who) as tx:
        return command(tx, **fields)


def test_the_table_approves_at_its_next_sitting(desk: Desk) -> None:
    over(desk, ApprovalWay.NEXT_SITTING)
    make = desk.make
    sitting, point_id = later(desk)
    at = {"version": desk.minutes.version, "point_id": point_id}
    with pytest.raises(Invalid):
        desk.run(approve_by_table, version=at["version"], point_id=desk.point_id)
    anna = make.present(sitting)
    poll = run(make, desk.facilitator, open_poll, sitting_id=sitting.id, question="Si approva?")
    with pytest.raises(Invalid):
        desk.run(approve_by_table, **at, poll_id=poll.id)
    run(make, anna, cast_ballot, poll_id=poll.id, choice="yes")
    run(make, desk.facilitator, close_poll, poll_id=poll.id)
    desk.run(approve_by_table, **at, poll_id=poll.id)
    document = desk.minutes.document
    assert document is not None
    assert document["approved"] is not None
    assert "al punto 1" in document["approved"]["how"]
    assert document["approved"]["how"].endswith("con votazione.")
    run(make, desk.facilitator, close_point, point_id=point_id)
    run(make, desk.facilitator, close_sitting, sitting_id=sitting.id)
    said = run(make, SYSTEM, draft_minutes, sitting_id=sitting.id).facts["agenda"][0]["approvals"]
    assert said[0].startswith(f"È approvato il verbale della seduta «{desk.sitting.title}»")


def test_by_acclamation_four_eyes_count(desk: Desk) -> None:
    over(desk, ApprovalWay.NEXT_SITTING)
    _sitting, point_id = later(desk)
    desk.run(approve_by_table, version=desk.minutes.version, point_id=point_id)
    document = desk.minutes.document
    assert document is not None
    assert document["approved"] is not None
    assert document["approved"]["how"].endswith("per acclamazione.")


def test_the_chair_and_who_writes_approve_together(make: Factory) -> None:
    sitting = make.sitting()
    chair = make.presided(sitting)
    anna = make.present(sitting)
    run(make, chair, name_secretary, sitting_id=sitting.id, person_id=anna.person_id)
    run(make, chair, close_sitting, sitting_id=sitting.id)
    make.minutes(sitting)
    desk = Desk(make, sitting, chair, anna)
    let(desk, approval_way=ApprovalWay.CHAIR_AND_SECRETARY)
    version = desk.minutes.version
    with pytest.raises(NotAllowed):
        desk.run(endorse_minutes, make.citizen(), version=version)
    for _ in range(2):
        desk.run(endorse_minutes, version=version)
    other = make.holder(Role.FACILITATOR, sitting.table_id)
    desk.run(endorse_minutes, other, version=version)
    assert desk.minutes.state is MinutesState.DRAFT
    desk.run(endorse_minutes, anna, version=version)
    document = desk.minutes.document
    assert document is not None
    assert document["approved"] is not None
    assert document["approved"]["how"].endswith(f"da chi verbalizza, {anna.display_name}.")
    assert document["facts"]["writers"] == [{"person": anna.display_name}]
