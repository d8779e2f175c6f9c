"""Rights that somebody took in an attack: mandates, roles, signatures, substitutes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from consultazione.config import Settings
from consultazione.core import clock, log
from consultazione.core.actor import SYSTEM, VISITOR, Actor, Role
from consultazione.core.db import Database
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.core.log import EPHEMERAL_FROM
from consultazione.outcomes.commands.answering import sign_outcome
from consultazione.outcomes.models import Answer
from consultazione.outcomes.queries import answerable, awaited_of, unions_to_ask
from consultazione.people.cli import roles as cli_roles
from consultazione.people.commands.blocking import block_person
from consultazione.people.commands.mandates import (
    confirm_mandate,
    end_mandate,
    give_mandate,
    turn_mandate_down,
)
from consultazione.people.commands.roles import GIVEN_ROLES, give_role, take_role_back
from consultazione.people.events import MandateConfirmed, MandateProposed, MandateTurnedDown
from consultazione.people.models import (
    Category,
    Mandate,
    MandateState,
    Organisation,
    Person,
    RoleGrant,
)
from consultazione.people.queries import valid_mandates
from consultazione.sittings.attendance.commands.check_in import check_in
from consultazione.sittings.attendance.commands.presence import enter_sitting
from consultazione.sittings.attendance.roll import delegates_of
from consultazione.sittings.floor.commands.hands import raise_hand
from consultazione.sittings.lifecycle.commands.opening import close_sitting
from consultazione.sittings.lifecycle.commands.rehearsals import start_rehearsal
from consultazione.sittings.polls.commands.ballots import cast_ballot
from consultazione.sittings.polls.commands.polls import close_poll, count_in_room, open_poll
from consultazione.sittings.polls.queries import votes_cast
from consultazione.sittings.polls.rules import Franchise, Rules
from consultazione.sittings.polls.voters.electorate import electorate_of
from consultazione.sittings.questions.commands.questions import ask_question
from consultazione.sittings.record.commands.statements import make_statement
from consultazione.sittings.rehearsals import draw_rehearsal_id
from consultazione.tables.commands import take_seat
from tests.support.factories import PASSWORD, Factory
from tests.support.final_commits import final_commits
from tests.support.rest_program import Program
from tests.support.signoff_board import Board, open_board

Capture = pytest.CaptureFixture[str]
MANDATES = "/amministrazione/deleghe"


@pytest.fixture
def board(database: Database) -> Board:
    """An outcome open for sign-off by two unions."""
    return open_board(database)


def form(union: Organisation, person: Person) -> dict[str, Any]:
    """What the form of mandates sends."""
    return {
        "organisation_id": union.id,
        "email": person.email,
        "act": "Atto n. 1",
        "starts_on": clock.today().isoformat(),
        "ends_on": "",
    }


def give(make: Factory, actor: Actor, union: Organisation, person: Person) -> Mandate:
    """A mandate that begins today, entered by somebody."""
    values = {"email": person.email or "", "act": "Atto n. 1", "ends_on": None}
    with make.database.transaction(actor) as tx:
        return give_mandate(
            tx,
            organisation_id=union.id,
            starts_on=clock.today(),
            **values,  # type: ignore[arg-type]
        )


def run(make: Factory, actor: Actor, command: Callable[..., Any], **fields: Any) -> Any:
    """What a command answers to somebody, committed."""
    with make.database.transaction(actor) as tx:
        return command(tx, **fields)


def person_of(make: Factory, actor: Actor) -> Person:
    """The account behind an actor."""
    with make.session() as session:
        return session.get_one(Person, actor.person_id)  # type: ignore[no-any-return]


def people(make: Factory) -> dict[str, Actor]:
    """The seven roles of the demo, and a visitor."""
    table = make.table()
    return {
        "visitor": VISITOR,
        "citizen": make.citizen(),
        "association": make.delegate(),
        "facilitator": make.holder(Role.FACILITATOR),
        "coordinator": make.holder(Role.COORDINATOR, table.id),
        "union": make.delegate(Category.UNION),
        "plan_office": make.holder(Role.PLAN_OFFICE),
        "administrator": make.holder(Role.ADMINISTRATOR),
    }


# --- the whole attack, as it was done ---


def test_the_plan_office_cannot_sign_for_a_union(
    app: Flask, client: FlaskClient, board: Board
) -> None:
    make = board.make
    office = make.holder(Role.PLAN_OFFICE)
    person, union = person_of(make, office), board.unions[0]
    make.sign_in(client, office)
    assert client.post(MANDATES, data=form(union, person)).status_code == 422
    signed = {
        "organisation_id": union.id,
        "answer": "signed",
        "note": "",
        "digest": board.outcome.digest,
        "password": PASSWORD,
    }
    answer = f"/esiti/{board.outcome_id}/risposta"
    assert client.post(answer, data=signed).status_code == 422
    # An accomplice's mandate waits for a second person, and the office is not one.
    accomplice = make.person()
    assert client.post(MANDATES, data=form(union, accomplice)).status_code == 302
    with make.session() as session:
        mandate = session.scalar(select(Mandate).order_by(Mandate.id.desc()).limit(1))
    client.post(f"{MANDATES}/{mandate.id}/conferma", data={"version": "1"})
    other = make.sign_in(app.test_client(), make.actor(accomplice))
    assert other.post(answer, data=signed).status_code == 422
    assert Role.UNION_DELEGATE not in make.actor(accomplice).roles(make.zone.id)
    # The true delegate's answer stands.
    delegate = make.sign_in(app.test_client(), board.delegates[0])
    declined = signed | {"answer": "declined", "note": "Non ci è stato chiesto."}
    assert delegate.post(answer, data=declined).status_code == 302
    (party,) = [p for p in board.outcome.parties if p.organisation_id == union.id]
    assert party.answer is Answer.DECLINED
    # An administrator ends the mandate given today, today.
    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        confirm_mandate(tx, mandate_id=mandate.id)
    admin = make.sign_in(app.test_client(), make.holder(Role.ADMINISTRATOR))
    today = {"ends_on": clock.today().isoformat(), "reason": "Given by mistake"}
    assert admin.post(f"{MANDATES}/{mandate.id}/fine", data=today).status_code == 302
    assert Role.UNION_DELEGATE not in make.actor(accomplice).roles(make.zone.id)


# --- nobody for themselves, no office for a union ---


def test_nobody_gives_a_mandate_or_a_role_to_themselves(make: Factory) -> None:
    association, union = make.organisation(), make.organisation(Category.UNION)
    for name, actor in people(make).items():
        if actor is VISITOR:
            continue
        person = person_of(make, actor)
        for organisation in (association, union):
            with pytest.raises(NotAllowed):
                give(make, actor, organisation, person)
        for role in GIVEN_ROLES:
            with pytest.raises(NotAllowed) as refused:
                run(make, actor, give_role, zone_id=make.zone.id, email=person.email, role=role)
            if name == "administrator":
                assert "themselves" in str(refused.value)


@pytest.mark.parametrize("role", GIVEN_ROLES)
def test_an_office_of_the_zone_and_a_union_exclude_each_other(make: Factory, role: Role) -> None:
    union, admin = make.organisation(Category.UNION), make.holder(Role.ADMINISTRATOR)
    holder = person_of(make, make.holder(role))
    for giver in (admin, SYSTEM):
        with pytest.raises(Invalid) as refused:
            give(make, giver, union, holder)
        assert list(refused.value.fields) == ["email"]
    give(make, admin, make.organisation(), holder)  # an association is no party
    proposed, given = make.person(), make.person()
    give(make, admin, union, proposed)
    make.mandate(given, union)
    for person in (proposed, given):
        with pytest.raises(Invalid) as refused:
            run(make, admin, give_role, zone_id=make.zone.id, email=person.email, role=role)
        assert list(refused.value.fields) == ["email"]


def test_a_role_taken_after_the_proposal_stops_the_confirmation(make: Factory) -> None:
    """A row of before the rule, or of another way in: the confirmation asks again."""
    union, person = make.organisation(Category.UNION), make.person()
    mandate = give(make, make.holder(Role.PLAN_OFFICE), union, person)
    with make.database.transaction(SYSTEM) as tx:
        _store_role(tx, person, make.zone.id, Role.PLAN_OFFICE)
    with pytest.raises(Invalid):
        run(make, make.holder(Role.ADMINISTRATOR), confirm_mandate, mandate_id=mandate.id)


@pytest.mark.parametrize("role", GIVEN_ROLES)
def test_an_office_holder_answers_for_nobody_whatever_their_mandate(
    board: Board, role: Role
) -> None:
    make, delegate = board.make, board.delegates[0]
    outcome = board.outcome
    table_id = outcome.minutes.sitting.table_id
    at_table = role in (Role.FACILITATOR, Role.COORDINATOR)
    with make.database.transaction(SYSTEM) as tx:
        person = tx.session.get_one(Person, delegate.person_id)
        _store_role(tx, person, make.zone.id, role, table_id if at_table else None)
    with pytest.raises(NotAllowed):
        board.answer(sign_outcome)
    with make.session() as session:
        now, own = clock.now(), delegate.person_id or 0
        assert answerable(session, outcome, own, at=now) == []
        assert awaited_of(session, make.zone.id, own, at=now) == []
    board.answer(sign_outcome, union=1)


def test_who_leads_another_table_may_answer_and_who_presided_may_not(board: Board) -> None:
    make, delegate = board.make, person_of(board.make, board.delegates[0])
    run(make, SYSTEM, give_role, zone_id=make.zone.id, email=delegate.email,
        role=Role.COORDINATOR, table_id=make.table().id)  # fmt: skip
    board.answer(sign_outcome)
    with make.database.transaction(SYSTEM) as tx:
        outcome = tx.session.get_one(type(board.outcome), board.outcome_id)
        outcome.minutes.sitting.presided_by = board.delegates[1].person_id
    with pytest.raises(NotAllowed):
        board.answer(sign_outcome, union=1)


def _store_role(
    tx: Any, person: Person, zone_id: int, role: Role, table_id: int | None = None
) -> None:
    """A role as it may have been stored before it was refused."""
    tx.session.add(
        RoleGrant(
            person_id=person.id, role=role, zone_id=zone_id, table_id=table_id, given_at=tx.now
        )
    )


# --- the second person ---


def test_a_proposed_mandate_counts_for_nothing(make: Factory) -> None:
    table, union, person = make.table(), make.organisation(Category.UNION), make.person()
    run(make, SYSTEM, take_seat, table_id=table.id, organisation_id=union.id)
    sitting = make.sitting(table)
    mandate = give(make, make.holder(Role.PLAN_OFFICE), union, person)
    make.presided(sitting)
    with make.session() as session:
        now = clock.now()
        assert mandate.state(now) is MandateState.PROPOSED
        assert valid_mandates(session, person.id, at=now) == []
        assert delegates_of(session, sitting) == {union.id: []}
        other = make.organisation(Category.UNION)
        make.mandate(make.person(), other)
        assert unions_to_ask(session, make.cycle, at=now) == [other.id]
    assert make.present(sitting, make.actor(person)).grants == frozenset()


def test_who_is_a_second_person_of_the_seven_roles(make: Factory) -> None:
    """Of the demo's people only the other of plan office and administration may confirm."""
    everybody = people(make)
    union = make.organisation(Category.UNION)
    may_confirm = set()
    for name, actor in everybody.items():
        mandate = give(make, make.holder(Role.PLAN_OFFICE), union, make.person())
        for command in (confirm_mandate, turn_mandate_down):
            try:
                run(make, actor, command, mandate_id=mandate.id)
            except (NotAllowed, Conflict):
                continue
            may_confirm.add(name)
    assert may_confirm == {"plan_office", "administrator"}


