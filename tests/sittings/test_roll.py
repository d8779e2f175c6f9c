"""The roll: marks, excuses, substitutes, and presence at a moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from consultazione.core import clock
from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.minutes.gather import gather
from consultazione.people.commands.mandates import end_mandate
from consultazione.people.models import Category, Mandate, Organisation, Person
from consultazione.sittings.attendance.commands.excuses import (
    excuse,
    name_substitute,
    withdraw_excuse,
    withdraw_substitute,
)
from consultazione.sittings.attendance.commands.presence import enter_sitting, leave_sitting
from consultazione.sittings.attendance.marks import Came, Mark, mark_all
from consultazione.sittings.attendance.register import register_of
from consultazione.sittings.attendance.roll import roll_of
from consultazione.sittings.floor.commands.hands import raise_hand
from consultazione.sittings.floor.models import Hand, HandState
from consultazione.sittings.lifecycle.commands.opening import close_sitting, open_sitting
from consultazione.sittings.models import Sitting
from consultazione.sittings.polls.commands.ballots import cast_ballot
from consultazione.sittings.polls.commands.polls import open_poll
from consultazione.sittings.polls.queries import votes_of
from consultazione.sittings.polls.rules import Franchise, Rules
from consultazione.tables.commands import take_seat
from consultazione.tables.seats.commands import give_seat_back
from tests.support.factories import Factory
from tests.support.rest_program import Program

ANNA, BRUNO, CARLA = 1, 2, 3
AUSER = 11
P, A, G, D = Mark.PRESENT, Mark.ABSENT, Mark.EXCUSED, Mark.BY_DELEGATE


@pytest.mark.parametrize(
    ("came", "excuses", "mark", "delegates"),
    [
        ([], set(), A, [A, A]),
        ([], {(AUSER, None)}, G, [G, G]),
        ([], {(AUSER, ANNA)}, A, [G, A]),
        ([], {(AUSER, ANNA), (AUSER, BRUNO)}, G, [G, G]),
        ([(AUSER, ANNA, ANNA)], {(AUSER, BRUNO)}, P, [P, G]),
        ([(AUSER, CARLA, ANNA)], set(), D, [D, A]),
        ([(AUSER, CARLA, ANNA)], {(AUSER, None)}, D, [D, G]),
        ([(AUSER, CARLA, ANNA), (AUSER, ANNA, ANNA)], set(), P, [P, A]),
        ([(12, ANNA, ANNA)], set(), A, [A, A]),  # came for another organisation
    ],
)
def test_marks(
    came: list[tuple[int, int, int]],
    excuses: set[tuple[int, int | None]],
    mark: Mark,
    delegates: list[Mark],
) -> None:
    (marked,) = mark_all({AUSER: [ANNA, BRUNO]}, [Came(*row) for row in came], excuses, set())
    assert (marked.mark, list(marked.delegates.values())) == (mark, delegates)


@pytest.mark.parametrize(
    ("came", "mark", "delegates"), [([], D, [D, G]), ([(AUSER, BRUNO, BRUNO)], P, [D, P])]
)
def test_who_gave_their_proxy_is_present_by_it(
    came: list[tuple[int, int, int]], mark: Mark, delegates: list[Mark]
) -> None:
    arrivals, given = [Came(*row) for row in came], {(AUSER, ANNA)}
    (marked,) = mark_all({AUSER: [ANNA, BRUNO]}, arrivals, {(AUSER, None)}, given)
    assert (marked.mark, list(marked.delegates.values())) == (mark, delegates)


def test_an_organisation_without_a_delegate() -> None:
    (marked,) = mark_all({AUSER: []}, [], set(), set())
    assert (marked.mark, marked.delegates) == (A, {})


@dataclass
class Table:
    """A sitting of a table where one organisation has a seat, with one delegate."""

    make: Factory
    organisation: Organisation
    delegate: Person
    mandate: Mandate
    sitting: Sitting
    chair: Actor

    @property
    def anna(self) -> Actor:
        return self.make.actor(self.delegate)

    def run(self, command: Callable[..., Any], actor: Actor, **fields: Any) -> Any:
        with self.make.database.transaction(actor) as tx:
            return command(tx, sitting_id=self.sitting.id, **fields)

    def excuse(self, actor: Actor, **fields: Any) -> Any:
        return self.run(excuse, actor, organisation_id=self.organisation.id, **fields)

    def substitute(self, actor: Actor, person: Person) -> Any:
        fields = {"mandate_id": self.mandate.id, "email": person.email or ""}
        return self.run(name_substitute, actor, **fields)

    def mark(self) -> tuple[str, list[str]]:
        """Return the organisation's mark, and those of its delegates."""
        with self.make.session() as session:
            sitting = session.get_one(Sitting, self.sitting.id)
            marked = roll_of(session, sitting).of(self.organisation.id)
        assert marked is not None
        return marked.mark.value, [mark.value for mark in marked.delegates.values()]


