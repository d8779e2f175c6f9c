"""Four eyes on minutes: where the zone asks, who completed a draft does not approve it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.errors import NotAllowed
from consultazione.minutes.commands.approving import approve_minutes
from consultazione.minutes.commands.editing import add_conclusion, edit_conclusion, write_note
from consultazione.minutes.models import Minutes, MinutesState
from consultazione.people.commands.roles import give_role, take_role_back
from consultazione.people.models import RoleGrant
from consultazione.setup.commands.settings import change_zone
from consultazione.zones.queries import chapters
from tests.support.factories import Factory


def asks(make: Factory) -> None:
    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        change_zone(tx, zone_id=make.zone.id, four_eyes=True)


def completed(make: Factory, writer: Actor | None = None) -> tuple[Minutes, Actor]:
    """A draft with a note, and who wrote that."""
    minutes = make.minutes()
    writer = writer or make.holder(Role.FACILITATOR, minutes.facts["table"]["id"])
    with make.database.transaction(writer) as tx:
        point_id = minutes.facts["agenda"][0]["id"]
        write_note(tx, minutes_id=minutes.id, point_id=point_id, body="Si parla.", version=0)
    return minutes, writer


def first_chapter(make: Factory) -> int:
    with make.session() as session:
        return chapters(session, make.cycle.id)[0].id


def approved(make: Factory, minutes: Minutes, who: Actor) -> Minutes:
    with make.database.transaction(who) as tx:
        version = tx.session.get_one(Minutes, minutes.id).version
        return approve_minutes(tx, minutes_id=minutes.id, version=version)


def test_who_completed_the_draft_does_not_approve_it(make: Factory) -> None:
    minutes, writer = completed(make)
    asks(make)
    with pytest.raises(NotAllowed, match="somebody else approves"):
        approved(make, minutes, writer)
    second = make.holder(Role.FACILITATOR, minutes.facts["table"]["id"])
    assert approved(make, minutes, second).state is MinutesState.APPROVED


def test_who_rewrote_a_conclusion_completed_the_draft(make: Factory) -> None:
    minutes, writer = completed(make)
    asks(make)
    place = {"point_id": minutes.facts["agenda"][0]["id"], "chapter_id": first_chapter(make)}
    with make.database.transaction(writer) as tx:
        conclusion = add_conclusion(tx, minutes_id=minutes.id, body="Uno sportello.", **place)
    second = make.holder(Role.FACILITATOR, minutes.facts["table"]["id"])
    text = {"chapter_id": place["chapter_id"], "body": "Due sportelli."}
    with make.database.transaction(second) as tx:
        edit_conclusion(tx, minutes_id=minutes.id, conclusion_id=conclusion.id, version=1, **text)
    with pytest.raises(NotAllowed, match="somebody else approves"):
        approved(make, minutes, second)


def test_writing_and_approving_at_once_is_seen_too(make: Factory) -> None:
    minutes = make.minutes()
    asks(make)
    writer = make.holder(Role.FACILITATOR, minutes.facts["table"]["id"])
    where = {"point_id": minutes.facts["agenda"][0]["id"], "chapter_id": first_chapter(make)}
    with make.database.transaction(writer) as tx:
        add_conclusion(tx, minutes_id=minutes.id, body="Uno sportello.", **where)
        with pytest.raises(NotAllowed, match="somebody else"):
            approve_minutes(tx, minutes_id=minutes.id, version=2)


def appointed(make: Factory, giver: Actor, role: Role) -> Actor:
    """Somebody whom a person has given a role in the zone."""
    person = make.person()
    with make.database.transaction(giver) as tx:
        give_role(tx, zone_id=make.zone.id, email=person.email or "", role=role)
    return make.actor(person)


def who_runs_all(make: Factory) -> Actor:
    """A facilitator who is the administrator of the zone as well."""
    person = make.person()
    with make.database.transaction(SYSTEM) as tx:
        for role in (Role.FACILITATOR, Role.ADMINISTRATOR):
            give_role(tx, zone_id=make.zone.id, email=person.email or "", role=role)
    return make.actor(person)


@pytest.mark.parametrize("through_another", [False, True])
def test_an_account_that_one_made_oneself_is_no_second_person(
    make: Factory, through_another: bool
) -> None:
    asks(make)
    first = giver = who_runs_all(make)
    if through_another:
        giver = appointed(make, first, Role.ADMINISTRATOR)
    second = appointed(make, giver, Role.FACILITATOR)
    for writer, other in ((first, second), (second, first)):
        minutes, _writer = completed(make, writer)
        with pytest.raises(NotAllowed, match="from each other"):
            approved(make, minutes, other)
    third = appointed(make, who_runs_all(make), Role.FACILITATOR)
    assert approved(make, minutes, third).state is MinutesState.APPROVED


def test_a_second_account_whose_role_is_taken_back_is_none_either(make: Factory) -> None:
    asks(make)
    first = who_runs_all(make)
    second = appointed(make, first, Role.FACILITATOR)
    minutes, _writer = completed(make, second)
    with make.session() as session:
        grant = session.scalars(select(RoleGrant).filter_by(person_id=second.person_id)).one()
    with make.database.transaction(first) as tx:
        take_role_back(tx, grant_id=grant.id)
    with pytest.raises(NotAllowed, match="from each other"):
        approved(make, minutes, first)


def test_where_the_zone_does_not_ask_one_person_does_both(make: Factory) -> None:
    minutes, writer = completed(make)
    assert approved(make, minutes, writer).approved_by == writer.person_id


def test_the_page_offers_no_button_that_would_be_refused(
    client: FlaskClient, make: Factory
) -> None:
    minutes, writer = completed(make)
    url, button = f"/verbali/{minutes.id}", f'action="/verbali/{minutes.id}/approva"'
    make.sign_in(client, writer)
    assert button in client.get(url).text
    asks(make)
    page = client.get(url, headers={"Accept-Language": "en"}).text
    assert button not in page
    assert "You completed this draft" in page
