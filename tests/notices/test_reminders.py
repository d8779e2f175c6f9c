"""Reminders follow from the state: each once, and nothing that does not hold any more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta

import pytest
import time_machine

from consultazione.core import clock
from consultazione.core.actor import Actor, Role
from consultazione.core.clock import at_rome
from consultazione.core.db import Database
from consultazione.italian import italian
from consultazione.notices.models import SubjectKind
from consultazione.people.models import Category
from consultazione.sittings.lifecycle.commands.revising import cancel_sitting, postpone_sitting
from tests.support.factories import Factory
from tests.support.told import Told
from workers.loops.notices import NoticeReminders

DAY = timedelta(days=1)
BEGIN = at_rome(date(2027, 3, 2), time(12))


@pytest.fixture
def told(database: Database) -> Told:
    """What people were told."""
    return Told(database)


@pytest.fixture
def clocks() -> Iterator[time_machine.Coordinates]:
    """A clock that stands still until it is moved."""
    with time_machine.travel(BEGIN, tick=False) as travel:
        yield travel


def reminded(told: Told, who: Actor) -> list[str]:
    """Of what somebody was reminded, and may read still, after two turns of the loop."""
    loop = NoticeReminders(told.database)
    loop.turn()
    loop.turn()
    entries = [one for one in told.of(who) if one.notice.position is None]
    with italian():
        return [str(one.told.sentence) if one.told else "" for one in entries]


def test_of_a_sitting_on_the_day_before_and_anew_if_it_is_moved(
    make: Factory, told: Told, clocks: time_machine.Coordinates
) -> None:
    table, who = make.table(), make.citizen()
    told.follow(who, SubjectKind.TABLE, table.id)
    at_six = at_rome(date(2027, 3, 4), time(18))
    sitting = make.sitting(table, starts_at=at_six, title="Terza seduta")
    assert reminded(told, who) == []
    clocks.shift(DAY)
    sentences = reminded(told, who)
    assert len(sentences) == 1
    assert "18:00" in sentences[0]
    facilitator = make.holder(Role.FACILITATOR, table.id)
    moved = {"starts_at": at_six + 2 * DAY, "place": "Biblioteca", "reason": "Sala occupata."}
    told.run(facilitator, postpone_sitting, sitting_id=sitting.id, revision=0, **moved)
    assert reminded(told, who) == [""]  # the day that it told of does not hold any more
    clocks.shift(2 * DAY)
    assert len(reminded(told, who)) == 2
    told.run(facilitator, cancel_sitting, sitting_id=sitting.id, reason="Manca la sala.")
    assert reminded(told, who) == ["", ""]


def test_of_a_mandate_in_its_last_thirty_days(
    make: Factory, told: Told, clocks: time_machine.Coordinates
) -> None:
    soon, later = make.person(), make.person()
    last = clock.today() + 30 * DAY
    make.mandate(soon, make.organisation(), ends_on=last)
    make.mandate(later, make.organisation(), ends_on=last + DAY)
    assert len(reminded(told, make.actor(soon))) == 1
    assert reminded(told, make.actor(later)) == []
    clocks.shift(DAY)
    assert len(reminded(told, make.actor(soon))) == 1
    assert len(reminded(told, make.actor(later))) == 1


def test_of_a_signature_to_the_unions_delegates_until_they_answer(
    make: Factory, told: Told, clocks: time_machine.Coordinates
) -> None:
    delegate = make.delegate(Category.UNION)
    outcome = make.outcome("Si apra uno sportello.")
    topics = told.topics_of(delegate)
    assert "signature_awaited" in topics
    assert reminded(told, delegate) == []
    assert outcome.due_on is not None
    clocks.move_to(at_rome(outcome.due_on - 5 * DAY, time(9)))
    sentences = reminded(told, delegate)
    assert len(sentences) == 1
    assert "sindacato" in sentences[0]
    assert reminded(told, make.citizen()) == []
