"""The quorum of a sitting: what each rule counts, who may set it, and what missing it does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask.testing import FlaskClient

from consultazione.core import clock
from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.errors import Conflict, Invalid, NotAllowed
from consultazione.people.models import Category, Organisation
from consultazione.sittings.attendance.commands.presence import enter_sitting, leave_sitting
from consultazione.sittings.lifecycle.commands.points import close_point, start_point
from consultazione.sittings.models import Sitting
from consultazione.sittings.polls.commands.ballots import cast_ballot
from consultazione.sittings.polls.commands.polls import close_poll, open_poll
from consultazione.sittings.quorums import QUORUMS
from consultazione.sittings.quorums.base import QuorumKind, QuorumTerms, Standing
from consultazione.sittings.quorums.commands import set_quorum, verify_quorum
from consultazione.sittings.quorums.headcount import Headcount, standing_of
from consultazione.tables.commands import take_seat
from consultazione.tables.models import ThematicTable
from tests.support.factories import Factory
from tests.support.meeting import Meeting

TWO = QuorumTerms(kind=QuorumKind.PERSONS, least=2)
HALF = QuorumTerms(kind=QuorumKind.SEATS, percent=50)
UNIONS = QuorumTerms(kind=QuorumKind.CATEGORIES, by_category={Category.UNION: 1})


@dataclass
class Hall:
    """A `Hall` of given numbers."""

    persons: int = 0
    by_category: Mapping[Category, int] = field(default_factory=dict)
    seats: int = 0
    represented: int = 0


@pytest.mark.parametrize(
    ("terms", "hall", "needed", "met"),
    [
        (TWO, Hall(persons=1), {"persons": 2}, False),
        (TWO, Hall(persons=2), {"persons": 2}, True),
        (HALF, Hall(seats=7, represented=3), {"seats": 4}, False),
        (HALF, Hall(seats=7, represented=4), {"seats": 4}, True),
        (QuorumTerms(kind=QuorumKind.SEATS, percent=29), Hall(seats=100), {"seats": 29}, False),
        (HALF, Hall(persons=9), {"seats": 0}, True),
        (UNIONS, Hall(persons=9), {"union": 1}, False),
        (UNIONS, Hall(by_category={Category.UNION: 1}), {"union": 1}, True),
        (QuorumTerms(), Hall(), {}, True),
    ],
)
def test_what_is_needed(terms: QuorumTerms, hall: Hall, needed: dict[str, int], met: bool) -> None:
    standing = QUORUMS[terms.kind].standing(terms, hall)
    assert (standing.needed, standing.met) == (needed, met)


@pytest.mark.parametrize(
    ("terms", "wrong"),
    [
        (QuorumTerms(kind=QuorumKind.PERSONS), "least"),
        (QuorumTerms(kind=QuorumKind.SEATS), "percent"),
        (QuorumTerms(kind=QuorumKind.SEATS, percent=101), "percent"),
        (QuorumTerms(kind=QuorumKind.CATEGORIES), "by_category"),
        (QuorumTerms(kind=QuorumKind.CATEGORIES, by_category={Category.ASP: 0}), "by_category"),
    ],
)
def test_numbers_that_are_none(make: Factory, terms: QuorumTerms, wrong: str) -> None:
    with pytest.raises(Invalid) as refused:
        make.sitting(quorum=terms)
    assert list(refused.value.fields) == [wrong]


def seated(make: Factory, table: ThematicTable, category: Category) -> tuple[Organisation, Actor]:
    """Make an organisation with a seat at a table, and its delegate."""
    organisation, person = make.organisation(category), make.person()
    make.mandate(person, organisation)
    with make.database.transaction(SYSTEM) as tx:
        take_seat(tx, table_id=table.id, organisation_id=organisation.id)
    return organisation, make.actor(person)


def standing(make: Factory, sitting: Sitting, **values: Any) -> Standing | None:
    with make.session() as session:
        stored = session.get_one(Sitting, sitting.id)
        return standing_of(session, stored, Headcount(session, stored, **values))


def test_an_organisation_counts_once_and_only_with_a_seat(make: Factory) -> None:
    table = make.table()
    (first, anna), _other = seated(make, table, Category.UNION), seated(make, table, Category.ASP)
    second = make.person()
    make.mandate(second, first)
    sitting = make.sitting(table, quorum=HALF)
    make.presided(sitting)
    make.present(sitting, seated(make, make.table(), Category.APS)[1])  # a seat elsewhere
    assert standing(make, sitting) == Standing({"seats": 1}, {"seats": 0})
    before = clock.now()
    for actor in (anna, make.actor(second)):
        make.present(sitting, actor)
        assert standing(make, sitting) == Standing({"seats": 1}, {"seats": 1})
    during = clock.now()
    for actor in (anna, make.actor(second)):
        with make.database.transaction(actor) as tx:
            leave_sitting(tx, sitting_id=sitting.id)
    standings = [standing(make, sitting, at=at) for at in (before, during, clock.now())]
    assert [held and held.there["seats"] for held in standings] == [0, 1, 0]


def test_who_sets_it_and_until_when(make: Factory) -> None:
    sitting = make.sitting()
    chair = make.holder(Role.FACILITATOR, sitting.table_id)

    def change(actor: Actor, terms: QuorumTerms) -> None:
        with make.database.transaction(actor) as tx:
            set_quorum(tx, sitting_id=sitting.id, quorum=terms)

    with pytest.raises(NotAllowed):
        change(make.citizen(), TWO)
    for terms in (TWO, TWO, HALF):
        change(chair, terms)
    meeting = Meeting(make, sitting, chair, chair, chair)
    assert meeting.kinds().count("quorum.set") == 2
    make.presided(sitting)
    with pytest.raises(Conflict):
        change(chair, TWO)


def test_verified_by_hand_and_when_the_works_begin(make: Factory) -> None:
    sitting = make.sitting(quorum=TWO)
    chair = make.presided(sitting)
    meeting = Meeting(make, sitting, chair, make.citizen(), make.citizen())
    opened = meeting.snapshot()["chronicle"][-1]["data"]
    assert (opened["attendance_needed"], opened["attendance_there"]) == (
        {"persons": 2},
        {"persons": 0},
    )
    make.present(sitting)
    assert meeting.run(verify_quorum, chair, sitting_id=sitting.id).met is False
    with pytest.raises(NotAllowed):
        meeting.run(verify_quorum, meeting.anna, sitting_id=sitting.id)
    meeting.run(enter_sitting, meeting.anna, sitting_id=sitting.id)
    assert meeting.snapshot()["presence"]["quorum"]["met"] is True
    for point in meeting.points()[:2]:
        meeting.run(start_point, chair, point_id=point.id)
        meeting.run(close_point, chair, point_id=point.id)
    chronicle = meeting.snapshot()["chronicle"]
    verified = [entry["data"]["there"] for entry in chronicle if "verified" in entry["kind"]]
    assert verified == [{"persons": 1}, {"persons": 2}]


def test_without_one_there_is_nothing_to_verify(meeting: Meeting) -> None:
    with pytest.raises(Conflict):
        meeting.run(verify_quorum, meeting.facilitator, sitting_id=meeting.sitting.id)
    meeting.run(start_point, meeting.facilitator, point_id=meeting.points()[0].id)
    assert "quorum.verified" not in meeting.kinds()
    assert meeting.snapshot()["presence"]["quorum"] is None


def test_a_poll_that_is_closed_without_it_does_not_carry(make: Factory) -> None:
    sitting = make.sitting(quorum=TWO)
    chair, anna = make.presided(sitting), make.present(sitting)
    make.present(sitting)
    meeting = Meeting(make, sitting, chair, anna, anna)

    def asked(*, stays: bool) -> dict[str, Any]:
        poll = meeting.run(open_poll, chair, sitting_id=sitting.id, question="Shall we?")
        meeting.run(cast_ballot, anna, poll_id=poll.id, choice="yes")
        if not stays:
            meeting.run(leave_sitting, anna, sitting_id=sitting.id)
        meeting.run(close_poll, chair, poll_id=poll.id)
        shown: dict[str, Any] = meeting.snapshot()["polls"][-1]
        return shown

    carried, void = asked(stays=True), asked(stays=False)
    assert (carried["carried"], carried["attendance_there"]) == (True, {"persons": 2})
    assert (void["carried"], void["grounds"]) == (False, "no_quorum_of_persons")
    assert void["numbers"] == {"needed": 2, "there": 1}
    assert (void["attendance_needed"], void["attendance_there"]) == ({"persons": 2}, {"persons": 1})
    assert void["tally"]["yes"] == 1  # the votes are published all the same


def test_the_pages_say_so(client: FlaskClient, make: Factory) -> None:
    sitting = make.sitting(quorum=TWO)
    chair = make.holder(Role.FACILITATOR, sitting.table_id)
    path = f"/sedute/{sitting.id}/numero-legale"
    assert client.get(path).status_code == 302
    assert make.sign_in(client, make.citizen()).get(path).status_code == 403
    make.sign_in(client, chair)
    assert 'value="2"' in client.get(path).text
    wrong = client.post(path, data={"quorum_kind": "seats", "percent": ""})
    assert wrong.status_code == 422
    given = {"quorum_kind": "categories", "least_union": "1", "least_asp": "", "least": "7"}
    page = client.post(path, data=given, follow_redirects=True).text
    assert "Organizzazioni sindacali 1" in page
    make.presided(sitting)
    text = client.get(f"/sedute/{sitting.id}/testo").text
    assert "Il numero legale non è raggiunto (Organizzazioni sindacali: 0, minimo 1)." in text
    assert "Il numero legale non è raggiunto" in client.get(f"/sedute/{sitting.id}/cronaca").text


def test_convened_with_a_quorum_over_rest(client: FlaskClient, make: Factory) -> None:
    table = make.table()
    make.sign_in(client, make.holder(Role.FACILITATOR, table.id))
    form = {
        "title": "T", "place": "P", "starts_at": "2100-01-01T10:00", "agenda": "A",
        "start_confirmed": "yes",
        "quorum_kind": "persons", "least": "3",
    }  # fmt: skip
    page = client.post(f"/tavoli/{table.slug}/sedute/nuova", data=form, follow_redirects=True)
    assert "almeno 3 persone presenti" in page.text