def test_a_delegate_of_the_same_union_confirms_if_theirs_is_older(make: Factory) -> None:
    union, office = make.organisation(Category.UNION), make.holder(Role.PLAN_OFFICE)
    first, second = make.person(), make.person()
    mandates = [give(make, office, union, person) for person in (first, second)]
    with pytest.raises(NotAllowed):  # the office itself, and one whose own is not confirmed
        run(make, office, confirm_mandate, mandate_id=mandates[0].id)
    with pytest.raises(NotAllowed):
        run(make, make.actor(first), confirm_mandate, mandate_id=mandates[1].id)
    with pytest.raises(NotAllowed):  # a delegate of another union
        run(make, make.delegate(Category.UNION), confirm_mandate, mandate_id=mandates[0].id)
    run(make, make.holder(Role.ADMINISTRATOR), confirm_mandate, mandate_id=mandates[0].id)
    run(make, make.actor(first), confirm_mandate, mandate_id=mandates[1].id)
    assert Role.UNION_DELEGATE in make.actor(second).roles(make.zone.id)
    older = give(make, office, union, make.person())
    with pytest.raises(Conflict):  # once is enough
        run(make, make.actor(first), confirm_mandate, mandate_id=mandates[1].id)
    newer = make.person()
    make.mandate(newer, union)
    with pytest.raises(NotAllowed):  # a newer mandate does not confirm an older one
        run(make, make.actor(newer), confirm_mandate, mandate_id=older.id)


