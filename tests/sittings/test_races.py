"""Commands at the same moment, each in a transaction of its own on a real server."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from consultazione.core import clock
from consultazione.core.actor import Role
from consultazione.core.errors import Conflict, NotFound, Overtaken, Refusal
from consultazione.core.idempotency import DoneAct, run_once
from consultazione.sittings.agenda.commands.points import correct_point
from consultazione.sittings.agenda.points import NewPoint
from consultazione.sittings.attendance.commands.excuses import name_substitute
from consultazione.sittings.attendance.commands.presence import enter_sitting, leave_sitting
from consultazione.sittings.floor.commands.floor import give_floor, withdraw_hand
from consultazione.sittings.floor.commands.hands import raise_hand
from consultazione.sittings.floor.commands.speakers import choose_order, move_hand
from consultazione.sittings.floor.models import SpeakingOrder
from consultazione.sittings.floor.order import room_queue
from consultazione.sittings.lifecycle.commands.convening import convene_sitting
from consultazione.sittings.lifecycle.commands.opening import close_sitting, open_sitting
from consultazione.sittings.lifecycle.commands.rehearsals import end_rehearsal, start_rehearsal
from consultazione.sittings.lifecycle.commands.revising import (
    cancel_sitting,
    correct_sitting,
    postpone_sitting,
)
from consultazione.sittings.places.commands.registering import (
    register_for_hall,
    withdraw_from_hall,
)
from consultazione.sittings.places.models import Registration, RegistrationState
from consultazione.sittings.polls.commands.ballots import cast_ballot
from consultazione.sittings.polls.commands.polls import close_poll, open_poll
from consultazione.sittings.polls.models import PollState
from consultazione.sittings.polls.rules import Franchise, Rules
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.questions.commands.questions import (
    answer_question,
    ask_question,
    show_question,
)
from consultazione.sittings.questions.commands.upvotes import upvote_question
from consultazione.sittings.quorums.base import QuorumTerms
from consultazione.sittings.quorums.headcount import Headcount
from tests.support.at_once import Act, at_once
from tests.support.meeting import Meeting


def test_two_windows_enter_once(real: Meeting) -> None:
    carla = real.make.citizen()
    here = {"sitting_id": real.sitting.id}
    first, second, third = at_once(real, *[(enter_sitting, carla, here)] * 3)
    assert first.id == second.id == third.id
    assert real.snapshot()["presence"]["count"] == 4
    assert real.kinds(f"attendance:{real.sitting.id}").count("attendance.entered") == 4


def test_a_hand_raised_in_two_windows_is_raised_once(real: Meeting) -> None:
    here = {"sitting_id": real.sitting.id}
    first, second = at_once(real, *[(raise_hand, real.anna, here)] * 2)
    assert first.id == second.id
    assert real.kinds().count("hand.raised") == 1


def test_moves_at_once_leave_one_order(real: Meeting) -> None:
    here = {"sitting_id": real.sitting.id}
    one, two = (real.run(raise_hand, actor, **here).id for actor in (real.anna, real.bruno))
    at_once(
        real,
        (move_hand, real.facilitator, {"hand_id": two, "before": one}),
        (choose_order, real.facilitator, {**here, "ordering": SpeakingOrder.ALTERNATE}),
        (withdraw_hand, real.anna, {"hand_id": one}),
    )
    assert room_queue(real.snapshot()) == [two]
    assert set(real.snapshot()["speakers"]["placed"]) <= {one, two}


def test_wishes_and_an_answer_at_once_agree(real: Meeting) -> None:
    """Every upvote that was accepted is in the count of the answer's entry."""
    asked = {"sitting_id": real.sitting.id, "body": "How many places?"}
    at = {"question_id": real.run(ask_question, real.anna, **asked).id}
    real.run(show_question, real.facilitator, **at)
    others = [real.bruno, *(real.make.present(real.sitting) for _ in range(4))]
    *wishes, _answered = at_once(
        real,
        *[(upvote_question, actor, at) for actor in others],
        (answer_question, real.facilitator, {**at, "answer": None}),
    )
    accepted = [wish for wish in wishes if not isinstance(wish, Conflict)]
    (entry,) = (e for e in real.snapshot()["chronicle"] if e["kind"] == "question.answered")
    assert entry["data"]["upvotes"] == len(accepted)


