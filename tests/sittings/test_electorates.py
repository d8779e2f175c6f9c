"""Who votes, on which base, with which result: every worked example, as the product counts it."""

from __future__ import annotations

import pytest

from consultazione.core import clock
from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.errors import Conflict, Invalid
from consultazione.people.commands.identifying import identify_person
from consultazione.people.commands.mandates import end_mandate
from consultazione.people.commands.roles import give_role
from consultazione.people.models import Mandate, Organisation, Person
from consultazione.sittings.attendance.commands.check_in import check_in
from consultazione.sittings.attendance.commands.excuses import name_substitute
from consultazione.sittings.attendance.commands.presence import leave_sitting
from consultazione.sittings.delegating.commands import give_proxy
from consultazione.sittings.models import Sitting
from consultazione.sittings.polls.commands.ballots import cast_ballot
from consultazione.sittings.polls.commands.polls import close_poll, count_in_room, open_poll
from consultazione.sittings.polls.labels import NO_VOTE
from consultazione.sittings.polls.models import Poll
from consultazione.sittings.polls.snapshot import poll_snapshots
from consultazione.sittings.polls.voters.arithmetic import arithmetic
from consultazione.sittings.proxies.models import Proxy
from consultazione.tables.rights.commands import accredit_person, end_accreditation
from consultazione.tables.rules import TableRule
from tests.support.electorates import (
    CATEGORIES,
    DOCUMENT,
    EXAMPLES,
    TAKEN,
    Example,
    Someone,
    document,
    said,
)
from tests.support.factories import Factory