def test_what_is_turned_down_never_counts(make: Factory) -> None:
    union, office = make.organisation(Category.UNION), make.holder(Role.PLAN_OFFICE)
    person, admin = make.person(), make.holder(Role.ADMINISTRATOR)
    mandate = give(make, office, union, person)
    with pytest.raises(NotAllowed):
        run(make, make.delegate(Category.UNION), turn_mandate_down, mandate_id=mandate.id)
    with pytest.raises(Conflict):  # it has not begun to count, so nothing ends
        run(make, admin, end_mandate, mandate_id=mandate.id, ends_on=clock.today())
    with make.database.transaction(office) as tx:
        turned_down = turn_mandate_down(tx, mandate_id=mandate.id)
    assert [e.event for e in tx.entries] == [MandateTurnedDown(mandate_id=mandate.id)]
    assert turned_down.state(clock.now()) is MandateState.TURNED_DOWN
    with pytest.raises(Conflict):
        run(make, admin, confirm_mandate, mandate_id=mandate.id)
    assert make.actor(person).grants == frozenset()


def test_the_log_says_who_proposed_and_who_confirmed(make: Factory) -> None:
    union, office = make.organisation(Category.UNION), make.holder(Role.PLAN_OFFICE)
    admin = make.holder(Role.ADMINISTRATOR)
    mandate = give(make, office, union, make.person())
    run(make, admin, confirm_mandate, mandate_id=mandate.id)
    with make.session() as session:
        proposed, confirmed = log.read_stream(session, f"zone:{make.zone.id}")[-2:]
    assert isinstance(proposed.event, MandateProposed)
    assert confirmed.event == MandateConfirmed(mandate_id=mandate.id)
    assert (proposed.actor_id, confirmed.actor_id) == (office.person_id, admin.person_id)