def test_one_floor(real: Meeting) -> None:
    here = {"sitting_id": real.sitting.id}
    hands = [real.run(raise_hand, actor, **here) for actor in (real.anna, real.bruno)]
    at_once(real, *[(give_floor, real.facilitator, {"hand_id": hand.id}) for hand in hands])
    assert real.kinds()[-3:] == ["floor.given", "floor.ended", "floor.given"]
    assert real.snapshot()["floor"]["hand_id"] in {hand.id for hand in hands}


def test_one_open_poll(real: Meeting) -> None:
    at = {"sitting_id": real.sitting.id}
    answers = at_once(
        real,
        (open_poll, real.facilitator, {**at, "question": "One?"}),
        (open_poll, real.facilitator, {**at, "question": "Another?"}),
    )
    assert [isinstance(answer, Conflict) for answer in answers].count(True) == 1
    assert real.kinds().count("poll.opened") == 1


def test_ballots_at_the_closing_are_counted_or_refused(real: Meeting) -> None:
    """Every ballot that was accepted is in the tally."""
    poll = real.run(open_poll, real.facilitator, sitting_id=real.sitting.id, question="?")
    voters = [real.anna, real.bruno, *(real.make.present(real.sitting) for _ in range(4))]
    ballots: list[Act] = [
        (cast_ballot, actor, {"poll_id": poll.id, "choice": "yes"}) for actor in voters
    ]
    closing: Act = (close_poll, real.facilitator, {"poll_id": poll.id})
    *answers, closed = at_once(real, *ballots, closing)
    accepted = [answer for answer in answers if not isinstance(answer, Conflict)]
    assert closed.result["tally"]["yes"] == len(accepted)
    assert real.kinds(f"poll:{poll.id}") == ["ballot.cast"] * len(accepted)


def test_the_count_waits_for_a_ballot_under_way(real: Meeting) -> None:
    poll = real.run(open_poll, real.facilitator, sitting_id=real.sitting.id, question="?")
    with ThreadPoolExecutor(1) as pool:
        with real.make.database.transaction(real.anna) as tx:
            cast_ballot(tx, poll_id=poll.id, choice="yes")
            closing = pool.submit(real.run, close_poll, real.facilitator, poll_id=poll.id)
            with pytest.raises(TimeoutError):
                closing.result(timeout=0.3)
        assert closing.result(timeout=10).result["tally"]["yes"] == 1


def rehearsed(real: Meeting) -> dict[str, int]:
    """An open rehearsal."""
    with real.make.session() as session:
        sitting = real.make.sitting(get_sitting(session, real.sitting.id).table)
    rehearsal = real.run(start_rehearsal, real.facilitator, sitting_id=sitting.id)
    real.run(open_sitting, real.facilitator, sitting_id=rehearsal.id)
    return {"sitting_id": rehearsal.id}


def test_a_ballot_that_waits_for_the_end_of_a_rehearsal_is_refused(real: Meeting) -> None:
    chair = real.facilitator
    at = rehearsed(real)
    vote = {"poll_id": real.run(open_poll, chair, **at, question="?").id, "choice": "yes"}
    with ThreadPoolExecutor(1) as pool:
        with real.make.database.transaction(chair) as tx:
            end_rehearsal(tx, **at)
            voting = pool.submit(real.run, cast_ballot, chair, **vote)
            with pytest.raises(TimeoutError):
                voting.result(timeout=0.3)
        with pytest.raises(NotFound):
            voting.result(timeout=10)


