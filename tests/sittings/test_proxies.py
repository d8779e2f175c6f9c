"""Proxies: who gives and holds them, what ends them, and that a vote is cast once."""

from __future__ import annotations

from typing import Any

import pytest

from consultazione.core import clock
from consultazione.core.actor import Actor, Role
from consultazione.core.errors import Conflict, Invalid, NotAllowed, Refusal
from consultazione.people.models import Category
from consultazione.people.queries import valid_mandates
from consultazione.sittings.attendance.commands.excuses import name_substitute
from consultazione.sittings.attendance.commands.presence import enter_sitting, leave_sitting
from consultazione.sittings.delegating.commands import give_proxy, withdraw_proxy
from consultazione.sittings.models import Sitting
from consultazione.sittings.polls.commands.ballots import cast_ballot
from consultazione.sittings.polls.commands.polls import close_poll
from consultazione.sittings.polls.models import Ballot, Poll
from consultazione.sittings.polls.rules import Franchise, Rules
from consultazione.sittings.polls.snapshot import poll_snapshots
from consultazione.sittings.polls.voters.electorate import count_electorate, electorate_of
from consultazione.sittings.proxies.models import ProxyEnd
from consultazione.sittings.quorums.headcount import Headcount
from consultazione.tables.rights.commands import change_table_rule
from consultazione.tables.rules import TableRule, Who
from tests.support.at_once import at_once
from tests.support.factories import Factory
from tests.support.meeting import Meeting
from tests.support.proxies import ACT, BY_ORGANISATION, BY_PERSON, Table
from tests.support.statements import statements


@pytest.fixture
def table(make: Factory) -> Table:
    return Table(make)


def refused(table: Table, giver: Actor, holder: Actor, by: Actor | None = None) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        table.give(giver, holder, by)
    return refusal.value


def test_one_gesture_casts_ones_own_vote_and_the_proxy(table: Table) -> None:
    anna, bruno = table.delegate(), table.delegate()
    proxy = table.give(anna, bruno)
    chair, poll = table.open()
    table.come(bruno)
    table.run(cast_ballot, bruno, poll_id=poll.id, choice="yes")
    assert table.ballots(poll) == {
        anna.person_id: ("yes", proxy.id),
        bruno.person_id: ("yes", None),
    }
    table.run(cast_ballot, bruno, poll_id=poll.id, choice="yes", by_proxy={proxy.id: "no"})
    assert table.ballots(poll)[anna.person_id or 0] == ("no", proxy.id)
    table.run(close_poll, chair, poll_id=poll.id)
    with table.make.session() as session:
        (shown,) = poll_snapshots(session, table.sitting.id)
    assert (shown["cast"], shown["electorate"], shown["represented"]) == (2, 2, 1)


def test_a_table_without_the_rule_takes_no_proxies(make: Factory) -> None:
    table = Table(make, proxies=0)
    assert isinstance(refused(table, table.delegate(), table.delegate()), Conflict)


def test_nobody_holds_more_than_the_rule_says(table: Table) -> None:
    holder = table.delegate()
    table.give(table.delegate(), holder)
    refusal = refused(table, table.delegate(), holder)
    assert isinstance(refusal, Invalid)
    assert "at most 1" in str(refusal.fields["holder"])


def test_what_is_held_is_not_passed_on(table: Table) -> None:
    anna, bruno, carla = (table.delegate() for _ in range(3))
    table.give(anna, bruno)
    onward = refused(table, bruno, carla)
    assert isinstance(onward, Invalid)
    assert list(onward.fields) == ["giver"]
    backward = refused(table, carla, anna)
    assert isinstance(backward, Invalid)
    assert list(backward.fields) == ["holder"]


@pytest.mark.parametrize("field", ["giver", "holder"])
def test_who_has_no_vote_neither_gives_nor_holds(table: Table, field: str) -> None:
    citizen, delegate = table.make.citizen(), table.delegate()
    pair = (citizen, delegate) if field == "giver" else (delegate, citizen)
    refusal = refused(table, *pair)
    assert isinstance(refusal, Invalid)
    assert list(refusal.fields) == [field]


def test_a_vote_is_given_once(table: Table) -> None:
    anna, bruno = table.delegate(), table.delegate()
    assert table.give(anna, bruno).id == table.give(anna, bruno).id
    assert isinstance(refused(table, anna, table.delegate()), Conflict)


def test_an_organisation_gives_its_vote_once(table: Table) -> None:
    organisation = table.make.seated(table.table.id)
    first, second = table.make.person(), table.make.person()
    for person in (first, second):
        table.make.mandate(person, organisation)
    table.give(table.make.actor(first), table.delegate())
    assert isinstance(refused(table, table.make.actor(second), table.delegate()), Conflict)


def test_who_is_there_votes_themselves(table: Table) -> None:
    anna, bruno = table.delegate(), table.delegate()
    table.come(anna)
    assert isinstance(refused(table, anna, bruno), Conflict)