@pytest.fixture
def table(make: Factory) -> Table:
    return table_of(make, Category.UNION)


def table_of(make: Factory, category: Category) -> Table:
    thematic, organisation, person = make.table(), make.organisation(category), make.person()
    mandate = make.mandate(person, organisation)
    with make.database.transaction(SYSTEM) as tx:
        take_seat(tx, table_id=thematic.id, organisation_id=organisation.id)
    chair = make.holder(Role.FACILITATOR, thematic.id)
    return Table(make, organisation, person, mandate, make.sitting(thematic), chair)


def test_later_changes_of_seats_leave_the_roll_of_a_closed_sitting(table: Table) -> None:
    chair = table.make.presided(table.sitting)
    table.run(close_sitting, chair)
    late = table.make.organisation()
    with table.make.database.transaction(table.make.holder(Role.PLAN_OFFICE)) as tx:
        at = {"table_id": table.sitting.table_id}
        give_seat_back(tx, **at, organisation_id=table.organisation.id, reason="It left.")
        take_seat(tx, **at, organisation_id=late.id)
    assert table.mark() == ("A", ["A"])
    with table.make.session() as session:
        roll = roll_of(session, session.get_one(Sitting, table.sitting.id))
        seated = gather(session, table.sitting.id).names.seated
    assert [marked.organisation_id for marked in roll.marks] == [table.organisation.id]
    assert seated == [table.organisation.id]


def test_a_delegate_excuses_themselves_and_thinks_better_of_it(table: Table) -> None:
    own = {"person_id": table.delegate.id}
    for _ in range(2):  # idempotent
        table.excuse(table.anna, reason="Ill", **own)
    assert table.mark() == ("G", ["G"])
    table.run(withdraw_excuse, table.anna, organisation_id=table.organisation.id, **own)
    assert table.mark() == ("A", ["A"])
    table.run(open_sitting, table.chair)
    table.excuse(table.chair)
    table.run(enter_sitting, table.anna)
    assert table.mark() == ("P", ["P"])


def test_refused_excuses(table: Table) -> None:
    make, other = table.make, table.make.organisation()
    second = make.person()
    make.mandate(second, table.organisation)
    with pytest.raises(NotAllowed):
        table.excuse(make.citizen())
    with pytest.raises(NotAllowed):  # a delegate excuses only themselves or the organisation
        table.excuse(table.anna, person_id=second.id)
    with pytest.raises(NotAllowed):  # a facilitator of another table
        table.excuse(make.holder(Role.FACILITATOR, make.table().id))
    with pytest.raises(NotFound):
        table.excuse(table.chair, person_id=make.person().id)
    with pytest.raises(NotFound):
        table.run(excuse, table.chair, organisation_id=other.id)
    table.run(open_sitting, table.chair)
    table.run(close_sitting, table.chair)
    with pytest.raises(Conflict):
        table.excuse(table.chair)