def test_what_ends_just_before_its_rehearsal_leaves_no_key(real: Meeting) -> None:
    chair = real.facilitator
    at = rehearsed(real)
    hand = real.run(raise_hand, chair, **at).id
    with ThreadPoolExecutor(1) as pool:
        with real.make.database.transaction(chair) as tx:
            run_once(tx, uuid4(), "down", lambda: {"id": withdraw_hand(tx, hand_id=hand).id})
            ending = pool.submit(real.run, end_rehearsal, chair, **at)
            with pytest.raises(TimeoutError):
                ending.result(timeout=0.3)
        ending.result(timeout=10)
    with real.make.session() as session:
        assert session.scalars(select(DoneAct)).all() == []


def test_one_voter_in_two_windows_has_one_ballot(real: Meeting) -> None:
    poll = real.run(open_poll, real.facilitator, sitting_id=real.sitting.id, question="?")
    choices = [{"poll_id": poll.id, "choice": choice} for choice in ("yes", "no")]
    at_once(real, *[(cast_ballot, real.anna, fields) for fields in choices])
    closed = real.run(close_poll, real.facilitator, poll_id=poll.id)
    assert sum(closed.result["tally"].values()) == 1


def test_nobody_slips_in_past_the_closing(real: Meeting) -> None:
    here = {"sitting_id": real.sitting.id}
    comers = [real.make.citizen() for _ in range(3)]
    at_once(
        real,
        *[(enter_sitting, actor, here) for actor in comers],
        (leave_sitting, real.anna, here),
        (raise_hand, real.bruno, here),
        (close_sitting, real.facilitator, here),
    )
    room = real.snapshot()
    assert (room["presence"]["count"], room["hands"]) == (0, [])
    coming_and_going = real.kinds(f"attendance:{real.sitting.id}")
    entered, left = (coming_and_going.count(f"attendance.{kind}") for kind in ("entered", "left"))
    assert entered == left


def test_many_acts_on_a_poll_whose_key_is_lost_annul_it_once(real: Meeting) -> None:
    """Voters share their lock of a poll: two that must change it may not wait for each other."""
    voters = [real.anna, real.bruno, *(real.make.present(real.sitting) for _ in range(4))]
    asked = {"sitting_id": real.sitting.id, "question": "Whom?", "rules": Rules(secret=True)}
    poll = real.run(open_poll, real.facilitator, **asked)
    real.run(cast_ballot, real.anna, poll_id=poll.id, choice="yes")
    with real.make.database.transaction(real.facilitator) as tx:
        for name in tx.keys.list():
            tx.keys.destroy(name)
    ballot = {"poll_id": poll.id, "choice": "yes"}
    acts: list[Act] = [(cast_ballot, voter, ballot) for voter in voters]
    answers = at_once(real, *acts, (close_poll, real.facilitator, {"poll_id": poll.id}))
    assert all(isinstance(answer, Conflict) for answer in answers[:-1])
    assert answers[-1].state is PollState.ANNULLED
    assert real.kinds().count("poll.annulled") == 1


def test_ballots_at_the_moment_of_the_count_never_annul_a_poll(real: Meeting) -> None:
    """A voter may find the key destroyed because the count is over: that is no loss."""
    voters = [real.anna, real.bruno, *(real.make.present(real.sitting) for _ in range(4))]
    for number in range(4):
        asked = {"sitting_id": real.sitting.id, "question": f"{number}?"}
        poll = real.run(open_poll, real.facilitator, rules=Rules(secret=True), **asked)
        ballot = {"poll_id": poll.id, "choice": "yes"}
        acts: list[Act] = [(cast_ballot, voter, ballot) for voter in voters]
        answers = at_once(real, *acts, (close_poll, real.facilitator, {"poll_id": poll.id}))
        taken = [one for one in answers[:-1] if not isinstance(one, Conflict)]
        assert answers[-1].result["tally"]["yes"] == len(taken)
    assert "poll.annulled" not in real.kinds()