def test_a_substitute_gives_nothing_away(table: Table) -> None:
    anna, bruno = table.delegate(), table.delegate()
    stand_in = table.make.citizen()
    with table.make.session() as session:
        (mandate,) = valid_mandates(session, anna.person_id or 0, at=clock.now())
    table.run(
        name_substitute, anna, sitting_id=table.sitting.id, mandate_id=mandate.id,
        email=table.email(stand_in),
    )  # fmt: skip
    assert isinstance(refused(table, stand_in, bruno), Invalid)
    proxy = table.give(anna, bruno)
    table.come(stand_in)
    assert table.again(proxy).ended_because is ProxyEnd.CAME


def test_the_desk_registers_and_withdraws_for_others(table: Table) -> None:
    anna, bruno = table.delegate(), table.delegate()
    assert isinstance(refused(table, anna, bruno, by=table.make.citizen()), NotAllowed)
    desk = table.make.holder(Role.FACILITATOR, table.table.id)
    proxy = table.give(anna, bruno, by=desk)
    assert table.again(proxy).given_by == desk.person_id
    with pytest.raises(NotAllowed):
        table.run(withdraw_proxy, bruno, proxy_id=proxy.id)
    assert table.run(withdraw_proxy, desk, proxy_id=proxy.id).ended_because is ProxyEnd.WITHDRAWN


@pytest.mark.parametrize("field", ["holder", "giver"])
def test_who_has_no_vote_does_not_learn_who_has_an_account(table: Table, field: str) -> None:
    anna, stranger = table.delegate(), table.make.citizen()

    def told(address: str) -> tuple[type[Refusal], object]:
        given = {"holder": table.email(anna), "giver": "", field: address}
        with pytest.raises(Refusal) as refusal:
            table.run(
                give_proxy, stranger, sitting_id=table.sitting.id, written_act="Atto 1", **given
            )
        return type(refusal.value), refusal.value.detail

    assert told(table.email(anna)) == told("nobody@example.org")


def test_nobody_but_its_delegate_gives_the_vote_of_a_union(make: Factory) -> None:
    table = Table(make, category=Category.UNION)
    anna, bruno = table.delegate(), table.delegate()
    desk = make.holder(Role.FACILITATOR, table.table.id)
    assert isinstance(refused(table, anna, bruno, by=desk), NotAllowed)
    proxy = table.give(anna, bruno)
    with pytest.raises(NotAllowed):
        table.run(withdraw_proxy, desk, proxy_id=proxy.id)
    assert table.run(withdraw_proxy, anna, proxy_id=proxy.id).ended_at is not None


def test_while_a_poll_is_open_proxies_stand_still(table: Table) -> None:
    anna, bruno, carla = (table.delegate() for _ in range(3))
    proxy = table.give(anna, bruno)
    table.come(bruno)
    table.open()
    assert isinstance(refused(table, carla, bruno), Conflict)
    with pytest.raises(Conflict):
        table.run(withdraw_proxy, anna, proxy_id=proxy.id)


def test_who_comes_in_votes_themselves(table: Table) -> None:
    anna, bruno = table.delegate(), table.delegate()
    proxy = table.give(anna, bruno)
    table.come(bruno)
    _chair, poll = table.open()
    table.come(anna)
    assert table.again(proxy).ended_because is ProxyEnd.CAME
    with pytest.raises(Conflict):
        table.run(cast_ballot, bruno, poll_id=poll.id, choice="no", by_proxy={proxy.id: "yes"})
    table.run(cast_ballot, bruno, poll_id=poll.id, choice="no")
    assert list(table.ballots(poll)) == [bruno.person_id]
    table.run(cast_ballot, anna, poll_id=poll.id, choice="yes")
    assert table.ballots(poll)[anna.person_id or 0] == ("yes", None)


@pytest.mark.parametrize("rules", [BY_ORGANISATION, BY_PERSON])
def test_who_comes_in_after_the_holder_has_voted_does_not_vote_again(
    table: Table, rules: Rules
) -> None:
    anna, bruno = table.delegate(), table.delegate()
    proxy = table.give(anna, bruno)
    table.come(bruno)
    _chair, poll = table.open(rules)
    table.run(cast_ballot, bruno, poll_id=poll.id, choice="yes")
    table.come(anna)
    with pytest.raises(Conflict):
        table.run(cast_ballot, anna, poll_id=poll.id, choice="no")
    table.run(cast_ballot, bruno, poll_id=poll.id, choice="no")
    assert table.ballots(poll)[anna.person_id or 0] == ("yes", proxy.id)


def test_nothing_is_cast_if_one_of_the_votes_is_refused(table: Table) -> None:
    anna, bruno = table.delegate(), table.delegate()
    proxy = table.give(anna, bruno)
    table.come(bruno)
    _chair, poll = table.open()
    with pytest.raises(Invalid):
        table.run(cast_ballot, bruno, poll_id=poll.id, choice="yes", by_proxy={proxy.id: "perhaps"})
    assert table.ballots(poll) == {}


