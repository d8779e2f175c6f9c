"""Moving the path: which acts open and close a phase, in what order, and what it owes first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from flask.testing import FlaskClient

from consultazione.core import clock
from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.core.events import FreeText
from consultazione.core.log import read_stream
from consultazione.proposals.commands.lifecycle import admit_proposal
from consultazione.zones.acts.commands.correcting import correct_act
from consultazione.zones.commands.path import close_phase, open_phase, record_act
from consultazione.zones.commands.setting_up import open_cycle
from consultazione.zones.events import zone_stream
from consultazione.zones.models import Act, ActKind, Phase, PhaseKind
from consultazione.zones.phases.commands.correcting import correct_phase
from consultazione.zones.phases.commands.reopening import reopen_phase
from consultazione.zones.phases.commands.suspending import resume_phase, suspend_phase
from consultazione.zones.phases.events import (
    PhaseCorrected,
    PhaseReopened,
    PhaseResumed,
    PhaseSuspended,
)
from consultazione.zones.phases.order import ORDER
from consultazione.zones.phases.queries import holds, phase_versions, reopenings
from consultazione.zones.queries import phases
from tests.support.factories import Factory

MARCH, MAY, JULY = date(2018, 3, 1), date(2018, 5, 31), date(2018, 7, 30)
WHY = "Come deciso dal Consiglio."
CLOSES = {
    PhaseKind.INFORMATION: ActKind.FRAMEWORK,
    PhaseKind.PARTICIPATION: ActKind.MINUTES,
    PhaseKind.DEFINITION: ActKind.DELIBERATION,
    PhaseKind.APPROVAL: ActKind.PROGRAMME_AGREEMENT,
}


def run(make: Factory, command: Callable[..., Any], *, who: Actor = SYSTEM, **values: Any) -> Any:
    with make.database.transaction(who) as tx:
        return command(tx, **values)


def act(make: Factory, kind: ActKind = ActKind.COUNCIL_VOTE, on_day: date = JULY) -> Act:
    found: Act = run(
        make, record_act, cycle_id=make.cycle.id, kind=kind, title="Atto", on_day=on_day,
        body="Consiglio dell'Unione", source="albo pretorio",
    )  # fmt: skip
    return found


def phase(make: Factory, kind: PhaseKind) -> Phase:
    with make.session() as session:
        return next(one for one in phases(session, make.cycle.id) if one.kind is kind)


def begun(make: Factory, kind: PhaseKind, on: date = MARCH) -> Phase:
    found: Phase = run(make, open_phase, phase_id=phase(make, kind).id, starts_on=on)
    return found


def closed(make: Factory, kind: PhaseKind, on: date = JULY, **values: Any) -> Phase:
    given = {"act_id": act(make, CLOSES[kind], on).id, **values}
    found: Phase = run(make, close_phase, phase_id=phase(make, kind).id, closed_on=on, **given)
    return found


def last_event(make: Factory) -> Any:
    with make.session() as session:
        return read_stream(session, zone_stream(make.zone.id))[-1].event


@pytest.mark.parametrize("kind", PhaseKind)
@pytest.mark.parametrize("of", ActKind)
def test_a_phase_is_closed_by_acts_of_its_kinds_alone(
    make: Factory, kind: PhaseKind, of: ActKind
) -> None:
    with make.database.transaction(SYSTEM) as tx:
        tx.session.get_one(Phase, phase(make, kind).id).starts_on = MARCH
        for other in ORDER[kind].closed:
            before = tx.session.get_one(Phase, phase(make, other).id)
            before.starts_on = before.closed_on = MARCH
    close = partial(closed, make, kind, act_id=act(make, of).id)
    if of in ORDER[kind].closed_by:
        assert close().closed_on == JULY
    else:
        with pytest.raises(Invalid, match="kind") as refusal:
            close()
        assert "act_id" in refusal.value.fields


def test_no_phase_is_closed_by_an_act_from_before_it_began(make: Factory) -> None:
    begun(make, PhaseKind.PARTICIPATION)
    early = act(make, ActKind.MINUTES, MARCH - timedelta(days=1))
    with pytest.raises(Invalid, match="before the phase began"):
        closed(make, PhaseKind.PARTICIPATION, act_id=early.id)


def test_a_phase_ends_neither_before_its_act_nor_in_days_to_come(make: Factory) -> None:
    begun(make, PhaseKind.PARTICIPATION)
    july = act(make, ActKind.MINUTES)
    with pytest.raises(Invalid, match="did not end before"):
        closed(make, PhaseKind.PARTICIPATION, MAY, act_id=july.id)
    with pytest.raises(Invalid, match="yet to come"):
        closed(make, PhaseKind.PARTICIPATION, clock.today() + timedelta(1), act_id=july.id)


def test_writing_begins_once_the_participation_has_begun(make: Factory) -> None:
    with pytest.raises(Conflict, match=r"Phase participation.*let that begin"):
        begun(make, PhaseKind.DEFINITION)
    begun(make, PhaseKind.PARTICIPATION, MAY)
    with pytest.raises(Conflict, match="let that begin"):
        begun(make, PhaseKind.DEFINITION, MARCH)
    assert begun(make, PhaseKind.DEFINITION, MAY).starts_on == MAY


def test_nothing_is_approved_before_it_is_written(make: Factory) -> None:
    begun(make, PhaseKind.PARTICIPATION)
    begun(make, PhaseKind.DEFINITION)
    closed(make, PhaseKind.PARTICIPATION, MAY)
    with pytest.raises(Conflict, match=r"Phase definition.*close that first"):
        begun(make, PhaseKind.APPROVAL, JULY)
    closed(make, PhaseKind.DEFINITION, JULY)
    assert begun(make, PhaseKind.APPROVAL, JULY).starts_on == JULY


def test_a_phase_may_be_opened_by_an_act_of_its_kinds(make: Factory) -> None:
    first = phase(make, PhaseKind.PARTICIPATION)
    agreement, letter = act(make, ActKind.PROGRAMME_AGREEMENT), act(make, ActKind.CONVOCATION)
    with pytest.raises(Invalid, match="kind"):
        run(make, open_phase, phase_id=first.id, starts_on=JULY, act_id=agreement.id)
    run(make, open_phase, phase_id=first.id, starts_on=JULY, act_id=letter.id)
    assert phase(make, PhaseKind.PARTICIPATION).opening_act_id == letter.id
    assert last_event(make).act_id == letter.id


def test_the_participation_ends_when_every_proposal_is_decided(make: Factory) -> None:
    begun(make, PhaseKind.PARTICIPATION)
    table, office = make.table(name="Casa"), make.holder(Role.PLAN_OFFICE)
    proposal, minutes = make.proposal(table), act(make, ActKind.MINUTES, clock.today())
    close = partial(
        run, make, close_phase, who=office, phase_id=phase(make, PhaseKind.PARTICIPATION).id,
        act_id=minutes.id, closed_on=clock.today(),
    )  # fmt: skip
    with pytest.raises(Conflict, match=r"Casa.*1"):
        close()
    run(make, admit_proposal, who=office, proposal_id=proposal.id)
    assert close().closed_on == clock.today()


@pytest.mark.parametrize(
    ("kind", "missing"),
    [(PhaseKind.DEFINITION, "Chapter 1.*no text"), (PhaseKind.APPROVAL, "not been approved")],
)
def test_a_phase_ends_when_the_plan_has_come_so_far(
    make: Factory, kind: PhaseKind, missing: str
) -> None:
    begun(make, PhaseKind.PARTICIPATION)
    begun(make, PhaseKind.DEFINITION)
    closed(make, PhaseKind.PARTICIPATION, MAY)
    if kind is PhaseKind.APPROVAL:
        closed(make, PhaseKind.DEFINITION)
        begun(make, PhaseKind.APPROVAL, JULY)
    vote, office = act(make, CLOSES[kind]), make.holder(Role.PLAN_OFFICE)
    with pytest.raises(Conflict, match=missing):
        run(make, close_phase, who=office, phase_id=phase(make, kind).id, act_id=vote.id,
            closed_on=JULY)  # fmt: skip
    assert phase(make, kind).closed_on is None


def test_an_act_reopens_a_phase_and_its_closing_stays_readable(make: Factory) -> None:
    first = begun(make, PhaseKind.PARTICIPATION)
    minutes = act(make, ActKind.MINUTES, MAY)
    closed(make, PhaseKind.PARTICIPATION, MAY, act_id=minutes.id)
    vote, office = act(make), make.holder(Role.PLAN_OFFICE)
    reopen = partial(run, make, reopen_phase, who=office, phase_id=first.id, reason=WHY)
    with pytest.raises(Invalid, match="kind"):
        reopen(act_id=act(make, ActKind.FRAMEWORK).id)
    with pytest.raises(Invalid, match="after this act"):
        reopen(act_id=act(make, on_day=MARCH).id)
    reopen(act_id=vote.id)
    assert last_event(make) == PhaseReopened(
        phase_id=first.id, act_id=vote.id, reason=FreeText(WHY)
    )
    with make.session() as session:
        (kept,) = reopenings(session, [first.id])[first.id]
    assert (kept.closed_on, kept.closing_act_id, kept.act_id) == (MAY, minutes.id, vote.id)
    assert phase(make, PhaseKind.PARTICIPATION).closed_on is None
    with pytest.raises(Conflict, match="Only a phase that is closed"):
        reopen(act_id=vote.id)


def test_the_phases_of_a_past_cycle_stay_closed(make: Factory) -> None:
    first = begun(make, PhaseKind.PARTICIPATION)
    closed(make, PhaseKind.PARTICIPATION)
    vote = act(make)
    run(make, open_cycle, zone_id=make.zone.id, first_year=2021, last_year=2023)
    with pytest.raises(Conflict, match="past"):
        run(make, reopen_phase, who=make.holder(Role.PLAN_OFFICE), phase_id=first.id,
            act_id=vote.id, reason=WHY)  # fmt: skip


def test_a_later_phase_is_not_closed_over_one_that_was_reopened(make: Factory) -> None:
    for kind in (PhaseKind.PARTICIPATION, PhaseKind.DEFINITION):
        begun(make, kind)
        closed(make, kind, MAY)
    begun(make, PhaseKind.APPROVAL, MAY)
    run(make, reopen_phase, who=make.holder(Role.PLAN_OFFICE), act_id=act(make).id, reason=WHY,
        phase_id=phase(make, PhaseKind.DEFINITION).id)  # fmt: skip
    with pytest.raises(Conflict, match=r"Phase definition.*comes before"):
        closed(make, PhaseKind.APPROVAL)


def test_a_phase_is_corrected_and_says_what_it_said_before(make: Factory) -> None:
    first, office = begun(make, PhaseKind.PARTICIPATION), make.holder(Role.PLAN_OFFICE)
    correct = partial(
        run, make, correct_phase, who=office, phase_id=first.id, reason=WHY, title="Percorso",
        description="Tavoli.",
    )  # fmt: skip
    correct(version=1, starts_on=MAY)
    assert last_event(make) == PhaseCorrected(
        phase_id=first.id, version=1, title=FreeText("Percorso"),
        description=FreeText("Tavoli."), starts_on=MAY, closed_on=None, reason=FreeText(WHY),
    )  # fmt: skip
    with make.session() as session:
        (before,) = phase_versions(session, [first.id])[first.id]
    assert (before.title, before.starts_on, before.reason) == (first.title, MARCH, WHY)
    with pytest.raises(Conflict, match="meanwhile"):
        correct(version=1, starts_on=JULY)
    with pytest.raises(Invalid, match="Nothing differs"):
        correct(version=2, starts_on=MAY)
    with pytest.raises(Invalid, match="closes a phase"):
        correct(version=2, starts_on=MAY, closed_on=JULY)
    assert correct(version=2, starts_on=None).starts_on is None
    with pytest.raises(Invalid, match="has not begun"):
        correct(version=3, starts_on=MAY)


def test_a_correction_leaves_the_days_that_it_does_not_name(
    client: FlaskClient, make: Factory
) -> None:
    """The form of a phase that had not begun is sent when it has begun and ended meanwhile."""
    first = phase(make, PhaseKind.INFORMATION)
    make.sign_in(client, make.holder(Role.ADMINISTRATOR))
    typed = {"title": "Percorso", "description": "Tavoli.", "version": "1", "reason": WHY}
    address = f"/percorso/fasi/{first.id}/correggi"
    begun(make, PhaseKind.INFORMATION)
    assert client.post(address, data=typed).status_code == 302
    assert phase(make, PhaseKind.INFORMATION).starts_on == MARCH
    closed(make, PhaseKind.INFORMATION)
    again = typed | {"version": "2", "title": "Informazione"}
    assert client.post(address, data=again).status_code == 302
    now = phase(make, PhaseKind.INFORMATION)
    assert (now.title, now.starts_on, now.closed_on) == ("Informazione", MARCH, JULY)


def test_a_phase_does_not_begin_after_the_act_that_closed_it(make: Factory) -> None:
    first = begun(make, PhaseKind.INFORMATION)
    closed(make, PhaseKind.INFORMATION, JULY, act_id=act(make, ActKind.FRAMEWORK, MAY).id)
    with pytest.raises(Invalid, match="began on that day or before") as refused:
        run(make, correct_phase, who=make.holder(Role.PLAN_OFFICE), phase_id=first.id, version=1,
            reason=WHY, title=first.title, description="", starts_on=JULY)  # fmt: skip
    assert list(refused.value.fields) == ["starts_on"]


def test_a_beginning_taken_back_takes_the_act_that_opened_with_it(make: Factory) -> None:
    first, office = phase(make, PhaseKind.PARTICIPATION), make.holder(Role.PLAN_OFFICE)
    letter = act(make, ActKind.CONVOCATION, MARCH)
    run(make, open_phase, phase_id=first.id, starts_on=MARCH, act_id=letter.id)
    run(make, correct_phase, who=office, phase_id=first.id, version=1, reason=WHY,
        title=first.title, description="", starts_on=None)  # fmt: skip
    assert phase(make, PhaseKind.PARTICIPATION).opening_act_id is None


def test_an_act_that_halted_a_phase_stays_one_that_can(make: Factory) -> None:
    first, office = begun(make, PhaseKind.PARTICIPATION), make.holder(Role.PLAN_OFFICE)
    vote, soon = act(make), clock.today() + timedelta(days=5)
    run(make, suspend_phase, who=office, phase_id=first.id, act_id=vote.id, until=soon, reason=WHY)
    with pytest.raises(Invalid, match="of that kind cannot") as refused:
        corrected(make, vote, kind=ActKind.CONVOCATION)
    assert list(refused.value.fields) == ["kind"]
    assert corrected(make, vote, title="Voto del Consiglio").title == "Voto del Consiglio"


def test_an_act_that_moved_a_phase_before_there_were_kinds_can_be_corrected(
    make: Factory,
) -> None:
    first, letter = begun(make, PhaseKind.INFORMATION), act(make, ActKind.MINUTES, MARCH)
    with make.database.transaction(SYSTEM) as tx:
        row = tx.session.get_one(Phase, first.id)
        row.starts_on, row.closed_on, row.closing_act_id = MAY, JULY, letter.id
    assert letter.kind not in ORDER[PhaseKind.INFORMATION].closed_by
    assert corrected(make, letter, title="Lettera").title == "Lettera"


def corrected(make: Factory, row: Act, **changed: Any) -> Act:
    """An act of which the plan office has corrected some fields."""
    names = ("kind", "title", "on_day", "body", "source", "number", "url")
    said = {name: getattr(row, name) for name in names} | changed
    found: Act = run(
        make, correct_act, who=make.holder(Role.PLAN_OFFICE), act_id=row.id, version=1,
        reason=WHY, **said,
    )  # fmt: skip
    return found


def test_a_correction_keeps_the_phases_in_order(make: Factory) -> None:
    first = begun(make, PhaseKind.PARTICIPATION)
    begun(make, PhaseKind.DEFINITION, MAY)
    with pytest.raises(Conflict, match=r"Phase definition.*let that begin"):
        run(make, correct_phase, who=make.holder(Role.PLAN_OFFICE), phase_id=first.id, version=1,
            reason=WHY, title=first.title, description="", starts_on=JULY)  # fmt: skip
    assert phase(make, PhaseKind.PARTICIPATION).version == 1


def test_an_act_suspends_a_phase_until_a_day(make: Factory) -> None:
    first, office = begun(make, PhaseKind.PARTICIPATION), make.holder(Role.PLAN_OFFICE)
    vote, soon = act(make), clock.today() + timedelta(days=5)
    suspend = partial(
        run, make, suspend_phase, who=office, phase_id=first.id, act_id=vote.id, reason=WHY
    )
    with pytest.raises(Invalid, match="over"):
        suspend(until=clock.today() - timedelta(days=1))
    hold = suspend(until=soon)
    assert last_event(make) == PhaseSuspended(
        phase_id=first.id, hold_id=hold.id, act_id=vote.id, until=soon, reason=FreeText(WHY)
    )
    with pytest.raises(Conflict, match="already"):
        suspend(until=soon)
    with pytest.raises(Conflict, match="suspended until"):
        closed(make, PhaseKind.PARTICIPATION)
    run(make, resume_phase, who=office, hold_id=hold.id, reason=WHY)
    assert last_event(make) == PhaseResumed(
        phase_id=first.id, hold_id=hold.id, reason=FreeText(WHY)
    )
    with pytest.raises(Conflict, match="over"):
        run(make, resume_phase, who=office, hold_id=hold.id, reason=WHY)
    assert closed(make, PhaseKind.PARTICIPATION).closed_on == JULY
    with make.session() as session:
        assert holds(session, [first.id])[first.id][0].lifted_reason == WHY


def test_others_neither_reopen_nor_suspend_nor_correct(make: Factory) -> None:
    first, who = begun(make, PhaseKind.PARTICIPATION), make.holder(Role.FACILITATOR)
    values = {"phase_id": first.id, "act_id": 0, "reason": WHY}
    with pytest.raises(NotAllowed, match="plan office"):
        run(make, reopen_phase, who=who, **values)
    with pytest.raises(NotAllowed, match="plan office"):
        run(make, suspend_phase, who=who, until=clock.today(), **values)
    with pytest.raises(NotAllowed, match="plan office"):
        run(make, correct_phase, who=who, phase_id=first.id, version=1, reason=WHY, title="A",
            description="")  # fmt: skip
    with pytest.raises(NotFound):
        run(make, resume_phase, who=who, hold_id=0, reason=WHY)