def test_the_pages_ask_who_may_confirm(app: Flask, client: FlaskClient, make: Factory) -> None:
    union, office = make.organisation(Category.UNION), make.holder(Role.PLAN_OFFICE)
    colleague, person = make.person(), make.person(display_name="Zeno Bassi")
    make.mandate(colleague, union)
    mandate = give(make, office, union, person)
    waiting, button = f"{MANDATES}/in-attesa", f"{MANDATES}/{mandate.id}/conferma"
    make.sign_in(client, office)
    page = client.get(MANDATES).text
    assert "Zeno Bassi" in page
    assert button not in page
    assert waiting not in client.get("/", follow_redirects=True).text
    make.sign_in(client, make.delegate(Category.UNION))
    assert "Zeno Bassi" not in client.get(waiting).text
    assert make.sign_in(client, make.citizen()).get(waiting).status_code == 403
    for actor in (make.holder(Role.ADMINISTRATOR), make.actor(colleague)):
        make.sign_in(client, actor)
        assert "Zeno Bassi" in client.get("/", follow_redirects=True).text
        assert button in client.get(waiting).text
    assert client.post(button, data={"version": "1"}).status_code == 302
    assert Role.UNION_DELEGATE in make.actor(person).roles(make.zone.id)
    assert "Zeno Bassi" not in client.get("/", follow_redirects=True).text


# --- ending at once ---


def test_a_mandate_given_today_ends_today_at_once(make: Factory) -> None:
    admin, person = make.holder(Role.ADMINISTRATOR), make.person()
    mandate = give(make, admin, make.organisation(), person)
    before = clock.now()
    with make.database.transaction(admin) as tx:
        ended = end_mandate(tx, mandate_id=mandate.id, ends_on=clock.today())
    assert (ended.is_valid(before), ended.is_valid(clock.now())) == (True, False)
    assert ended.ends_on == clock.today()
    with pytest.raises(Conflict):
        run(make, admin, end_mandate, mandate_id=mandate.id, ends_on=clock.today())


def test_a_later_last_day_can_be_set_and_then_brought_forward(make: Factory) -> None:
    admin, person = make.holder(Role.ADMINISTRATOR), make.person()
    mandate, today = give(make, admin, make.organisation(), person), clock.today()
    run(make, admin, end_mandate, mandate_id=mandate.id, ends_on=today + timedelta(days=3))
    with make.session() as session:
        assert valid_mandates(session, person.id, at=clock.now())
    run(make, admin, end_mandate, mandate_id=mandate.id, ends_on=today)
    with make.session() as session:
        assert valid_mandates(session, person.id, at=clock.now()) == []


def test_in_the_room_an_ended_mandate_carries_nothing_further(make: Factory) -> None:
    """What was done before stays: the ballot, the attendance and its organisation."""
    person, admin = make.person(), make.holder(Role.ADMINISTRATOR)
    mandate = make.mandate(person, make.organisation())
    sitting, delegate = make.sitting(), make.actor(person)
    chair = make.presided(sitting)
    make.present(sitting, delegate)
    poll = run(make, chair, open_poll, sitting_id=sitting.id, question="Shall we?")
    ballot = run(make, delegate, cast_ballot, poll_id=poll.id, choice="yes")
    assert ballot.mandate_id == mandate.id
    run(make, admin, end_mandate, mandate_id=mandate.id, ends_on=clock.today())
    refused: list[tuple[Callable[..., Any], dict[str, Any]]] = [
        (cast_ballot, {"poll_id": poll.id, "choice": "no"}),
        (raise_hand, {"sitting_id": sitting.id}),
        (ask_question, {"sitting_id": sitting.id, "body": "Why?"}),
        (make_statement, {"sitting_id": sitting.id, "body": "We agree."}),
    ]
    for command, fields in refused:
        with pytest.raises(Conflict, match="mandate"):
            run(make, delegate, command, **fields)
    with make.session() as session:
        assert session.get_one(type(ballot), (poll.id, person.id)).choice == "yes"


def puppet(make: Factory, giver: Actor, role: Role = Role.PLAN_OFFICE) -> Actor:
    """Somebody to whom an administrator gave a role."""
    person = make.person()
    run(make, giver, give_role, zone_id=make.zone.id, email=person.email, role=role)
    return make.actor(person)


def taken(make: Factory, taker: Actor, holder: Actor) -> None:
    """Take back the role of somebody."""
    with make.session() as session:
        query = select(RoleGrant.id).where(RoleGrant.person_id == holder.person_id)
        grant_id = session.scalars(query).one()
    run(make, taker, take_role_back, grant_id=grant_id)


