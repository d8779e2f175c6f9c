"""What a path bars: commands, pages, imports of the past, and two at the same moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from sqlalchemy.exc import OperationalError

from consultazione.comments.commands.writing import write_comment
from consultazione.comments.models import Position
from consultazione.core import clock
from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.errors import Conflict
from consultazione.moderation.commands.releasing import set_reading_first
from consultazione.plan.commands.answering import refuse_contribution
from consultazione.plan.commands.correcting import correct_answer
from consultazione.plan.commands.writing import write_paragraph
from consultazione.plan.models import ContributionState
from consultazione.proposals.commands.handing_in import hand_in_proposal
from consultazione.proposals.commands.lifecycle import submit_proposal, withdraw_proposal
from consultazione.proposals.commands.supporting import support_proposal, withdraw_support
from consultazione.proposals.queries import count_submitted
from consultazione.tables.holding.models import HeldText
from consultazione.zones.commands.path import close_phase, open_phase, record_act
from consultazione.zones.models import ActKind, Phase, PhaseKind
from consultazione.zones.phases.commands.reopening import reopen_phase
from consultazione.zones.phases.commands.suspending import suspend_phase
from consultazione.zones.queries import chapters, phases
from tests.support.factories import Factory
from tests.support.final_commits import final_commits

START = date(2018, 2, 5)
WHY = "Come deciso dal Consiglio."
EN = {"Accept-Language": "en"}


def run(make: Factory, command: Callable[..., Any], *, who: Actor = SYSTEM, **values: Any) -> Any:
    with make.database.transaction(who) as tx:
        return command(tx, **values)


def an_act(make: Factory, kind: ActKind, on_day: date) -> int:
    made = run(
        make, record_act, cycle_id=make.cycle.id, kind=kind, title="Delibera 7", on_day=on_day,
        body="Unione", source="albo",
    )  # fmt: skip
    return int(made.id)


def begun(make: Factory, kind: PhaseKind = PhaseKind.PARTICIPATION) -> int:
    with make.session() as session:
        found = next(one for one in phases(session, make.cycle.id) if one.kind is kind)
    run(make, open_phase, phase_id=found.id, starts_on=START)
    return int(found.id)


def closed(make: Factory, phase_id: int, on: date | None = None) -> None:
    day = on or clock.today()
    act_id = an_act(make, ActKind.DELIBERATION, day)
    run(make, close_phase, phase_id=phase_id, act_id=act_id, closed_on=day)


@pytest.fixture
def office(make: Factory) -> Actor:
    return make.holder(Role.PLAN_OFFICE)


def test_a_closed_participation_takes_nothing_until_it_is_reopened(
    make: Factory, office: Actor
) -> None:
    phase_id, citizen, proposal = begun(make), make.citizen(), make.proposal()
    new = {"table_id": proposal.table_id, "title": "Tardi", "body": "Troppo tardi."}
    closed(make, phase_id)
    told = "“Phase participation” was closed on .*reopens it by an act"
    with pytest.raises(Conflict, match=told):
        run(make, submit_proposal, who=citizen, **new)
    with pytest.raises(Conflict, match=told):
        run(make, support_proposal, who=citizen, proposal_id=proposal.id)
    with pytest.raises(Conflict, match=told):
        run(make, write_comment, who=citizen, proposal_id=proposal.id, body="Sì.",
            position=Position.IN_FAVOUR)  # fmt: skip
    vote = an_act(make, ActKind.COUNCIL_VOTE, clock.today())
    run(make, reopen_phase, who=office, phase_id=phase_id, act_id=vote, reason=WHY)
    assert run(make, submit_proposal, who=citizen, **new).title == "Tardi"


def test_nothing_waits_to_be_read_that_could_not_be_submitted(make: Factory, office: Actor) -> None:
    table, author = make.table(), make.citizen()
    run(make, set_reading_first, who=office, table_id=table.id, waits=True)
    said = {"table_id": table.id, "title": "Un orto", "body": "Dietro la scuola."}
    participation = begun(make)
    assert isinstance(run(make, hand_in_proposal, who=author, **said), HeldText)
    closed(make, participation)
    with pytest.raises(Conflict, match="was closed on"):
        run(make, hand_in_proposal, who=author, **said)


def test_what_was_said_can_be_taken_back_after_the_end(make: Factory) -> None:
    phase_id, author, friend = begun(make), make.citizen(), make.citizen()
    proposal = make.proposal(author=author)
    run(make, support_proposal, who=friend, proposal_id=proposal.id)
    closed(make, phase_id)
    run(make, withdraw_support, who=friend, proposal_id=proposal.id)
    assert run(make, withdraw_proposal, who=author, proposal_id=proposal.id).supports == 0


def test_a_suspended_phase_takes_nothing_and_names_act_and_day(
    make: Factory, office: Actor
) -> None:
    phase_id, table, until = begun(make), make.table(), clock.today() + timedelta(days=3)
    vote = an_act(make, ActKind.DELIBERATION, clock.today())
    run(make, suspend_phase, who=office, phase_id=phase_id, act_id=vote, until=until, reason=WHY)
    with pytest.raises(Conflict, match=f"suspended until {until}.*Delibera 7"):
        make.proposal(table)


def test_the_plan_is_not_written_after_its_writing(make: Factory, office: Actor) -> None:
    participation, writing = begun(make), begun(make, PhaseKind.DEFINITION)
    with make.session() as session:
        chapter_id = chapters(session, make.cycle.id)[0].id
    write = {"who": office, "chapter_id": chapter_id, "body": "Un testo."}
    closed(make, participation)
    assert run(make, write_paragraph, **write).body == "Un testo."
    closed(make, writing)
    with pytest.raises(Conflict, match="“Phase definition” was closed"):
        run(make, write_paragraph, **write)


def test_an_import_is_judged_by_the_day_it_tells_of(make: Factory) -> None:
    """The day of the closing too: what is told of it came before."""
    phase_id, table, citizen = begun(make), make.table(), make.citizen()
    last = date(2018, 5, 31)
    closed(make, phase_id, last)

    def told_of(day: date) -> int:
        at = clock.at_rome(day, clock.in_rome(clock.now()).time())
        with make.database.transaction(SYSTEM) as tx, tx.acting_as(citizen, at=at):
            return submit_proposal(tx, table_id=table.id, title="Allora", body="Si disse.").id

    assert told_of(START)
    assert told_of(last)
    with pytest.raises(Conflict, match="closed"):
        told_of(last + timedelta(days=1))


def test_pages_of_a_closed_phase_say_why_and_offer_nothing(
    client: FlaskClient, make: Factory
) -> None:
    phase_id, proposal = begun(make), make.proposal()
    make.sign_in(client, make.citizen())
    where = [make.here + "/", f"{make.here}/proposte", f"/proposte/{proposal.id}"]
    for url in where:
        assert "was closed on" not in client.get(url, headers=EN).text
    closed(make, phase_id)
    for url in where:
        page = client.get(url, headers=EN).text
        assert "“Phase participation” was closed on" in page
        assert "/proposte/nuova" not in page
        assert f'action="/proposte/{proposal.id}/sostieni"' not in page
    answer = client.get(f"{make.here}/proposte/nuova", follow_redirects=True, headers=EN)
    assert answer.request.path == f"{make.here}/proposte"


def test_answers_are_neither_given_nor_corrected_once_the_writing_is_closed(
    make: Factory, client: FlaskClient, office: Actor
) -> None:
    given, pending = make.contributions("Open a desk.", "Open another.")
    told = {"contribution_id": given.id, "reason": "Too dear."}
    run(make, refuse_contribution, who=office, **told)
    make.sign_in(client, office)
    form, correct = 'name="answer"', f"/piano/ufficio/{given.id}/correggi"
    pages = [f"/piano/ufficio/{one.id}" for one in (pending, given)]
    asked = [client.get(page, headers=EN).text for page in pages]
    assert (form in asked[0], correct in asked[1]) == (True, True)
    for kind in (PhaseKind.PARTICIPATION, PhaseKind.DEFINITION):
        closed(make, begun(make, kind))
    asked = [client.get(page, headers=EN).text for page in pages]
    assert (form in asked[0], correct in asked[1]) == (False, False)
    assert "is written and answered in again" in asked[0]
    sent = {"answer": "refused", "reason": "Too dear, too."}
    late = client.post(pages[0], data=sent, headers=EN).text
    assert ("Too dear, too." in late, "is written and answered in again" in late) == (True, True)
    corrected = {"version": 1, "why": WHY, "answer": ContributionState.NOT_OURS}
    with pytest.raises(Conflict, match="answered in again"):
        run(make, correct_answer, who=office, **told, **corrected)


def test_who_was_writing_when_the_phase_ended_keeps_the_text(
    client: FlaskClient, make: Factory
) -> None:
    phase_id, table = begun(make), make.table()
    make.sign_in(client, make.citizen())
    typed = {"table_id": table.id, "title": "Uno sportello", "body": "Scritto per un’ora intera."}
    closed(make, phase_id)
    answer = client.post(f"{make.here}/proposte/nuova", data=typed, headers=EN)
    assert answer.status_code == 422
    assert "was closed on" in answer.text
    assert "Scritto per un’ora intera." in answer.text


@pytest.fixture
def real(engine: Engine) -> Iterator[Factory]:
    """A factory on a database whose commits are real, emptied afterwards."""
    with final_commits(engine) as database:
        yield Factory(database)


def test_whoever_proposes_holds_the_phase_open_until_the_commit(real: Factory) -> None:
    phase_id, table, citizen = begun(real), real.table(), real.citizen()
    held = select(Phase.id).where(Phase.id == phase_id).with_for_update(nowait=True)
    with real.database.transaction(citizen) as tx:
        submit_proposal(tx, table_id=table.id, title="Ultima", body="Ora.")
        with real.database.transaction(SYSTEM) as other, pytest.raises(OperationalError):
            other.session.scalar(held)


def test_no_proposal_slips_in_while_the_participation_is_closed(real: Factory) -> None:
    """Either it came first, and holds the closing back, or it is refused: never both done."""
    phase_id, table, citizen = begun(real), real.table(), real.citizen()
    office = real.holder(Role.PLAN_OFFICE)
    act_id, start = an_act(real, ActKind.DELIBERATION, clock.today()), Barrier(2)
    acts: list[tuple[Actor, Callable[..., Any], dict[str, Any]]] = [
        (citizen, submit_proposal, {"table_id": table.id, "title": "Ultima", "body": "Ora."}),
        (office, close_phase, {"phase_id": phase_id, "act_id": act_id,
                               "closed_on": clock.today()}),
    ]  # fmt: skip

    def done(given: tuple[Actor, Callable[..., Any], dict[str, Any]]) -> bool:
        who, command, values = given
        try:
            with real.database.transaction(who) as tx:
                tx.session.connection()
                start.wait(10)
                command(tx, **values)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        handed_in, ended = pool.map(done, acts)
    assert handed_in is not ended
    with real.session() as session:
        assert count_submitted(session, [table.id]) == ({table.id: 1} if handed_in else {})
        assert (session.get_one(Phase, phase_id).closed_on is not None) is ended
