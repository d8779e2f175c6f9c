"""Proxies on the page, over REST, by name in an open vote, and in the minutes."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html

from consultazione.core.actor import Actor, Role
from consultazione.minutes.compose.document import compose
from consultazione.minutes.gather import gather
from consultazione.people.models import Person
from consultazione.sittings.attendance.roll import roll_of
from consultazione.sittings.delegating.commands import withdraw_proxy
from consultazione.sittings.lifecycle.commands.opening import close_sitting
from consultazione.sittings.polls.commands.ballots import cast_ballot
from consultazione.sittings.polls.commands.polls import close_poll
from consultazione.sittings.polls.models import Poll
from consultazione.sittings.polls.open_votes.by_name import voters_in_order
from consultazione.sittings.polls.open_votes.silent import silent_at
from consultazione.sittings.proxies.models import Proxy
from consultazione.sittings.queries import get_sitting
from consultazione.tables.rights.commands import accredit_person, change_table_rule
from consultazione.tables.rules import TableRule, Who
from tests.support.factories import Factory
from tests.support.proxies import ACT, BY_ORGANISATION, BY_PERSON, Table
from tests.support.rest_program import Program
from tests.support.translated import reading


@pytest.fixture
def table(make: Factory) -> Table:
    return Table(make)


def page_of(client: FlaskClient, table: Table, actor: Actor) -> str:
    """The page of the proxies, as somebody sees it."""
    table.make.sign_in(client, actor)
    return client.get(f"/sedute/{table.sitting.id}/deleghe").text


def send(client: FlaskClient, table: Table, actor: Actor, where: str, **fields: str) -> Any:
    """Send a form of the page."""
    table.make.sign_in(client, actor)
    return client.post(f"/sedute/{table.sitting.id}/deleghe{where}", data=fields)


def test_who_has_a_vote_gives_and_withdraws_it_on_the_page(
    client: FlaskClient, table: Table
) -> None:
    anna, bruno = table.delegate(), table.delegate()
    sent = send(client, table, anna, "/mia", holder=table.email(bruno), written_act=ACT)
    assert sent.status_code == 303
    with table.make.session() as session:
        proxy = session.query(Proxy).one()
    assert ACT in page_of(client, table, bruno)
    assert ACT not in page_of(client, table, table.delegate())
    assert "/ritira" not in page_of(client, table, bruno)
    assert f"/deleghe/{proxy.id}/ritira" in page_of(client, table, anna)
    client.post(f"/deleghe/{proxy.id}/ritira")
    assert table.again(proxy).ended_at is not None
    assert "ritirata" in page_of(client, table, anna)


def test_the_desk_registers_for_others_and_nobody_else(client: FlaskClient, table: Table) -> None:
    anna, bruno = table.delegate(), table.delegate()
    fields = {"giver": table.email(anna), "holder": table.email(bruno), "written_act": ACT}
    assert send(client, table, bruno, "", **fields).status_code == 403
    desk = table.make.holder(Role.FACILITATOR, table.table.id)
    assert "field-giver" not in page_of(client, table, bruno)
    assert send(client, table, desk, "", **fields).status_code == 303
    assert ACT in page_of(client, table, desk)


def test_who_leads_the_table_gets_no_form_that_would_be_refused(
    client: FlaskClient, table: Table
) -> None:
    page = page_of(client, table, table.make.holder(Role.FACILITATOR, table.table.id))
    assert "/deleghe/mia" not in page
    assert "non ha diritto di voto" in page


def test_a_refusal_names_its_field_and_loses_nothing(client: FlaskClient, table: Table) -> None:
    anna = table.delegate()
    answer = send(client, table, anna, "/mia", holder="nobody@example.org", written_act=ACT)
    assert answer.status_code == 422
    tree = html.fromstring(answer.text)
    assert tree.xpath("//a[@href='#field-holder']")
    assert tree.xpath("//input[@name='written_act']/@value") == [ACT]


def test_a_table_without_proxies_says_so_and_offers_none(
    client: FlaskClient, make: Factory
) -> None:
    table = Table(make, proxies=0)
    page = page_of(client, table, table.delegate())
    assert "non ammette deleghe" in page
    assert 'name="holder"' not in page
    assert "deleghe" not in client.get(f"/sedute/{table.sitting.id}").text


def test_the_vote_of_a_person_is_not_named_to_others(client: FlaskClient, table: Table) -> None:
    """Whoever comes for themselves is only counted, here as in the roll."""
    office = table.make.holder(Role.PLAN_OFFICE)
    rule = TableRule(vote=Who.ACCREDITED, proxies=1)
    table.run(change_table_rule, office, table_id=table.table.id, rule=rule)
    carla = table.make.person(display_name="Carla Neri")
    table.run(
        accredit_person, office, table_id=table.table.id, email=carla.email or "", reason="Act 1"
    )
    table.give(table.make.actor(carla), table.delegate())
    assert "Carla Neri" in page_of(client, table, table.make.actor(carla))
    other = page_of(client, table, table.delegate())
    assert "Carla Neri" not in other
    assert "qui non è nominata" in other


def voted(table: Table, *, casts: bool = True, person: bool = False) -> tuple[Actor, Actor, Poll]:
    """Giver and holder, and a closed poll in which the holder was there."""
    anna, bruno = table.delegate(), table.delegate()
    table.give(anna, bruno)
    chair = table.make.presided(table.sitting)
    table.come(bruno)
    poll = table.ask(chair, BY_PERSON if person else BY_ORGANISATION)
    if casts:
        table.run(cast_ballot, bruno, poll_id=poll.id, choice="yes")
    table.run(close_poll, chair, poll_id=poll.id)
    table.run(close_sitting, chair, sitting_id=table.sitting.id)
    return anna, bruno, poll


def name(table: Table, actor: Actor) -> str:
    """Somebody's name."""
    with table.make.session() as session:
        return session.get_one(Person, actor.person_id).display_name


