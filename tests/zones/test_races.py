"""Two acts move the same phase in the same moment: exactly one does, and the other is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Engine

from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.log import read_stream
from consultazione.zones.acts.commands.correcting import correct_act
from consultazione.zones.commands.path import close_phase, open_phase, record_act
from consultazione.zones.events import zone_stream
from consultazione.zones.models import Act, ActKind, Phase, PhaseKind
from consultazione.zones.phases.commands.reopening import reopen_phase
from consultazione.zones.queries import phases
from tests.support.at_once import Act as Sent
from tests.support.at_once import at_once
from tests.support.factories import Factory
from tests.support.final_commits import final_commits

MARCH, JULY = date(2018, 3, 1), date(2018, 7, 30)


@pytest.fixture
def real(engine: Engine) -> Iterator[Factory]:
    """A factory on a database whose commits are real, with a phase that has begun."""
    with final_commits(engine) as database:
        make = Factory(database)
        with database.transaction(SYSTEM) as tx:
            open_phase(tx, phase_id=first(make).id, starts_on=MARCH)
        yield make


@pytest.fixture
def office(real: Factory) -> Actor:
    """Who runs the zone."""
    return real.holder(Role.ADMINISTRATOR)


def first(make: Factory) -> Phase:
    """The phase of information."""
    with make.session() as session:
        found = phases(session, make.cycle.id)
        return next(phase for phase in found if phase.kind is PhaseKind.INFORMATION)


def act_of(make: Factory, title: str = "Delibera", kind: ActKind = ActKind.FRAMEWORK) -> Act:
    """An act; one of the regional framework closes the phase of information."""
    with make.database.transaction(SYSTEM) as tx:
        return record_act(
            tx, cycle_id=make.cycle.id, kind=kind, title=title, on_day=JULY,
            body="Assemblea", source="albo",
        )  # fmt: skip


def closing(make: Factory, who: Actor, act: Act) -> Sent:
    """The command that closes the phase by an act."""
    return close_phase, who, {"phase_id": first(make).id, "act_id": act.id, "closed_on": JULY}


def kinds(make: Factory) -> list[str]:
    """What the log of the zone says of its phase, in order."""
    with make.session() as session:
        entries = read_stream(session, zone_stream(make.zone.id))
    return [entry.kind for entry in entries if entry.kind.startswith("phase.")]


def test_of_two_acts_that_close_a_phase_one_does(real: Factory, office: Actor) -> None:
    acts = [act_of(real, f"Delibera {number}") for number in (1, 2)]
    told = at_once(real, *(closing(real, office, act) for act in acts))
    (late,) = [one for one in told if not isinstance(one, Phase)]
    assert isinstance(late, Conflict)
    assert str(late.detail) == "Only a phase that is going on can be closed."
    assert first(real).closing_act_id == acts[1 - told.index(late)].id
    assert kinds(real) == ["phase.opened", "phase.closed"]


def test_of_two_acts_that_reopen_a_phase_one_does(real: Factory, office: Actor) -> None:
    close, who, values = closing(real, office, act_of(real))
    with real.database.transaction(who) as tx:
        close(tx, **values)
    acts = [act_of(real, f"Delibera {number}", ActKind.COUNCIL_VOTE) for number in (1, 2)]
    again = [
        {"phase_id": first(real).id, "act_id": act.id, "reason": "Manca una voce."} for act in acts
    ]
    told = at_once(real, *((reopen_phase, office, one) for one in again))
    (late,) = [one for one in told if not isinstance(one, Phase)]
    assert isinstance(late, Conflict)
    assert kinds(real) == ["phase.opened", "phase.closed", "phase.reopened"]


def test_an_act_closes_a_phase_or_becomes_one_that_cannot(real: Factory, office: Actor) -> None:
    act = act_of(real)
    corrected = {
        "act_id": act.id, "version": 1, "reason": "Era un protocollo.", "kind": ActKind.MINUTES,
        "title": act.title, "on_day": JULY, "body": act.body, "source": act.source,
    }  # fmt: skip
    told = at_once(real, closing(real, office, act), (correct_act, office, corrected))
    (late,) = [one for one in told if not isinstance(one, Phase | Act)]
    assert isinstance(late, Invalid)
    assert (first(real).closed_on is None) == (told[0] is late)