def test_a_substitute_speaks_and_votes_for_the_organisation_here_alone(table: Table) -> None:
    make, person = table.make, table.make.person()
    table.substitute(table.anna, person)
    assert table.mark() == ("A", ["A"])
    table.run(open_sitting, table.chair)
    table.run(enter_sitting, make.actor(person))
    assert table.mark() == ("D", ["D"])
    rules = Rules(franchise=Franchise.ORGANISATIONS)
    poll = table.run(open_poll, table.chair, question="Shall we?", rules=rules)
    with make.database.transaction(make.actor(person)) as tx:
        ballot = cast_ballot(tx, poll_id=poll.id, choice="yes")
    assert (ballot.organisation_id, ballot.category) == (table.organisation.id, Category.UNION)
    assert Role.UNION_DELEGATE not in make.actor(person).roles(make.zone.id, None)
    elsewhere = make.sitting()
    make.presided(elsewhere)
    with make.database.transaction(make.actor(person)) as tx:
        assert enter_sitting(tx, sitting_id=elsewhere.id).mandate_id is None


def test_a_substitute_has_no_more_than_the_mandate(table: Table) -> None:
    make, person = table.make, table.make.person()
    table.substitute(table.anna, person)
    yesterday = clock.today() - timedelta(days=1)
    with make.database.transaction(SYSTEM) as tx:
        end_mandate(tx, mandate_id=table.mandate.id, ends_on=yesterday)
    table.run(open_sitting, table.chair)
    assert table.run(enter_sitting, make.actor(person)).mandate_id is None


def test_who_is_in_the_sitting_already_comes_in_anew(make: Factory) -> None:
    table, person = table_of(make, Category.VOLUNTEERING), make.person()
    table.run(open_sitting, table.chair)
    table.run(enter_sitting, table.make.actor(person))
    hand = table.run(raise_hand, table.make.actor(person))
    with pytest.raises(Conflict):  # only the desk may name somebody who is present
        table.substitute(table.anna, person)
    with table.make.session() as session:
        assert session.get_one(Hand, hand.id).state is HandState.RAISED
    table.substitute(table.chair, person)
    with table.make.session() as session:
        register = register_of(session, table.sitting.id).rows
        stays = [(row.mark.value, row.organisation) for row in register]
    assert stays[1:] == [("P", None), ("D", table.organisation.name)]
    with pytest.raises(Conflict):
        table.run(withdraw_substitute, table.chair, mandate_id=table.mandate.id)
    table.run(leave_sitting, table.make.actor(person))
    table.run(withdraw_substitute, table.chair, mandate_id=table.mandate.id)
    with pytest.raises(NotFound):
        table.run(withdraw_substitute, table.chair, mandate_id=2**40)


def test_refused_substitutes(table: Table) -> None:
    make, person = table.make, table.make.person()
    delegate = make.person()
    make.mandate(delegate, make.organisation())
    with pytest.raises(NotAllowed):
        table.substitute(make.citizen(), person)
    with pytest.raises(Invalid) as refused:
        table.substitute(table.anna, delegate)
    assert "email" in refused.value.fields
    second = make.mandate(colleague := make.person(), table.organisation)
    table.substitute(table.anna, person)
    with pytest.raises(Invalid):  # one person speaks for one organisation
        table.run(name_substitute, make.actor(colleague), mandate_id=second.id, email=person.email)


def test_who_was_there_when(table: Table) -> None:
    table.run(open_sitting, table.chair)
    before = clock.now()
    table.run(enter_sitting, table.anna)
    table.run(open_poll, table.chair, question="Shall we?")
    during = clock.now()
    table.run(leave_sitting, table.anna)
    after = clock.now()
    name = table.anna.display_name
    with table.make.session() as session:
        of = [
            register_of(session, table.sitting.id, during=(at, at))
            for at in (before, during, after)
        ]
        (vote,) = votes_of(session, table.sitting.id)
        voters = register_of(session, table.sitting.id, during=(vote.poll.opened_at, None))
    there = [name in {row.name for row in page.rows} for page in of]
    assert there == [False, True, False]
    assert [page.count for page in of] == [1, 2, 1]
    assert name in {row.name for row in voters.rows}
    assert vote.count == voters.count == 2