def test_an_open_vote_names_who_voted_for_whom(table: Table) -> None:
    anna, bruno, poll = voted(table)
    with table.make.session() as session, reading("it"):
        names = [one.name for one in voters_in_order(session, poll, limit=9)]
    assert any(
        one.startswith(f"{name(table, bruno)} per delega di {name(table, anna)} (") for one in names
    )
    assert any(one.startswith(f"{name(table, bruno)} (") for one in names)


@pytest.mark.parametrize("person", [False, True])
def test_who_was_represented_without_a_vote_is_named(table: Table, person: bool) -> None:
    anna, bruno, poll = voted(table, casts=False, person=person)
    by_proxy = f"{name(table, bruno)} per delega di {name(table, anna)}"
    with table.make.session() as session, reading("it"):
        silent = silent_at(session, session.get_one(Poll, poll.id)).named
        told = compose(gather(session, table.sitting.id))["outside"]["polls"][0]
    assert any(one.startswith(by_proxy) for one in silent)
    assert len(silent) == 2
    held = [one for one in told["silent"] if one.get("by_proxy")]
    assert [one["person"] for one in held] == [name(table, anna)]
    assert len(told["silent"]) == 2


def test_the_minutes_list_the_proxies_and_their_votes(table: Table) -> None:
    anna, bruno, _poll = voted(table)
    with table.make.session() as session:
        told = compose(gather(session, table.sitting.id))
    (row,) = told["proxies"]
    assert (row["person"], row["holder"], row["act"]) == (
        name(table, anna), name(table, bruno), ACT,
    )  # fmt: skip
    (vote,) = told["outside"]["polls"][0]["by_name"]
    assert {(one["person"], one.get("by_proxy")) for one in vote["voters"]} == {
        (name(table, anna), name(table, bruno)),
        (name(table, bruno), None),
    }


def test_an_organisation_represented_by_proxy_is_not_absent(table: Table) -> None:
    voted(table)
    with table.make.session() as session:
        told = compose(gather(session, table.sitting.id))["attendance"]
        roll = roll_of(session, get_sitting(session, table.sitting.id))
    assert sorted(row["mark"] for row in told["rows"] if row["organisation"]) == ["D", "P"]
    assert told["absent"] == 0
    assert sorted(seat.mark.value for seat in roll.marks) == ["D", "P"]


def test_the_minutes_leave_out_what_was_withdrawn_before(table: Table) -> None:
    anna, bruno = table.delegate(), table.delegate()
    proxy = table.give(anna, bruno)
    table.run(withdraw_proxy, anna, proxy_id=proxy.id)
    chair = table.make.presided(table.sitting)
    table.run(close_sitting, chair, sitting_id=table.sitting.id)
    with table.make.session() as session:
        assert "proxies" not in compose(gather(session, table.sitting.id))


def test_the_minutes_say_why_a_proxy_ended(table: Table) -> None:
    anna, bruno = table.delegate(), table.delegate()
    table.give(anna, bruno)
    chair = table.make.presided(table.sitting)
    table.come(anna)
    table.run(close_sitting, chair, sitting_id=table.sitting.id)
    with table.make.session() as session:
        (row,) = compose(gather(session, table.sitting.id))["proxies"]
    assert "è in seduta" in row["ended"]


def test_over_rest(client: FlaskClient, table: Table) -> None:
    anna, bruno = table.delegate(), table.delegate()
    program, at = Program(client, table.make, anna), f"/sittings/{table.sitting.id}/proxies"
    given = program.send(at, {"holder": table.email(bruno), "written_act": ACT})
    assert given.status_code == 201
    shown = program.send(at, method="GET").json
    assert (shown["most"], [one["written_act"] for one in shown["proxies"]]) == (1, [ACT])
    told = Program(client, table.make, table.delegate()).send(at, method="GET").json
    assert [one["written_act"] for one in told["proxies"]] == [None]
    gone = f"/proxies/{given.json['id']}"
    assert Program(client, table.make, bruno).send(gone, method="DELETE").status_code == 403
    assert program.send(gone, method="DELETE").status_code == 204
    proxy = table.give(anna, bruno)
    _chair, poll = table.open()
    table.come(bruno)
    ballot = {"choice": "yes", "by_proxy": {str(proxy.id): "no"}}
    holder = Program(client, table.make, bruno)
    assert holder.send(f"/polls/{poll.id}/ballot", ballot, "PUT").status_code == 204
    assert table.ballots(poll)[anna.person_id or 0] == ("no", proxy.id)
