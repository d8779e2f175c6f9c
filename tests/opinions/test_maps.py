"""Opinion maps: from the statements to the drawing, and what nobody can learn."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
import time_machine
from sqlalchemy import func, select

from consultazione.core import clock, log
from consultazione.core.actor import SYSTEM, VISITOR, Role
from consultazione.core.audit.faults import state_faults
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.core.events import to_data
from consultazione.opinions.commands.maps import (
    close_opinion_map,
    draw_opinion_map,
    end_opinion_map,
    open_opinion_map,
)
from consultazione.opinions.commands.opinions import (
    MOST_WAITING,
    admit_opinion,
    answer_opinion,
    propose_opinion,
    refuse_opinion,
)
from consultazione.opinions.events import OpinionAnswered, opinions_stream
from consultazione.opinions.mapping.matrix import from_csv
from consultazione.opinions.mapping.picture import picture_of
from consultazione.opinions.models import OpinionAnswer, OpinionState
from consultazione.opinions.queries import (
    answers_of,
    overdue_maps,
    progress_of,
    published_answers,
)
from consultazione.tables.rules import TableRule, Who
from tests.support.factories import Factory
from tests.support.opinion_asking import AGAINST, FOR, STATEMENTS, Asked, two_camps


def entries(asked: Asked) -> list[log.Entry]:
    with asked.make.session() as session:
        return log.read_stream(session, opinions_stream(asked.map_id))


def test_a_map_is_drawn_published_and_its_answers_erased(asked: Asked) -> None:
    two_camps(asked)
    drawn = asked.drawn()
    assert drawn.picture is not None
    assert [group["size"] for group in drawn.picture["groups"]] == [6, 6]
    assert {stand["statement"] for stand in drawn.picture["common"]} == {1, 2}
    with asked.make.session() as session:
        content = published_answers(session, asked.map_id)
        assert session.scalar(select(func.count()).select_from(OpinionAnswer)) == 0
        assert list(state_faults(session)) == []
    assert picture_of(from_csv(content.decode()), least_group=5) == drawn.picture
    told = to_data(entries(asked)[-1].event)
    assert told["input_sha256"] == sha256(content).hexdigest()
    assert told["participants"] == 12


def test_a_worker_that_draws_twice_draws_once(asked: Asked) -> None:
    two_camps(asked)
    asked.drawn()
    before = len(entries(asked))
    asked.do(SYSTEM, draw_opinion_map, map_id=asked.map_id)
    assert len(entries(asked)) == before


def test_of_few_people_nothing_is_published(asked: Asked) -> None:
    for values in [FOR] * 4 + [AGAINST] * 5:
        asked.answer(asked.make.citizen(), values)
    assert asked.drawn().picture is None
    with asked.make.session() as session, pytest.raises(NotFound):
        published_answers(session, asked.map_id)


def test_the_log_says_neither_who_answered_nor_what(asked: Asked) -> None:
    person = asked.make.citizen()
    asked.answer(person, FOR)
    told = [entry for entry in entries(asked) if isinstance(entry.event, OpinionAnswered)]
    assert len(told) == 8
    assert {entry.actor_id for entry in told} == {None}
    assert {tuple(to_data(entry.event).items()) for entry in told} == {(("map_id", asked.map_id),)}


def test_an_answer_replaces_the_one_before(asked: Asked) -> None:
    person, first = asked.make.citizen(), asked.opinions[0]
    for value in (1, -1):
        asked.do(person, answer_opinion, opinion_id=first.id, value=value)
    with asked.make.session() as session:
        given = answers_of(session, asked.map_id, person.person_id)
    assert given == {first.id: -1}
    progress = progress_of(asked.map, given, person.person_id)
    assert (progress.answered, progress.all) == (1, 8)
    assert progress.next is not None
    assert progress.next.id != first.id


def test_everybody_is_asked_in_an_order_of_their_own(asked: Asked) -> None:
    firsts = {progress_of(asked.map, {}, person).next for person in range(1, 40)}
    assert len(firsts) > 3


def test_a_statement_is_proposed_and_admitted(asked: Asked) -> None:
    anna = asked.make.citizen()
    proposed = asked.do(anna, propose_opinion, map_id=asked.map_id, body="Open it on Sundays too.")
    assert proposed.number == len(STATEMENTS) + 1
    with pytest.raises(Conflict):
        asked.do(anna, answer_opinion, opinion_id=proposed.id, value=1)
    with pytest.raises(NotAllowed):
        asked.do(anna, admit_opinion, opinion_id=proposed.id)
    asked.do(asked.chair, admit_opinion, opinion_id=proposed.id)
    asked.do(anna, answer_opinion, opinion_id=proposed.id, value=1)
    with pytest.raises(Conflict):
        asked.do(asked.chair, refuse_opinion, opinion_id=proposed.id, reason="Too late.")


def test_a_refusal_has_a_reason_and_stays(asked: Asked) -> None:
    anna = asked.make.citizen()
    proposed = asked.do(anna, propose_opinion, map_id=asked.map_id, body="Dismiss the director.")
    with pytest.raises(Invalid) as wrong:
        asked.do(asked.chair, refuse_opinion, opinion_id=proposed.id, reason=" ")
    assert set(wrong.value.fields) == {"reason"}
    asked.do(asked.chair, refuse_opinion, opinion_id=proposed.id, reason="It names a person.")
    assert asked.opinions[-1].state is OpinionState.REFUSED
    with pytest.raises(Conflict):
        asked.do(asked.chair, admit_opinion, opinion_id=proposed.id)


def test_nobody_fills_the_queue(asked: Asked) -> None:
    anna = asked.make.citizen()
    for day in range(MOST_WAITING):
        asked.do(anna, propose_opinion, map_id=asked.map_id, body=f"Open it at {day} o'clock.")
    with pytest.raises(Conflict):
        asked.do(anna, propose_opinion, map_id=asked.map_id, body="And at noon, every day.")
    with pytest.raises(Invalid):
        asked.do(asked.chair, propose_opinion, map_id=asked.map_id, body=STATEMENTS[0].upper())


def test_the_rule_of_the_table_says_who_speaks(make: Factory) -> None:
    table = make.table(rule=TableRule(speak=Who.ORGANISATIONS, propose=Who.ORGANISATIONS))
    chair = make.holder(Role.FACILITATOR, table.id)
    with make.database.transaction(chair) as tx:
        later = clock.now() + timedelta(days=1)
        opened = open_opinion_map(
            tx, table_id=table.id, title="Hours", question="", opinions=STATEMENTS, closes_at=later
        )
    asked = Asked(make, chair, opened.id)
    with pytest.raises(NotAllowed):
        asked.answer(make.citizen(), FOR)
    with pytest.raises(NotAllowed):
        asked.answer(VISITOR, FOR)


def test_after_the_last_moment_nobody_answers_and_it_ends_by_itself(asked: Asked) -> None:
    anna = asked.make.citizen()
    assert asked.do(SYSTEM, end_opinion_map, map_id=asked.map_id) is False
    with time_machine.travel(clock.now() + timedelta(days=8), tick=False):
        with pytest.raises(Conflict):
            asked.answer(anna, FOR)
        with asked.make.session() as session:
            assert overdue_maps(session, now=clock.now()) == [asked.map_id]
        assert asked.do(SYSTEM, end_opinion_map, map_id=asked.map_id) is True
        assert asked.do(SYSTEM, end_opinion_map, map_id=asked.map_id) is False
        with pytest.raises(Conflict):
            asked.do(asked.chair, close_opinion_map, map_id=asked.map_id)


def test_an_open_map_is_not_drawn(asked: Asked) -> None:
    with pytest.raises(Conflict):
        asked.do(SYSTEM, draw_opinion_map, map_id=asked.map_id)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"opinions": STATEMENTS[:2]}, "opinions"),
        ({"opinions": [*STATEMENTS, STATEMENTS[0]]}, "opinions"),
        ({"closes_at": clock.now() - timedelta(days=1)}, "closes_at"),
        ({"least_group": 4}, "least_group"),
    ],
)
def test_a_map_that_would_say_nothing_is_not_opened(
    asked: Asked, wrong: dict[str, Any], field: str
) -> None:
    given = {"title": "Hours", "question": "", "opinions": STATEMENTS, **wrong}
    given.setdefault("closes_at", clock.now() + timedelta(days=1))
    with pytest.raises(Invalid) as refused:
        asked.do(asked.chair, open_opinion_map, table_id=asked.map.table_id, **given)
    assert set(refused.value.fields) == {field}