def test_of_those_who_open_cancel_or_move_a_sitting_one_wins(real: Meeting) -> None:
    """Who waits meanwhile is in the open sitting, or sent away from the one that is not held."""
    for _time in range(3):
        sitting = real.make.sitting()
        at = {"sitting_id": sitting.id}
        chair = real.make.holder(Role.FACILITATOR, sitting.table_id)
        moved = {**at, "revision": 0, "place": "Library", "reason": "Snow.",
                 "starts_at": sitting.starts_at + timedelta(days=2)}  # fmt: skip
        answers = at_once(
            real,
            (open_sitting, chair, at),
            (cancel_sitting, chair, {**at, "reason": "No hall."}),
            (postpone_sitting, chair, moved),
            (enter_sitting, real.make.citizen(), at),
        )
        opened, cancelled, postponed, _entered = (not isinstance(one, Refusal) for one in answers)
        assert (opened, cancelled) in ((True, False), (False, True))
        assert not (opened and postponed)  # it would begin before its day
        with real.make.session() as session:
            count = Headcount(session, get_sitting(session, sitting.id)).persons
        assert count == 0 if cancelled else count in (1, 2)


def test_two_who_correct_a_convocation_do_not_overwrite_each_other(real: Meeting) -> None:
    sitting = real.make.sitting()
    chair = real.make.holder(Role.FACILITATOR, sitting.table_id)
    said = {"sitting_id": sitting.id, "revision": 0, "title": sitting.title, "reason": "A slip.",
            "starts_at": sitting.starts_at, "quorum": QuorumTerms()}  # fmt: skip
    places = [{**said, "place": place} for place in ("Library", "School")]
    answers = at_once(real, *[(correct_sitting, chair, fields) for fields in places])
    assert sorted(isinstance(one, Conflict) for one in answers) == [False, True]


@pytest.mark.parametrize("franchise", [Franchise.PERSONS, Franchise.ORGANISATIONS])
def test_of_a_delegate_and_their_substitute_one_counts(real: Meeting, franchise: Franchise) -> None:
    make, sitting = real.make, real.sitting
    person, other = make.person(), make.person()
    mandate = make.mandate(person, make.seated(sitting.table_id))
    delegate, substitute = make.actor(person), make.actor(other)
    named = {"sitting_id": sitting.id, "email": other.email, "mandate_id": mandate.id}
    real.run(name_substitute, delegate, **named)
    for who in (delegate, substitute):
        make.present(sitting, who)
    asked = {"question": "Shall we?", "rules": Rules(franchise=franchise)}
    poll = real.run(open_poll, real.facilitator, sitting_id=sitting.id, **asked)
    ballot = {"poll_id": poll.id, "choice": "yes"}
    answers = at_once(real, *[(cast_ballot, who, ballot) for who in (delegate, substitute)])
    assert len([answer for answer in answers if isinstance(answer, Conflict)]) == 1
    real.run(close_poll, real.facilitator, poll_id=poll.id)
    (shown,) = real.snapshot()["polls"]
    assert (shown["cast"], shown["tally"]["yes"]) == (1, 1)


def _small_hall(real: Meeting, places: int) -> tuple[Any, dict[str, Any]]:
    sitting = real.make.sitting(starts_at=clock.now() + timedelta(days=2), places=places)
    return sitting, {"sitting_id": sitting.id}


def test_of_two_who_take_the_last_place_one_waits(real: Meeting) -> None:
    for _ in range(4):
        _sitting, here = _small_hall(real, 1)
        takers = [real.make.citizen(), real.make.citizen()]
        made = at_once(real, *[(register_for_hall, who, here) for who in takers])
        assert sorted(one.state for one in made) == ["placed", "waiting"]


def test_one_person_in_two_windows_has_one_place(real: Meeting) -> None:
    _sitting, here = _small_hall(real, 5)
    anna = real.make.citizen()
    made = at_once(real, *[(register_for_hall, anna, here)] * 3)
    assert len({one.id for one in made}) == 1