def test_the_pages(client: FlaskClient, table: Table) -> None:
    make, path = table.make, f"/sedute/{table.sitting.id}/presenze"
    own, name = f"{path}/{table.organisation.id}", table.delegate.display_name
    assert name not in client.get(path).text
    assert client.get(own).status_code == 302
    assert make.sign_in(client, make.citizen()).get(own).status_code == 403
    make.sign_in(client, table.anna)
    assert own in client.get(f"/sedute/{table.sitting.id}").text
    posted = {"person_id": table.delegate.id, "reason": "Influenza"}
    page = client.post(f"{own}/giustifica", data=posted, follow_redirects=True).text
    assert "Motivo: Influenza" in page
    client.post(f"{own}/attesa", data=posted)
    assert table.mark() == ("A", ["A"])
    wrong = client.post(f"{own}/deleghe/{table.mandate.id}", data={"email": "nobody@example.org"})
    assert wrong.status_code == 422
    assert "nobody@example.org" in wrong.text
    email = {"email": make.person(display_name="Zeno Bassi").email}
    done = client.post(f"{own}/deleghe/{table.mandate.id}", data=email, follow_redirects=True)
    assert "Zeno Bassi" in done.text
    client.post(f"{own}/deleghe/{table.mandate.id}/ritira")
    make.sign_in(client, table.chair)
    assert name in client.get(f"/sedute/{table.sitting.id}/banco").text
    assert client.get(f"{path}/999").status_code == 404


def test_the_history_shows_names_to_those_who_were_there(client: FlaskClient, table: Table) -> None:
    make, path = table.make, f"/sedute/{table.sitting.id}/presenze"
    table.run(open_sitting, table.chair)
    table.run(enter_sitting, table.anna)
    moment = clock.in_rome(clock.now() + timedelta(seconds=1)).strftime("%Y-%m-%dT%H:%M:%S")
    listed = f"<li><span>{table.anna.display_name} "
    assert "presenti 2" in client.get(f"{path}?momento={moment}").text
    silent = table.make.citizen()
    table.run(enter_sitting, silent)
    assert silent.display_name not in client.get(f"{path}?momento={moment}").text
    assert make.sign_in(client, table.anna).get(f"{path}?momento={moment}").text.count(listed) == 1
    poll = table.run(open_poll, table.chair, question="Shall we?")
    assert listed not in client.get(path).text
    assert client.get(f"{path}?voto={poll.id}").text.count(listed) == 1
    assert "per esempio 2018-02-05T17:30" in client.get(f"{path}?momento=yesterday").text


def test_over_rest(client: FlaskClient, table: Table) -> None:
    make, at = table.make, f"/sittings/{table.sitting.id}"
    person, anna = make.person(), Program(client, make, table.anna)
    excused = f"{at}/roll/{table.organisation.id}/excuse"
    assert anna.send(excused, {"reason": "Away"}, "PUT").status_code == 204
    assert [row["mark"] for row in anna.send(f"{at}/roll", method="GET").json] == ["G"]
    assert anna.send(excused, method="DELETE").status_code == 204
    named = f"{at}/mandates/{table.mandate.id}/substitute"
    assert anna.send(named, {"email": person.email}, "PUT").status_code == 204
    assert anna.send(named, method="DELETE").status_code == 204
    table.run(open_sitting, table.chair)
    table.run(enter_sitting, table.anna)
    persons = anna.send(f"{at}/attendance", method="GET").json["persons"]
    assert [(row["mark"], len(row["stays"])) for row in persons] == [("P", 1), ("P", 1)]
    past = anna.send(f"{at}/attendance?at=2018-01-01T10:00:00Z", method="GET").json
    assert (past["count"], past["quorum"]) == (0, None)
    told = Program(client, make, make.citizen()).send(f"{at}/attendance", method="GET").json
    assert (told["count"], told["quorum"], told["next"]) == (2, None, None)
    assert [person["mark"] for person in told["persons"]] == ["P", "P"]