def test_a_secret_vote_by_proxy_is_a_ballot_like_another(table: Table) -> None:
    anna, bruno = table.delegate(), table.delegate()
    proxy = table.give(anna, bruno)
    table.come(bruno)
    chair, poll = table.open(Rules(franchise=Franchise.ORGANISATIONS, secret=True))
    table.run(cast_ballot, bruno, poll_id=poll.id, choice="yes", by_proxy={proxy.id: "no"})
    table.run(close_poll, chair, poll_id=poll.id)
    assert {choice for choice, _proxy in table.ballots(poll).values()} == {None}
    with table.make.session() as session:
        (shown,) = poll_snapshots(session, table.sitting.id)
    assert shown["tally"] == {"yes": 1, "no": 1, "abstain": 0}


def test_who_is_represented_counts_for_the_quorum(table: Table) -> None:
    anna, bruno = table.delegate(), table.delegate()
    table.give(anna, bruno)

    def count() -> tuple[int, int]:
        with table.make.session() as session:
            hall = Headcount(session, session.get_one(Sitting, table.sitting.id))
            return hall.persons, hall.represented

    assert count() == (0, 0)
    table.come(bruno)
    assert count() == (2, 2)
    table.run(leave_sitting, bruno, sitting_id=table.sitting.id)
    assert count() == (0, 0)


def test_what_was_registered_outlasts_a_change_of_the_rule(table: Table) -> None:
    anna, bruno = table.delegate(), table.delegate()
    proxy = table.give(anna, bruno)
    office = table.make.holder(Role.PLAN_OFFICE)
    rule = TableRule(vote=Who.ORGANISATIONS)
    table.run(change_table_rule, office, table_id=table.table.id, rule=rule)
    assert isinstance(refused(table, table.delegate(), bruno), Conflict)
    assert table.again(proxy).ended_at is None


@pytest.mark.parametrize("proxies", [-1, 11])
def test_the_rule_names_a_number_within_reason(table: Table, proxies: int) -> None:
    office = table.make.holder(Role.PLAN_OFFICE)
    with pytest.raises(Invalid) as refusal:
        table.run(
            change_table_rule, office, table_id=table.table.id, rule=TableRule(proxies=proxies)
        )
    assert list(refusal.value.fields) == ["proxies"]


def test_two_givers_at_once_find_one_place(real: Meeting) -> None:
    table = Table(real.make)
    anna, bruno, carla = (table.delegate() for _ in range(3))
    to = {"sitting_id": table.sitting.id, "holder": table.email(carla), "written_act": ACT}
    answers = at_once(real, (give_proxy, anna, to), (give_proxy, bruno, to))
    assert sorted(isinstance(answer, Invalid) for answer in answers) == [False, True]


def test_two_holders_at_once_get_one_vote_once(real: Meeting) -> None:
    table = Table(real.make)
    anna, bruno, carla = (table.delegate() for _ in range(3))
    desk = real.make.holder(Role.FACILITATOR, table.table.id)
    asked = [
        {
            "sitting_id": table.sitting.id, "holder": table.email(holder), "written_act": ACT,
            "giver": table.email(anna),
        }
        for holder in (bruno, carla)
    ]  # fmt: skip
    answers = at_once(real, *[(give_proxy, desk, fields) for fields in asked])
    assert sorted(isinstance(answer, Conflict) for answer in answers) == [False, True]


@pytest.mark.parametrize("rules", [BY_ORGANISATION, BY_PERSON])
def test_giver_and_holder_at_once_cast_one_vote(real: Meeting, rules: Rules) -> None:
    table = Table(real.make)
    anna, bruno = table.delegate(), table.delegate()
    table.give(anna, bruno)
    chair = real.make.presided(table.sitting)
    table.come(bruno)
    poll = table.ask(chair, rules)

    def come_and_vote(tx: Any) -> Ballot:
        real.run(enter_sitting, anna, sitting_id=table.sitting.id)  # as a browser does, by itself
        found: Ballot = cast_ballot(tx, poll_id=poll.id, choice="no")
        return found

    vote = {"poll_id": poll.id, "choice": "yes"}
    came, _cast = at_once(real, (come_and_vote, anna, {}), (cast_ballot, bruno, vote))
    choice, by_proxy = table.ballots(poll)[anna.person_id or 0]
    assert (choice, by_proxy is None) == (
        ("yes", False) if isinstance(came, Refusal) else ("no", True)
    )
    closed = table.run(close_poll, chair, poll_id=poll.id)
    assert closed.result["cast"] == 2
    assert closed.electorate == 2


@pytest.mark.parametrize("rules", [BY_PERSON, BY_ORGANISATION])
def test_turnout_reads_who_is_there_and_nothing_else(table: Table, rules: Rules) -> None:
    anna, bruno = table.delegate(), table.delegate()
    table.give(anna, bruno)
    chair = table.make.presided(table.sitting)
    table.come(bruno)
    poll = table.ask(chair, rules)
    with table.make.session() as session:
        asked = session.get_one(Poll, poll.id)
        with statements(session.connection()) as counting:
            count = count_electorate(session, asked)
        with statements(session.connection()) as turning_out:
            assert electorate_of(session, asked) == count.present == 2
    assert count.represented == 1
    assert sum("FROM proxy JOIN" in one for one in counting) == 1
    assert len(turning_out) < len(counting)