@pytest.mark.parametrize("role", [Role.PLAN_OFFICE, Role.ADMINISTRATOR])
@pytest.mark.parametrize("way", ["puppet confirms", "puppet proposes", "two puppets", "by a third"])
def test_nobody_hands_out_the_second_key(make: Factory, role: Role, way: str) -> None:
    admin, union = make.holder(Role.ADMINISTRATOR), make.organisation(Category.UNION)
    first, other = admin, puppet(make, admin, role)
    if way == "two puppets":
        first = puppet(make, admin, role)
    if way == "by a third":
        other = puppet(make, puppet(make, admin, Role.ADMINISTRATOR), role)
    if way == "puppet proposes":
        first, other = other, first
    mandate = give(make, first, union, make.person())
    with pytest.raises(NotAllowed, match="same person"):
        run(make, other, confirm_mandate, mandate_id=mandate.id)
    run(make, make.holder(Role.PLAN_OFFICE), confirm_mandate, mandate_id=mandate.id)


@pytest.mark.parametrize("gone", ["between", "root", "proposer"])
def test_whom_somebody_made_stays_theirs_when_a_role_goes(make: Factory, gone: str) -> None:
    """Taking a role of the chain back, even that of who began it, cuts nothing."""
    admin, union = make.holder(Role.ADMINISTRATOR), make.organisation(Category.UNION)
    one, two = (puppet(make, admin, Role.ADMINISTRATOR) for _ in range(2))
    other = puppet(make, one) if gone == "between" else two
    if gone == "between":
        taken(make, admin, one)
    if gone == "root":
        taken(make, one, admin)
    mandate = give(make, admin if gone == "between" else one, union, make.person())
    if gone == "proposer":
        taken(make, admin, one)
    with pytest.raises(NotAllowed, match=r"same person|any more"):
        run(make, other, confirm_mandate, mandate_id=mandate.id)
    run(make, other, turn_mandate_down, mandate_id=mandate.id)


def test_whom_the_platform_gave_a_role_stands_for_themselves(make: Factory) -> None:
    admin, office = make.holder(Role.ADMINISTRATOR), make.holder(Role.PLAN_OFFICE)
    email = person_of(make, office).email
    run(make, admin, give_role, zone_id=make.zone.id, email=email, role=Role.ADMINISTRATOR)
    mandate = give(make, admin, make.organisation(Category.UNION), make.person())
    run(make, office, confirm_mandate, mandate_id=mandate.id)