def test_a_place_that_comes_free_is_given_once(real: Meeting) -> None:
    """Two withdraw, one registers and the number is raised, all at once: no place is lost."""
    for _ in range(4):
        sitting, here = _small_hall(real, 2)
        chair = real.make.holder(Role.FACILITATOR, sitting.table_id)
        leaving = [real.make.citizen(), real.make.citizen()]
        made = [real.run(register_for_hall, who, **here).id for who in leaving]
        for _waiting in range(4):
            real.run(register_for_hall, real.make.citizen(), **here)
        more = {**here, "revision": 0, "title": "One", "place": "Library", "places": 3,
                "starts_at": sitting.starts_at, "quorum": QuorumTerms(),
                "reason": "A slip."}  # fmt: skip
        at_once(
            real,
            *[(withdraw_from_hall, who, {**here, "registration_id": number})
              for who, number in zip(leaving, made, strict=True)],
            (register_for_hall, real.make.citizen(), here),
            (correct_sitting, chair, more),
        )  # fmt: skip
        with real.make.session() as session:
            rows = session.scalars(select(Registration).filter_by(sitting_id=sitting.id))
            states = [row.state for row in rows.all()]
        assert states.count(RegistrationState.PLACED) == 3
        assert states.count(RegistrationState.WAITING) == 2
        moved = real.kinds(f"places:{sitting.id}").count("places.moved_up")
        assert moved == 3


def test_registering_and_opening_at_once_leave_no_place_after_the_opening(real: Meeting) -> None:
    sitting = real.make.sitting(places=1)
    chair = real.make.holder(Role.FACILITATOR, sitting.table_id)
    here = {"sitting_id": sitting.id}
    answers = at_once(
        real, (open_sitting, chair, here), (register_for_hall, real.make.citizen(), here)
    )
    registered = real.kinds(f"places:{sitting.id}")
    assert isinstance(answers[1], Conflict) == (registered == [])


def test_two_who_correct_a_point_do_not_overwrite_each_other(real: Meeting) -> None:
    sitting = real.make.sitting()
    chair = real.make.holder(Role.FACILITATOR, sitting.table_id)
    with real.make.session() as session:
        point = get_sitting(session, sitting.id).agenda[0]
    said = {"point_id": point.id, "minutes_planned": None, "reason": "A slip.", "version": 0}
    titles = [{**said, "title": title} for title in ("One", "Another")]
    answers = at_once(real, *[(correct_point, chair, fields) for fields in titles])
    (told,) = [one for one in answers if isinstance(one, Overtaken)]
    with real.make.session() as session:
        stands = get_sitting(session, sitting.id).agenda[0].title
    assert (told.now["title"], told.version) == (stands, 1)


def test_of_a_first_and_a_second_convocation_both_keep_their_order(real: Meeting) -> None:
    """Whichever of the two is moved first, the other does not pass it."""
    first = real.make.sitting(starts_at=clock.now() + timedelta(days=2))
    chair = real.make.holder(Role.FACILITATOR, first.table_id)
    given = {"table_id": first.table_id, "title": "T", "place": "P", "points": [NewPoint("One")]}
    later = first.starts_at + timedelta(days=7)
    second = real.run(convene_sitting, chair, **given, starts_at=later, second_of=first.id)
    common = {"revision": 0, "place": "Library", "reason": "A slip."}
    moved = {**common, "sitting_id": first.id, "starts_at": later - timedelta(days=1)}
    nearer = {**common, "sitting_id": second.id, "title": "T", "quorum": QuorumTerms(),
              "starts_at": first.starts_at + timedelta(days=1)}  # fmt: skip
    answers = at_once(real, (postpone_sitting, chair, moved), (correct_sitting, chair, nearer))
    assert sorted(isinstance(one, Refusal) for one in answers) == [False, True]
