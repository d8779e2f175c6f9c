"""A sitting's life: corrected, postponed, cancelled, convened again, begun, closed, reopened."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from consultazione.core import clock, log
from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound, Overtaken
from consultazione.minutes.commands.approving import approve_minutes
from consultazione.minutes.commands.drafting import draft_minutes
from consultazione.minutes.commands.editing import write_note
from consultazione.minutes.commands.reopening import reopen_sitting
from consultazione.minutes.models import Minutes
from consultazione.proposals.commands.lifecycle import admit_proposal, withdraw_proposal
from consultazione.sittings.agenda.commands.points import (
    add_point,
    correct_point,
    remove_point,
)
from consultazione.sittings.agenda.models import PointVersion
from consultazione.sittings.agenda.points import NewPoint
from consultazione.sittings.attendance.commands.check_in import check_in
from consultazione.sittings.attendance.commands.presence import leave_sitting
from consultazione.sittings.floor.commands.hands import raise_hand
from consultazione.sittings.lifecycle.commands.convening import convene_sitting
from consultazione.sittings.lifecycle.commands.opening import (
    call_roll,
    close_sitting,
    open_sitting,
)
from consultazione.sittings.lifecycle.commands.points import close_point, start_point
from consultazione.sittings.lifecycle.commands.revising import (
    cancel_sitting,
    correct_sitting,
    postpone_sitting,
)
from consultazione.sittings.models import (
    AgendaPoint,
    PointState,
    Sitting,
    SittingState,
    SittingVersion,
)
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.quorums.base import QuorumKind, QuorumTerms
from consultazione.sittings.record.commands.notes import write_running_note
from tests.support.factories import Factory
from tests.support.meeting import Meeting

THREE = QuorumTerms(kind=QuorumKind.PERSONS, least=3)
LATER = clock.now() + timedelta(days=9)


def run(make: Factory, who: Actor, command: Any, **fields: Any) -> Any:
    with make.database.transaction(who) as tx:
        return command(tx, **fields)


def kinds(make: Factory, stream: str) -> list[str]:
    with make.session() as session:
        return [entry.kind for entry in log.read_stream(session, stream)]


def correction(sitting: Sitting, **values: Any) -> dict[str, Any]:
    said = {
        "sitting_id": sitting.id, "revision": sitting.revision, "title": sitting.title,
        "place": sitting.place, "starts_at": sitting.starts_at, "quorum": QuorumTerms(),
        "reason": "The hall is taken.",
    }  # fmt: skip
    return {**said, **values}


def delay(sitting: Sitting, starts_at: datetime = LATER, **values: Any) -> dict[str, Any]:
    said = {
        "sitting_id": sitting.id, "revision": sitting.revision, "place": sitting.place,
        "starts_at": starts_at, "reason": "Snow.",
    }  # fmt: skip
    return {**said, **values}


@pytest.fixture
def coming(make: Factory) -> Sitting:
    """A sitting convened for the day after tomorrow."""
    return make.sitting(starts_at=clock.now() + timedelta(days=2))


@pytest.fixture
def chair(make: Factory, coming: Sitting) -> Actor:
    return make.holder(Role.FACILITATOR, coming.table_id)


def test_a_convocation_is_corrected_and_what_it_said_stays(
    make: Factory, coming: Sitting, chair: Actor
) -> None:
    given = correction(coming, place="Library", quorum=THREE)
    corrected = run(make, chair, correct_sitting, **given)
    assert (corrected.place, corrected.revision, corrected.quorum["least"]) == ("Library", 1, 3)
    with make.session() as session:
        (version,) = session.scalars(select(SittingVersion).filter_by(sitting_id=coming.id))
    assert (version.place, version.reason, version.replaced_by, version.quorum) == (
        "Town hall", "The hall is taken.", chair.person_id, None,
    )  # fmt: skip
    assert kinds(make, f"sitting:{coming.id}")[-2:] == ["sitting.corrected", "quorum.set"]


def test_of_two_who_change_it_one_is_told(make: Factory, coming: Sitting, chair: Actor) -> None:
    run(make, chair, correct_sitting, **correction(coming, title="One"))
    for command, fields in ((correct_sitting, correction(coming, revision=0)),
                            (postpone_sitting, delay(coming, revision=0))):  # fmt: skip
        with pytest.raises(Conflict, match="meanwhile"):
            run(make, chair, command, **fields)


def test_who_was_overtaken_is_told_all_that_stands_now(
    make: Factory, coming: Sitting, chair: Actor
) -> None:
    run(make, chair, correct_sitting, **correction(coming, places=30))
    with pytest.raises(Overtaken) as refused:
        run(make, chair, correct_sitting, **correction(coming, revision=0))
    assert refused.value.now["places"] == 30


def test_a_sitting_is_postponed_to_later_and_remembers_its_first_day(
    make: Factory, coming: Sitting, chair: Actor
) -> None:
    run(make, chair, call_roll, sitting_id=coming.id, early_reason="A test.")
    anna = make.present(coming)
    with pytest.raises(Invalid) as refused:
        run(make, chair, postpone_sitting, **delay(coming, coming.starts_at - timedelta(hours=1)))
    assert list(refused.value.fields) == ["starts_at"]
    first = coming.starts_at
    postponed = run(make, chair, postpone_sitting, **delay(coming))
    assert (postponed.first_starts_at, postponed.starts_at) == (first, LATER)
    assert (postponed.roll_called_at, postponed.presided_by) == (None, None)
    left = kinds(make, f"attendance:{coming.id}")
    assert left.count("attendance.left") == 2  # the chair and Anna, who waited
    again = run(make, chair, postpone_sitting, **delay(postponed, LATER + timedelta(days=1)))
    assert again.first_starts_at == first
    with pytest.raises(Conflict):
        make.present(coming, anna)


def test_a_sitting_corrected_to_another_day_begins_anew(
    make: Factory, coming: Sitting, chair: Actor
) -> None:
    """Nobody who waited for the day before counts on the new one, and no reason of it holds."""
    run(make, chair, call_roll, sitting_id=coming.id, early_reason="A test.")
    anna = make.present(coming)
    corrected = run(make, chair, correct_sitting, **correction(coming, starts_at=LATER))
    assert (corrected.roll_called_at, corrected.presided_by) == (None, None)
    assert kinds(make, f"attendance:{coming.id}").count("attendance.left") == 2
    with pytest.raises(Conflict):
        make.present(coming, anna)
    with pytest.raises(Invalid) as refused:
        run(make, chair, open_sitting, sitting_id=coming.id)
    assert list(refused.value.fields) == ["early_reason"]


def test_a_sitting_corrected_on_its_day_goes_on(
    make: Factory, coming: Sitting, chair: Actor
) -> None:
    run(make, chair, call_roll, sitting_id=coming.id, early_reason="A test.")
    corrected = run(make, chair, correct_sitting, **correction(coming, place="Library"))
    assert corrected.presided_by == chair.person_id
    assert "attendance.left" not in kinds(make, f"attendance:{coming.id}")


@pytest.mark.parametrize("command", [correct_sitting, postpone_sitting])
def test_a_second_convocation_stays_after_the_first(
    make: Factory, coming: Sitting, chair: Actor, command: Any
) -> None:
    said = {"table_id": coming.table_id, "title": "T", "place": "P", "points": [NewPoint("One")]}
    second = run(make, chair, convene_sitting, **said, starts_at=LATER, second_of=coming.id)
    of = correction if command is correct_sitting else delay
    with pytest.raises(Invalid, match="second convocation") as refused:
        run(make, chair, command, **of(coming, starts_at=LATER + timedelta(days=1)))
    assert list(refused.value.fields) == ["starts_at"]
    with pytest.raises(Invalid, match="after the first"):
        run(make, chair, correct_sitting, **correction(second, starts_at=coming.starts_at))


def test_a_cancelled_sitting_is_over(make: Factory, coming: Sitting, chair: Actor) -> None:
    cancelled = run(make, chair, cancel_sitting, sitting_id=coming.id, reason="No hall.")
    assert (cancelled.state, cancelled.cancelled_reason) == (SittingState.CANCELLED, "No hall.")
    fields = {"sitting_id": coming.id}
    for command, more in ((cancel_sitting, {"reason": "Again."}), (open_sitting, {}),
                          (call_roll, {}), (close_sitting, {}),
                          (add_point, {"title": "x"})):  # fmt: skip
        with pytest.raises(Conflict):
            run(make, chair, command, **fields, **more)
    for command, said in ((correct_sitting, correction(coming)), (postpone_sitting, delay(coming))):
        with pytest.raises(Conflict):
            run(make, chair, command, **said)


def test_only_who_convenes_changes_a_sitting_and_only_before_it_opens(
    make: Factory, coming: Sitting, chair: Actor
) -> None:
    cancelled = {"sitting_id": coming.id, "reason": "Mine."}
    changes = ((correct_sitting, correction(coming)), (postpone_sitting, delay(coming)),
               (cancel_sitting, cancelled))  # fmt: skip
    for command, fields in changes:
        with pytest.raises(NotAllowed):
            run(make, make.citizen(), command, **fields)
    run(make, chair, open_sitting, sitting_id=coming.id, early_reason="All are here.")
    for command, fields in changes:
        with pytest.raises(Conflict):
            run(make, chair, command, **fields)


@pytest.mark.parametrize("away", [timedelta(minutes=-1), timedelta(days=300)])
def test_an_unlikely_start_is_asked_about(make: Factory, away: timedelta) -> None:
    table = make.table()
    chair = make.holder(Role.FACILITATOR, table.id)
    given = {
        "table_id": table.id, "title": "T", "place": "P", "starts_at": clock.now() + away,
        "points": [NewPoint("One")],
    }  # fmt: skip
    if clock.in_rome(given["starts_at"]).date() < clock.today():
        pytest.skip("a minute ago was yesterday")
    with pytest.raises(Invalid) as refused:
        run(make, chair, convene_sitting, **given)
    assert list(refused.value.fields) == ["start_confirmed"]
    assert run(make, chair, convene_sitting, **given, start_confirmed=True).id


def test_a_second_convocation_is_one_of_a_sitting_that_was_not_held(
    make: Factory, coming: Sitting, chair: Actor
) -> None:
    given = {
        "table_id": coming.table_id, "title": "T", "place": "P", "starts_at": LATER,
        "points": [NewPoint("One")],
    }  # fmt: skip
    with pytest.raises(NotFound):
        run(make, chair, convene_sitting, **given, second_of=make.sitting().id)
    with pytest.raises(Conflict, match="not held"):
        run(make, chair, convene_sitting, **given, second_of=make.held(make.sitting(
            make_table(make, coming))).id)  # fmt: skip
    with pytest.raises(Invalid):
        run(make, chair, convene_sitting, **{**given, "starts_at": clock.now() + timedelta(days=1)},
            second_of=coming.id)  # fmt: skip
    second = run(make, chair, convene_sitting, **given, second_of=coming.id)
    assert second.second_of == coming.id
    with pytest.raises(Conflict, match="already"):
        run(make, chair, convene_sitting, **given, second_of=coming.id)


def make_table(make: Factory, sitting: Sitting) -> Any:
    with make.session() as session:
        return get_sitting(session, sitting.id).table


def test_a_sitting_begins_before_its_day_for_a_reason_only(
    make: Factory, coming: Sitting, chair: Actor
) -> None:
    day = coming.day.strftime("%d/%m/%Y")
    for command in (open_sitting, call_roll):
        with pytest.raises(Invalid, match=day) as refused:
            run(make, chair, command, sitting_id=coming.id)
        assert list(refused.value.fields) == ["early_reason"]
    run(make, chair, call_roll, sitting_id=coming.id, early_reason="All are here.")
    opened = run(make, chair, open_sitting, sitting_id=coming.id)
    assert opened.early_reason == "All are here."
    with make.session() as session:
        entry = log.read_stream(session, f"sitting:{coming.id}")[-1]
    assert (entry.kind, entry.event.early_reason) == ("sitting.opened", "All are here.")


def test_who_waits_is_counted_and_the_quorum_is_said_once(make: Factory) -> None:
    sitting = make.sitting(quorum=THREE)
    chair = make.holder(Role.FACILITATOR, sitting.table_id)
    for _person in range(2):
        make.present(sitting)  # in the room, before the opening
    run(make, chair, call_roll, sitting_id=sitting.id)
    delegate = make.delegate().person_id
    run(make, chair, check_in, sitting_id=sitting.id, person_id=delegate)
    run(make, chair, open_sitting, sitting_id=sitting.id)
    with make.session() as session:
        point = get_sitting(session, sitting.id).agenda[0]
        opened = log.read_stream(session, f"sitting:{sitting.id}")[-1].event
    assert (opened.attendance_needed, opened.attendance_there) == ({"persons": 3}, {"persons": 3})
    run(make, chair, start_point, point_id=point.id)
    assert "quorum.verified" not in kinds(make, f"sitting:{sitting.id}")
    run(make, chair, close_sitting, sitting_id=sitting.id)
    facts = run(make, SYSTEM, draft_minutes, sitting_id=sitting.id).facts
    assert "fatto l’appello, constatata la validità della seduta" in facts["opening"]
    assert ("quorum" in facts, facts["attendance"]["persons"]) == (False, 4)
    assert {row["intervals"][0]["from"]["at"] for row in facts["attendance"]["rows"]} == {
        facts["opened"]["at"]
    }


def test_without_the_quorum_at_the_opening_it_is_verified_at_the_first_point(
    make: Factory,
) -> None:
    sitting = make.sitting(quorum=THREE)
    chair = make.presided(sitting)
    for _ in range(2):
        make.present(sitting)
    with make.session() as session:
        point = get_sitting(session, sitting.id).agenda[0]
    run(make, chair, start_point, point_id=point.id)
    assert "quorum.verified" in kinds(make, f"sitting:{sitting.id}")


def test_who_waited_and_left_before_the_opening_is_not_in_the_minutes(make: Factory) -> None:
    sitting = make.sitting()
    anna = make.present(sitting)
    run(make, anna, leave_sitting, sitting_id=sitting.id)
    minutes = make.minutes(make.held(sitting))
    assert minutes.facts["attendance"]["persons"] == 1


def test_the_roll_is_called_once_and_another_chair_can_go_on(make: Factory) -> None:
    sitting = make.sitting(quorum=THREE)
    first = make.holder(Role.FACILITATOR, sitting.table_id)
    for _ in range(2):
        run(make, first, call_roll, sitting_id=sitting.id)
    assert kinds(make, f"sitting:{sitting.id}").count("sitting.roll_called") == 1
    second = make.holder(Role.FACILITATOR, sitting.table_id)
    assert run(make, second, open_sitting, sitting_id=sitting.id).presided_by == second.person_id
    with pytest.raises(NotAllowed):
        run(make, make.citizen(), call_roll, sitting_id=make.sitting().id)
    with pytest.raises(Conflict):
        run(make, first, call_roll, sitting_id=sitting.id)


def test_closing_leaves_points_to_a_later_sitting_and_hands_lapse(meeting: Meeting) -> None:
    sitting_id = meeting.sitting.id
    done, left, kept = meeting.points()
    for command in (start_point, close_point):
        meeting.run(command, meeting.facilitator, point_id=done.id)
    meeting.run(raise_hand, meeting.anna, sitting_id=sitting_id)
    with pytest.raises(Invalid) as refused:
        meeting.run(close_sitting, meeting.facilitator, sitting_id=sitting_id, postponed=[done.id])
    assert list(refused.value.fields) == ["postponed"]
    before = len(meeting.kinds())
    meeting.run(close_sitting, meeting.facilitator, sitting_id=sitting_id, postponed=[left.id])
    assert meeting.kinds()[before:] == ["hand.lapsed", "agenda.point_postponed", "sitting.closed"]
    assert [point.state for point in meeting.points()] == [
        PointState.DONE, PointState.POSTPONED, PointState.PENDING,
    ]  # fmt: skip
    facts = meeting.make.minutes(meeting.sitting).facts
    assert [row.get("postponed", False) for row in facts["agenda"]] == [False, True, False]
    assert kept.title == facts["agenda"][2]["title"]


def test_a_closed_sitting_is_reopened_on_its_day_and_its_draft_composed_anew(
    meeting: Meeting,
) -> None:
    make, sitting, chair = meeting.make, meeting.sitting, meeting.facilitator
    fields = {"sitting_id": sitting.id}
    first, second, _last = meeting.points()
    with pytest.raises(Conflict):
        meeting.run(reopen_sitting, chair, **fields, reason="Open still.")
    written = {"point_id": first.id, "body": "Noted.", "version": 0}
    meeting.run(write_running_note, chair, **written)
    meeting.run(close_sitting, chair, **fields)
    draft = make.minutes(sitting)
    meeting.run(write_note, chair, minutes_id=draft.id, point_id=first.id, body="Mine.", version=1)
    with pytest.raises(NotAllowed):
        meeting.run(reopen_sitting, meeting.anna, **fields, reason="One forgot.")
    reopened = meeting.run(reopen_sitting, chair, **fields, reason="One forgot.")
    assert (reopened.state, reopened.closed_at) == (SittingState.OPEN, None)
    with pytest.raises(Conflict, match="open again"):
        meeting.run(approve_minutes, chair, minutes_id=draft.id, version=version_of(make, draft))
    note = {"point_id": second.id, "body": "Late.", "version": 0}
    meeting.run(write_running_note, chair, **note)
    meeting.run(close_sitting, chair, **fields)
    anew = make.minutes(sitting)
    with make.session() as session:
        notes = {note.point_id: note.body for note in session.get_one(Minutes, anew.id).notes}
    assert (anew.id, notes) == (draft.id, {first.id: "Mine.", second.id: "Late."})
    assert "è riaperta" in anew.facts["closing"]
    assert "One forgot." in anew.facts["closing"]
    meeting.run(approve_minutes, chair, minutes_id=draft.id, version=version_of(make, draft))
    with pytest.raises(Conflict, match="approved"):
        meeting.run(reopen_sitting, chair, **fields, reason="Too late.")


def version_of(make: Factory, minutes: Minutes) -> int:
    with make.session() as session:
        return session.get_one(Minutes, minutes.id).version


def test_a_sitting_of_another_day_stays_closed(make: Factory) -> None:
    sitting = make.held()
    chair = make.holder(Role.FACILITATOR, sitting.table_id)
    with make.database.transaction(SYSTEM) as tx:
        row = tx.session.get_one(Sitting, sitting.id)
        row.closed_at = clock.now() - timedelta(days=2)
    with pytest.raises(Conflict, match="its day"):
        run(make, chair, reopen_sitting, sitting_id=sitting.id, reason="Why not.")


def test_a_point_is_corrected_and_what_it_said_stays(
    make: Factory, coming: Sitting, chair: Actor
) -> None:
    _first, second, _last = agenda(make, coming)
    given = {"point_id": second.id, "title": "Family carers", "minutes_planned": 30,
             "reason": "A slip."}  # fmt: skip
    for _ in range(2):
        run(make, chair, correct_point, **given)
    run(make, chair, correct_point, **{**given, "title": "Carers at home"})
    with make.session() as session:
        said = session.scalars(select(PointVersion).filter_by(agenda_point_id=second.id)).all()
    assert [(row.version, row.title) for row in said] == [(0, "Carers"), (1, "Family carers")]
    with pytest.raises(NotAllowed):
        run(make, make.citizen(), correct_point, **given)
    minutes = make.minutes(make.held(coming_today(make, coming)))
    assert minutes.facts["agenda"][1]["title"] == "Carers at home"


def test_a_point_whose_proposal_was_withdrawn_can_be_corrected(make: Factory) -> None:
    table = make.table()
    author, chair = make.citizen(), make.holder(Role.FACILITATOR, table.id)
    proposal = make.proposal(table, author)
    run(make, chair, admit_proposal, proposal_id=proposal.id)
    sitting = make.sitting(table)
    point = run(make, chair, add_point, sitting_id=sitting.id, proposal_id=proposal.id)
    run(make, author, withdraw_proposal, proposal_id=proposal.id)
    said = {"point_id": point.id, "minutes_planned": 5, "reason": "The author took it back."}
    corrected = run(make, chair, correct_point, **said, title="What is left of it")
    assert (corrected.title, corrected.minutes_planned) == ("What is left of it", 5)
    with pytest.raises(Invalid) as refused:
        run(make, chair, correct_point, **{**said, "point_id": agenda(make, sitting)[0].id},
            title="")  # fmt: skip
    assert list(refused.value.fields) == ["title"]


def coming_today(make: Factory, sitting: Sitting) -> Sitting:
    with make.database.transaction(SYSTEM) as tx:
        row = tx.session.get_one(Sitting, sitting.id)
        row.starts_at = clock.now()
    return row


def agenda(make: Factory, sitting: Sitting) -> list[AgendaPoint]:
    with make.session() as session:
        return list(get_sitting(session, sitting.id).agenda)


def test_a_point_taken_off_stands_behind_the_others(
    make: Factory, coming: Sitting, chair: Actor
) -> None:
    first, second, last = agenda(make, coming)
    for _ in range(2):
        run(make, chair, remove_point, point_id=first.id, reason="Done by mail.")
    added = run(make, chair, add_point, sitting_id=coming.id, title="Late")
    assert [(point.id, point.rank) for point in agenda(make, coming)] == [
        (second.id, 1), (added.id, 2), (last.id, 3), (first.id, 4),
    ]  # fmt: skip
    with pytest.raises(Conflict):
        run(make, chair, correct_point, point_id=first.id, title="x", minutes_planned=None,
            reason="No.")  # fmt: skip
    chair_now = make.presided(coming_today(make, coming))
    with pytest.raises(Conflict):
        run(make, chair_now, start_point, point_id=first.id)
    run(make, chair_now, start_point, point_id=second.id)
    with pytest.raises(Conflict):
        run(make, chair_now, remove_point, point_id=second.id, reason="Too late.")
    run(make, chair_now, close_sitting, sitting_id=coming.id)
    facts = make.minutes(coming).facts
    assert [row["title"] for row in facts["agenda"]] == ["Carers", "Late", "Other business"]


def test_the_last_point_of_all_stays(make: Factory) -> None:
    sitting = make.sitting(points=("Alone",))
    chair = make.holder(Role.FACILITATOR, sitting.table_id)
    (point,) = agenda(make, sitting)
    with pytest.raises(Conflict, match="cancel the sitting"):
        run(make, chair, remove_point, point_id=point.id, reason="None left.")