class Stage:
    """An example with its table, its organisations, its people, and a sitting that is open."""

    def __init__(self, make: Factory, example: Example) -> None:
        self.make, self.example = make, example
        has_proxies = any(one.to for one in example.people)
        rule = TableRule(
            vote=example.vote, hall=example.counts_hall, proxies=1 if has_proxies else 0
        )
        self.table = make.table(example.kind, rule=rule)
        self.organisations: dict[str, Organisation] = {}
        self.persons: dict[str, Person] = {}
        self.mandates: dict[str, Mandate] = {}
        self.proxies: dict[str, Proxy] = {}
        for name in example.seats:
            make.seat(self.table.id, self.organisation(name))
        for one in example.people:
            self._prepare(one)
        self.sitting: Sitting = make.sitting(self.table)
        self.chair = make.presided(self.sitting)
        for one in example.people:
            self._name(one)
        for one in example.people:
            self._give(one)

    def organisation(self, name: str) -> Organisation:
        """An organisation of the example, with a seat or without."""
        if name not in self.organisations:
            self.organisations[name] = self.make.organisation(CATEGORIES[name])
        return self.organisations[name]

    def actor(self, one: Someone) -> Actor:
        """Somebody as they are now."""
        return self.make.actor(self.persons[one.name])

    def _prepare(self, one: Someone) -> None:
        make = self.make
        person = self.persons[one.name] = make.person()
        if one.organisation and not one.instead_of:
            self.mandates[one.name] = make.mandate(person, self.organisation(one.organisation))
        if one.leads:
            self._lead(person)
        if one.identified == "yes":
            self.identify(person)
        if one.accredited:
            self._accredit(person, ended=one.accredited == "ended")
        if one.ended == "before sitting":
            self.end(one)

    def _lead(self, person: Person) -> None:
        leader = self.make.holder(Role.ADMINISTRATOR)
        with self.make.database.transaction(leader) as tx:
            give_role(
                tx, zone_id=self.make.zone.id, email=person.email or "", role=Role.COORDINATOR,
                table_id=self.table.id,
            )  # fmt: skip

    def _accredit(self, person: Person, *, ended: bool) -> None:
        with self.make.database.transaction(self.make.holder(Role.PLAN_OFFICE)) as tx:
            row = accredit_person(
                tx, table_id=self.table.id, email=person.email or "", reason="Act 1"
            )
            if ended:
                end_accreditation(tx, accreditation_id=row.id, reason="Moved away")

    def identify(self, person: Person) -> None:
        """Let an administrator look at somebody's document."""
        with self.make.database.transaction(self.make.holder(Role.ADMINISTRATOR)) as tx:
            identify_person(tx, zone_id=self.make.zone.id, person_id=person.id)

    def end(self, one: Someone) -> None:
        """End somebody's mandate at this moment."""
        with self.make.database.transaction(SYSTEM) as tx:
            end_mandate(tx, mandate_id=self.mandates[one.name].id, ends_on=clock.today())

    def _name(self, one: Someone) -> None:
        if not one.instead_of:
            return
        delegate = self.make.actor(self.persons[one.instead_of])
        with self.make.database.transaction(delegate) as tx:
            name_substitute(
                tx, sitting_id=self.sitting.id, email=self.persons[one.name].email or "",
                mandate_id=self.mandates[one.instead_of].id,
            )  # fmt: skip

    def _give(self, one: Someone) -> None:
        if not one.to:
            return
        with self.make.database.transaction(self.actor(one)) as tx:
            self.proxies[one.name] = give_proxy(
                tx, sitting_id=self.sitting.id, holder=self.persons[one.to].email or "",
                written_act="Letter of 1 March",
            )  # fmt: skip

    def come(self, one: Someone) -> None:
        """Let somebody into the sitting, online or at the desk of the hall."""
        if one.where != "hall":
            self.make.present(self.sitting, self.actor(one))
            return
        with self.make.database.transaction(self.chair) as tx:
            person = self.persons[one.name]
            check_in(tx, sitting_id=self.sitting.id, person_id=person.id, email=person.email or "")

    def go(self, one: Someone) -> None:
        """Let somebody leave the sitting."""
        with self.make.database.transaction(self.actor(one)) as tx:
            leave_sitting(tx, sitting_id=self.sitting.id)

    def open(self) -> Poll:
        """Open the poll of the example."""
        pairs = zip(self.example.seats, self.example.weights, strict=False)
        weights = {self.organisations[name].id: weight for name, weight in pairs}
        with self.make.database.transaction(self.chair) as tx:
            return open_poll(
                tx, sitting_id=self.sitting.id, question="Shall we?", rules=self.example.rules,
                weights=weights,
            )  # fmt: skip

    def vote(self, one: Someone, poll: Poll) -> None:
        """Let somebody try to vote, and be refused where the example says so."""
        theirs = [giver for giver in self.example.people if giver.to == one.name and giver.votes]
        others = {
            self.proxies[giver.name].id: giver.votes
            for giver in theirs
            if giver.where == "absent" and giver.votes != one.votes
        }
        with self.make.database.transaction(self.actor(one)) as tx:
            if not one.refused or theirs:
                cast_ballot(tx, poll_id=poll.id, choice=one.votes, by_proxy=others)
                return
            with pytest.raises(Conflict) as refusal:
                cast_ballot(tx, poll_id=poll.id, choice=one.votes)
        if one.refused != TAKEN:
            assert str(refusal.value.detail) == str(NO_VOTE[one.refused])  # type: ignore[index]

    def count_hall(self, poll: Poll) -> None:
        """Enter what was counted in the hall, twice, so that two persons agree."""
        second = self.make.holder(Role.COORDINATOR, self.table.id)
        for choice, votes in self.example.hall:
            for who in (self.chair, second):
                with self.make.database.transaction(who) as tx:
                    if not self.example.too_many:
                        count_in_room(tx, poll_id=poll.id, choice=choice, votes=votes)
                        continue
                    with pytest.raises(Invalid) as refusal:
                        count_in_room(tx, poll_id=poll.id, choice=choice, votes=votes)
                assert list(refusal.value.fields) == ["votes"]

    def play(self) -> Poll:
        """The poll, from the arrivals to the count."""
        there = [one for one in self.example.people if one.where not in ("absent", "late")]
        for one in there:
            self.come(one)
            if one.where == "gone":
                self.go(one)
            if one.ended == "before poll":
                self.end(one)
        poll = self.open()
        for one in self.example.people:
            self._take_part(one, poll)
        self.count_hall(poll)
        with self.make.database.transaction(self.chair) as tx:
            return close_poll(tx, poll_id=poll.id)

    def _take_part(self, one: Someone, poll: Poll) -> None:
        if one.where == "late":
            self.come(one)
        if one.identified == "late":
            self.identify(self.persons[one.name])
        if one.ended == "before vote":
            self.end(one)
        if one.votes and one.where != "absent":
            self.vote(one, poll)
        if one.ended == "after vote":
            self.end(one)
        if one.where == "left":
            self.go(one)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.says)
def test_each_example_comes_out_as_it_is_written(make: Factory, example: Example) -> None:
    stage = Stage(make, example)
    poll = stage.play()
    with make.session() as session:
        (shown,) = poll_snapshots(session, stage.sitting.id)
    assert (shown["electorate"], shown["unregistered"], shown["entitled"], shown["cast"]) == (
        example.present_votes,
        example.unregistered,
        example.entitled_votes,
        example.cast,
    )
    needed = None if shown["needed"] is None else (shown["needed"], shown["needed_of"])
    assert needed == example.needed
    assert (shown["carried"], shown["grounds"]) == (example.carried, example.grounds)
    assert shown["represented"] == example.represented
    assert arithmetic(shown) == said(example)
    assert poll.result is not None
    if example.entitled and shown["organisations"] is not None:
        names = {stage.organisations[name].id for name in example.entitled}
        assert {int(key) for key in shown["organisations"]} == names
        there = {stage.organisations[name].id for name in example.present}
        assert set(shown["present_organisations"] or ()) == there
        assert (shown["voted_organisations"] is None) == example.secret


def test_the_document_says_what_is_tried_here() -> None:
    assert len(EXAMPLES) >= 40
    assert DOCUMENT.read_text() == document()