def test_the_machine_itself_names_a_second_person(
    make: Factory, settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setattr(cli_roles, "open_database", lambda _url: make.database)
    admin, person = make.holder(Role.ADMINISTRATOR), make.person()
    email = person.email or ""
    assert cli_roles.main(settings, email, "plan_office") == 0
    mandate = give(make, admin, make.organisation(Category.UNION), make.person())
    run(make, make.actor(person), confirm_mandate, mandate_id=mandate.id)
    assert cli_roles.main(settings, email, "plan_office") == 1
    assert "holds the role already" in capsys.readouterr().out
    assert cli_roles.main(settings, "nobody@example.org", "administrator") == 1
    assert "[" not in capsys.readouterr().out


# --- at the same moment ---


@pytest.fixture
def committed(engine: Engine) -> Iterator[Database]:
    """A database whose commits are real, emptied after the test."""
    with final_commits(engine) as database:
        yield database


@pytest.mark.parametrize("first", ["sign", "end"])
def test_no_signature_follows_the_end_of_its_mandate(committed: Database, first: str) -> None:
    """One holds its lock and has not committed; the other waits, and sees what it did."""
    board = open_board(committed)
    admin = board.make.holder(Role.ADMINISTRATOR)
    with board.make.session() as session:
        (mandate,) = valid_mandates(session, board.delegates[0].person_id or 0, at=clock.now())
    signature, raised = board.signature(), []

    def sign(tx: Any) -> None:
        sign_outcome(tx, signature=signature)

    def end(tx: Any) -> None:
        end_mandate(tx, mandate_id=mandate.id, ends_on=clock.today())

    acts = {"sign": (board.delegates[0], sign), "end": (admin, end)}
    second = next(name for name in acts if name != first)
    begun, may_go_on = threading.Event(), threading.Event()

    def late() -> None:
        actor, act = acts[second]
        try:
            with committed.transaction(actor) as tx:  # its clock stands before the other's commit
                begun.set()
                may_go_on.wait(10)
                act(tx)
        except NotAllowed as error:
            raised.append(error)

    thread = threading.Thread(target=late)
    thread.start()
    begun.wait(10)
    actor, act = acts[first]
    with committed.transaction(actor) as tx:
        act(tx)
        may_go_on.set()
        thread.join(0.3)
        assert thread.is_alive(), "the second did not wait for the first"
    thread.join(10)
    assert bool(raised) is (first == "end")
    with board.make.session() as session:
        kinds = [e.kind for e in log.read_latest(session, limit=20)]
    order = [kind for kind in reversed(kinds) if kind in ("mandate.ended", "outcome.signed")]
    assert order == (["outcome.signed", "mandate.ended"] if first == "sign" else ["mandate.ended"])


def test_a_role_and_a_union_at_once_are_not_both_given(committed: Database) -> None:
    make = Factory(committed)
    union, person = make.organisation(Category.UNION), make.person()
    start, given = threading.Barrier(2), []

    def at_once(name: str, act: Callable[[], Any]) -> None:
        start.wait()
        try:
            act()
        except Invalid:
            return
        given.append(name)

    role = {"zone_id": make.zone.id, "email": person.email, "role": Role.PLAN_OFFICE}
    threads = [
        threading.Thread(
            target=at_once, args=("role", lambda: run(make, SYSTEM, give_role, **role))
        ),
        threading.Thread(
            target=at_once, args=("mandate", lambda: give(make, SYSTEM, union, person))
        ),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(given) == 1


def block(make: Factory, actor: Actor, other: Actor) -> None:
    """Block somebody's account."""
    fields = {"zone_id": make.zone.id, "person_id": other.person_id, "reason": "In return"}
    run(make, actor, block_person, **fields)


@pytest.mark.parametrize("answer", [taken, block])
def test_of_two_who_take_each_others_role_one_stays(
    committed: Database, answer: Callable[[Factory, Actor, Actor], None]
) -> None:
    """One holds its lock and has not committed; the other waits, and is refused."""
    make = Factory(committed)
    one, two = make.holder(Role.ADMINISTRATOR), make.holder(Role.ADMINISTRATOR)
    with make.session() as session:
        query = select(RoleGrant.id).where(RoleGrant.person_id == two.person_id)
        grant_id = session.scalars(query).one()
    refused: list[NotAllowed] = []

    def late() -> None:
        try:
            answer(make, two, one)
        except NotAllowed as error:
            refused.append(error)

    thread = threading.Thread(target=late)
    with committed.transaction(one) as tx:
        take_role_back(tx, grant_id=grant_id)
        thread.start()
        thread.join(0.3)
        assert thread.is_alive(), "the second did not wait for the first"
    thread.join(10)
    assert len(refused) == 1
    assert Role.ADMINISTRATOR in make.actor(person_of(make, one)).roles(make.zone.id)


def test_who_lost_the_role_meanwhile_gives_and_takes_none(make: Factory) -> None:
    """What they began before comes to the lock too late."""
    one, two = make.holder(Role.ADMINISTRATOR), make.holder(Role.ADMINISTRATOR)
    taken(make, one, two)
    with pytest.raises(NotAllowed, match="meanwhile"):
        taken(make, two, one)
    with pytest.raises(NotAllowed, match="meanwhile"):
        puppet(make, two)
    with pytest.raises(NotAllowed, match="meanwhile"):
        block(make, two, one)


# --- substitutes ---


def test_of_the_seven_roles_only_the_delegate_names_a_unions_substitute(
    client: FlaskClient, make: Factory
) -> None:
    table, union = make.table(), make.organisation(Category.UNION)
    delegate, citizen = make.person(), make.person()
    mandate = make.mandate(delegate, union)
    run(make, SYSTEM, take_seat, table_id=table.id, organisation_id=union.id)
    sitting = make.sitting(table)
    everybody = people(make) | {
        "coordinator": make.holder(Role.COORDINATOR, table.id),
        "colleague": _colleague(make, union),
    }
    path = f"/sittings/{sitting.id}/mandates/{mandate.id}/substitute"
    for name, actor in everybody.items():
        if actor is VISITOR:
            assert client.put(f"/api/v1{path}", json={"email": citizen.email}).status_code == 403
            continue
        program = Program(client, make, actor)
        assert program.send(path, {"email": citizen.email}, "PUT").status_code == 403, name
        own = person_of(make, actor).email
        assert program.send(path, {"email": own}, "PUT").status_code == 403, name
    holder = Program(client, make, make.actor(delegate))
    chair = person_of(make, everybody["facilitator"])
    assert holder.send(path, {"email": chair.email}, "PUT").status_code == 422
    assert holder.send(path, {"email": delegate.email}, "PUT").status_code == 422
    assert holder.send(path, {"email": citizen.email}, "PUT").status_code == 204
    coordinator = Program(client, make, everybody["coordinator"])
    assert coordinator.send(path, method="DELETE").status_code == 403


def test_the_desk_names_a_substitute_for_an_association_but_never_itself(
    client: FlaskClient, make: Factory
) -> None:
    table, association = make.table(), make.organisation()
    mandate = make.mandate(make.person(), association)
    run(make, SYSTEM, take_seat, table_id=table.id, organisation_id=association.id)
    sitting, coordinator = make.sitting(table), make.holder(Role.COORDINATOR, table.id)
    desk = Program(client, make, coordinator)
    path = f"/sittings/{sitting.id}/mandates/{mandate.id}/substitute"
    own = person_of(make, coordinator).email
    assert desk.send(path, {"email": own}, "PUT").status_code == 422
    assert desk.send(path, {"email": make.person().email}, "PUT").status_code == 204


def _colleague(make: Factory, union: Organisation) -> Actor:
    person = make.person()
    make.mandate(person, union)
    return make.actor(person)


# --- one zone is nothing to another ---


def test_a_mandate_of_another_zone_shows_nothing(client: FlaskClient, make: Factory) -> None:
    admin, abroad = make.holder(Role.ADMINISTRATOR), Factory(make.database)
    stranger = abroad.person(display_name="Zeno Bassi")
    mandate = abroad.mandate(stranger, abroad.organisation(Category.UNION))
    proposed = give(abroad, abroad.holder(Role.PLAN_OFFICE), abroad.organisation(Category.UNION),
                    stranger)  # fmt: skip
    page = make.sign_in(client, admin).get(f"{MANDATES}/{mandate.id}/fine")
    assert (page.status_code, "Zeno Bassi" in page.text) == (404, False)
    for command in (confirm_mandate, turn_mandate_down):
        with pytest.raises(NotAllowed):
            run(make, admin, command, mandate_id=proposed.id)
    with pytest.raises(NotAllowed):
        run(make, admin, end_mandate, mandate_id=mandate.id, ends_on=clock.today())


def test_a_role_at_a_table_of_another_zone_is_refused(make: Factory) -> None:
    abroad = Factory(make.database).table()
    role = {"email": make.person().email, "role": Role.FACILITATOR, "table_id": abroad.id}
    with pytest.raises(Invalid) as refused:
        run(make, make.holder(Role.ADMINISTRATOR), give_role, zone_id=make.zone.id, **role)
    assert list(refused.value.fields) == ["table_id"]


def test_the_desk_finds_and_lets_in_those_of_its_zone_or_by_their_address(
    client: FlaskClient, make: Factory
) -> None:
    abroad = Factory(make.database)
    stranger = abroad.person(display_name="Zeno Bassi")
    abroad.mandate(stranger, abroad.organisation())
    sitting = make.sitting()
    chair = make.presided(sitting)
    make.sign_in(client, chair)
    desk = f"/sedute/{sitting.id}/banco"
    assert "Zeno Bassi" not in client.get(f"{desk}?cerca=zeno").text
    with pytest.raises(NotFound):  # nor by trying numbers
        run(make, chair, check_in, sitting_id=sitting.id, person_id=stranger.id)
    assert "Zeno Bassi" in client.get(f"{desk}?cerca={(stranger.email or '').upper()}").text
    let_in = {"sitting_id": sitting.id, "person_id": stranger.id, "email": stranger.email}
    run(make, chair, check_in, **let_in)
    run(make, chair, check_in, sitting_id=sitting.id, person_id=stranger.id)
    assert "Zeno Bassi" in client.get(f"{desk}?cerca=zeno").text
    known = [abroad.delegate(), make.delegate(), make.holder(Role.PLAN_OFFICE), make.citizen()]
    make.proposal(author=known[3])
    for actor in known[1:]:
        run(make, chair, check_in, sitting_id=sitting.id, person_id=actor.person_id)
    with pytest.raises(NotFound):
        run(make, chair, check_in, sitting_id=sitting.id, person_id=known[0].person_id)


# --- rehearsals ---


def test_a_rehearsal_is_not_found_by_counting(client: FlaskClient, make: Factory) -> None:
    sitting = make.sitting()
    chair = make.holder(Role.FACILITATOR, sitting.table_id)
    rehearsal = run(make, chair, start_rehearsal, sitting_id=sitting.id)
    assert client.get(f"/api/v1/sittings/{rehearsal.id}/room").status_code == 200
    for guess in (EPHEMERAL_FROM, EPHEMERAL_FROM + 1, rehearsal.id - 1, rehearsal.id + 1):
        assert client.get(f"/api/v1/sittings/{guess}/room").status_code == 404
        with pytest.raises(NotFound):
            run(make, make.citizen(), enter_sitting, sitting_id=guess)
    assert f"/sedute/{rehearsal.id}" not in client.get(f"/sedute/{sitting.id}").text


def test_ids_of_rehearsals_are_drawn_from_all_that_browsers_read_exactly() -> None:
    drawn = [draw_rehearsal_id() for _ in range(200)]
    assert len(set(drawn)) == len(drawn)
    assert all(EPHEMERAL_FROM <= number < 2**53 - 10**5 for number in drawn)
    assert max(drawn) - min(drawn) > 2**50


# --- votes counted in the room ---


def enter_votes(make: Factory, actor: Actor, poll_id: int, votes: int, choice: str = "yes") -> Any:
    """What somebody's count of the room gives."""
    return run(make, actor, count_in_room, poll_id=poll_id, choice=choice, votes=votes)


def test_nobody_alone_counts_more_votes_than_the_hall_holds(
    client: FlaskClient, make: Factory
) -> None:
    sitting = make.sitting()
    chair = make.presided(sitting)
    hall, online = [make.citizen() for _ in range(3)], make.present(sitting)
    for one in hall:
        email = person_of(make, one).email
        run(make, chair, check_in, sitting_id=sitting.id, person_id=one.person_id, email=email)
    poll = run(make, chair, open_poll, sitting_id=sitting.id, question="Shall we?")
    run(make, online, cast_ballot, poll_id=poll.id, choice="no")
    run(make, hall[0], cast_ballot, poll_id=poll.id, choice="no")
    assert enter_votes(make, chair, poll.id, 2).waiting == []  # two are left in the hall
    sent = {"choice": "yes", "votes": 1_000_000}
    over_rest = Program(client, make, chair)
    assert over_rest.send(f"/polls/{poll.id}/room-votes", sent, "PUT").status_code == 204
    assert enter_votes(make, chair, poll.id, 1_000_000).waiting == ["yes"]  # the same one again
    with make.session() as session:
        shown = session.get_one(type(poll), poll.id)
        assert (votes_cast(session, shown), electorate_of(session, shown)) == (2, 4)
    for closing in (close_poll, close_sitting):
        whole = {"sitting_id": sitting.id, "count_poll": True}
        place = {"poll_id": poll.id} if closing is close_poll else whole
        with pytest.raises(Conflict, match="second person"):
            run(make, chair, closing, **place)
    for nobody in (make.holder(Role.PLAN_OFFICE), make.holder(Role.ADMINISTRATOR), hall[1]):
        with pytest.raises(NotAllowed):
            enter_votes(make, nobody, poll.id, 1_000_000)
    enter_votes(make, chair, poll.id, 2)
    closed = run(make, chair, close_poll, poll_id=poll.id)
    assert closed.result["tally"] == {"yes": 2, "no": 2, "abstain": 0}
    assert closed.result["room_confirmed"] == "hall"


def test_two_who_count_the_same_are_believed_and_the_minutes_say_so(make: Factory) -> None:
    sitting = make.sitting()
    chair, desk = make.presided(sitting), make.holder(Role.COORDINATOR, sitting.table_id)
    poll = run(make, chair, open_poll, sitting_id=sitting.id, question="Shall we?")
    enter_votes(make, chair, poll.id, 40)
    assert enter_votes(make, desk, poll.id, 41).waiting == ["yes"]  # another number replaces it
    assert enter_votes(make, desk, poll.id, 41).waiting == ["yes"]
    assert enter_votes(make, chair, poll.id, 41).waiting == []
    enter_votes(make, chair, poll.id, 3, "no")
    with pytest.raises(Conflict):
        run(make, chair, close_poll, poll_id=poll.id)
    assert enter_votes(make, desk, poll.id, 3, "no").waiting == []
    run(make, chair, close_sitting, sitting_id=sitting.id, count_poll=True)
    (row,) = make.minutes(sitting).facts["outside"]["polls"]
    assert row["voters"] == 44
    assert "inseriti da due persone" in row["grounds"]


def test_where_organisations_vote_the_hall_holds_theirs(make: Factory) -> None:
    sitting = make.sitting()
    chair = make.presided(sitting)
    light, heavy = make.seated(sitting.table_id), make.seated(sitting.table_id)
    for organisation in (light, light, heavy):
        person = make.person()
        make.mandate(person, organisation)
        run(make, chair, check_in, sitting_id=sitting.id, person_id=person.id)
    for franchise, votes, weights in (
        (Franchise.ORGANISATIONS, 2, {}),
        (Franchise.WEIGHTS, 7, {light.id: 2, heavy.id: 5}),
    ):
        rules = Rules(franchise=franchise)
        asked = {"question": "Shall we?", "rules": rules, "weights": weights}
        poll = run(make, chair, open_poll, sitting_id=sitting.id, **asked)
        assert enter_votes(make, chair, poll.id, votes).waiting == []
        with pytest.raises(Invalid, match="at most"):  # there are no more at the table
            enter_votes(make, chair, poll.id, votes + 1)
        enter_votes(make, chair, poll.id, 0)
        run(make, chair, close_poll, poll_id=poll.id)


# --- names of those present ---


def test_one_rule_says_who_is_named_wherever_attendance_is_read(
    app: Flask, client: FlaskClient, make: Factory
) -> None:
    """A visitor reads of delegates, of the chair, and of who asks for the floor; not of others."""
    sitting = make.sitting()
    chair = make.presided(sitting)
    silent = make.actor(make.person(display_name="Zeno Silente"))
    speaker, delegate = make.citizen(), make.delegate()
    for actor in (silent, speaker, delegate):
        make.present(sitting, actor)
    run(make, speaker, raise_hand, sitting_id=sitting.id)
    moment = clock.in_rome(clock.now() + timedelta(seconds=1)).strftime("%Y-%m-%dT%H:%M:%S")
    api, pages = f"/api/v1/sittings/{sitting.id}", f"/sedute/{sitting.id}"
    everywhere = [
        f"{api}/room",
        f"{api}/attendance",
        pages,
        f"{pages}/presenze",
        f"{pages}/presenze?momento={moment}",
    ]
    public = {actor.display_name for actor in (chair, speaker, delegate)}
    insider = make.sign_in(app.test_client(), speaker)
    for address in everywhere:
        page = client.get(address).text
        assert all(name in page for name in public), address
        assert "Zeno Silente" not in page, address
    assert client.get(f"{api}/attendance").json["count"] == 4
    assert "Zeno Silente" in insider.get(f"{pages}/presenze").text
