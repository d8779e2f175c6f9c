"""The registers put right: organisations and mandates that were entered wrongly."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from consultazione.core import clock
from consultazione.core.actor import Actor, Role
from consultazione.core.db import Database
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.core.log import read_stream
from consultazione.people.commands.mandates import (
    confirm_mandate,
    correct_mandate,
    end_mandate,
    give_mandate,
)
from consultazione.people.commands.organisations import (
    correct_organisation,
    readmit_organisation,
)
from consultazione.people.commands.roles import give_role
from consultazione.people.events import OrganisationWithdrawn
from consultazione.people.models import Category, Mandate, Organisation
from consultazione.people.queries import organisations, valid_mandates
from consultazione.tables.commands import take_seat
from consultazione.tables.queries import seats
from consultazione.tables.seats.commands import withdraw_organisation
from consultazione.zones.events import zone_stream
from tests.support.factories import Factory

REASON = "It was entered wrongly."


@pytest.fixture
def office(make: Factory) -> Actor:
    """A person of the plan office."""
    return make.holder(Role.PLAN_OFFICE)


def run(make: Factory, who: Actor, command: Any, **values: Any) -> Any:
    with make.database.transaction(who) as tx:
        return command(tx, **values)


def correction(organisation: Organisation, **values: Any) -> dict[str, Any]:
    return {
        "organisation_id": organisation.id,
        "version": 1,
        "reason": REASON,
        "name": organisation.name,
        "category": organisation.category,
        **values,
    }


def proposed(make: Factory, office: Actor) -> Mandate:
    """A union's mandate that waits for a second person."""
    given: Mandate = run(
        make,
        office,
        give_mandate,
        organisation_id=make.organisation(Category.UNION).id,
        email=make.person().email,
        act="Deed 1",
        starts_on=date(2018, 2, 5),
        ends_on=None,
    )
    return given


def act_of(mandate: Mandate, **values: Any) -> dict[str, Any]:
    return {
        "mandate_id": mandate.id,
        "version": 1,
        "reason": REASON,
        "act": "Deed 2",
        "starts_on": mandate.starts_on,
        "ends_on": mandate.ends_on,
        **values,
    }


def test_an_organisation_is_renamed_and_its_history_is_shown(
    client: FlaskClient, make: Factory, office: Actor
) -> None:
    row = make.organisation()
    page = f"/amministrazione/organizzazioni/{row.id}"
    form = {"name": "Auser Bologna", "category": "aps", "version": "1", "reason": ""}
    make.sign_in(client, office)
    refused = client.post(f"{page}/correggi", data=form)
    assert refused.status_code == 422
    assert 'value="Auser Bologna"' in refused.text
    assert client.post(f"{page}/correggi", data=form | {"reason": REASON}).status_code == 302
    shown = client.get(page).text
    for words in (row.name, "Auser Bologna", REASON, office.display_name):
        assert words in shown
    overtaken = client.post(f"{page}/correggi", data=form | {"reason": REASON})
    assert overtaken.status_code == 422


def test_a_taken_name_and_citizens_are_refused(make: Factory, office: Actor) -> None:
    row, other = make.organisation(), make.organisation()
    for values, field in (
        ({"name": other.name}, "name"),
        ({"category": Category.CITIZEN}, "category"),
    ):
        with pytest.raises(Invalid) as refused:
            run(make, office, correct_organisation, **correction(row, **values))
        assert list(refused.value.fields) == [field]


def test_nobody_becomes_a_union_with_mandates_that_one_person_gave(
    make: Factory, office: Actor
) -> None:
    row = make.organisation()
    mandate = make.mandate(make.person(), row)
    values = correction(row, category=Category.UNION)
    with pytest.raises(Invalid, match="second person"):
        run(make, office, correct_organisation, **values)
    run(make, office, end_mandate, mandate_id=mandate.id, ends_on=clock.today(), reason=REASON)
    assert run(make, office, correct_organisation, **values).category is Category.UNION


def test_what_is_withdrawn_ends_its_mandates_and_seats_and_can_come_back(
    make: Factory, office: Actor
) -> None:
    row, person, table = make.organisation(), make.person(), make.table()
    make.mandate(person, row)
    run(make, make.holder(Role.FACILITATOR, table.id), take_seat, table_id=table.id,
        organisation_id=row.id)  # fmt: skip
    run(make, office, withdraw_organisation, organisation_id=row.id, reason=REASON)
    with make.session() as session:
        assert valid_mandates(session, person.id, at=clock.now()) == []
        assert seats(session, table.id) == []
        assert organisations(session, make.zone.id, standing=True) == []
        (kept,) = organisations(session, make.zone.id)
        entry = read_stream(session, zone_stream(make.zone.id))[-1]
    assert (kept.withdrawn_reason, kept.name) == (REASON, row.name)
    assert isinstance(entry.event, OrganisationWithdrawn)
    with pytest.raises(Conflict):
        run(make, office, withdraw_organisation, organisation_id=row.id, reason=REASON)
    back = run(make, office, readmit_organisation, organisation_id=row.id, reason=REASON)
    assert (back.withdrawn_at, back.withdrawn_reason) == (None, None)
    with pytest.raises(Conflict):
        run(make, office, readmit_organisation, organisation_id=row.id, reason=REASON)


def test_a_withdrawn_organisation_gets_neither_mandate_nor_seat(
    make: Factory, office: Actor
) -> None:
    row, table = make.organisation(), make.table()
    run(make, office, withdraw_organisation, organisation_id=row.id, reason=REASON)
    given = {"act": "Deed", "starts_on": clock.today(), "ends_on": None}
    with pytest.raises(Invalid, match="withdrawn"):
        run(make, office, give_mandate, organisation_id=row.id, email=make.person().email, **given)
    with pytest.raises(Invalid, match="withdrawn"):
        run(make, office, take_seat, table_id=table.id, organisation_id=row.id)


def test_a_proposed_mandate_of_a_withdrawn_union_is_turned_down(
    make: Factory, office: Actor
) -> None:
    mandate = proposed(make, office)
    values = {"organisation_id": mandate.organisation_id, "reason": REASON}
    run(make, office, withdraw_organisation, **values)
    with pytest.raises(Conflict):
        run(make, make.holder(Role.PLAN_OFFICE), confirm_mandate, mandate_id=mandate.id)


def test_an_organisation_of_another_zone_is_not_reached(database: Database, make: Factory) -> None:
    elsewhere = Factory(database, name="Un'altra zona")
    row, office = elsewhere.organisation(), make.holder(Role.PLAN_OFFICE)
    reason = {"organisation_id": row.id, "reason": REASON}
    for command, values in (
        (correct_organisation, correction(row, name="Nostra")),
        (withdraw_organisation, reason),
        (readmit_organisation, reason),
    ):
        with pytest.raises(NotAllowed):
            run(make, office, command, **values)


def test_the_pages_of_another_zone_are_not_there(
    client: FlaskClient, database: Database, make: Factory, office: Actor
) -> None:
    row = Factory(database, name="Un'altra zona").organisation()
    make.sign_in(client, office)
    for ending in ("", "/correggi", "/ritira", "/riammetti"):
        address = f"{make.at}/amministrazione/organizzazioni/{row.id}{ending}"
        assert client.get(address).status_code == 404


def test_withdrawing_and_bringing_back_by_the_pages(
    client: FlaskClient, make: Factory, office: Actor
) -> None:
    row, table = make.organisation(), make.table()
    run(make, office, take_seat, table_id=table.id, organisation_id=row.id)
    make.sign_in(client, office)
    page = f"/amministrazione/organizzazioni/{row.id}"
    assert table.name in client.get(f"{page}/ritira").text
    assert client.post(f"{page}/ritira", data={"reason": "x"}).status_code == 422
    assert client.post(f"{page}/ritira", data={"reason": REASON}).status_code == 302
    shown = client.get(page).text
    assert REASON in shown
    assert f"{page}/riammetti" in shown
    offered = client.get("/amministrazione/deleghe").text
    assert f'<option value="{row.id}"' not in offered
    assert client.post(f"{page}/riammetti", data={"reason": REASON}).status_code == 302
    assert f"{page}/ritira" in client.get(page).text


# --- mandates ---


def test_who_corrects_a_proposed_mandate_has_proposed_it(make: Factory, office: Actor) -> None:
    mandate, second = proposed(make, office), make.holder(Role.PLAN_OFFICE)
    first_day = mandate.starts_on + timedelta(days=1)
    corrected = run(make, second, correct_mandate, **act_of(mandate, starts_on=first_day))
    assert (corrected.act, corrected.starts_on) == ("Deed 2", first_day)
    with pytest.raises(NotAllowed, match="second person"):
        run(make, second, confirm_mandate, mandate_id=mandate.id)
    assert run(make, office, confirm_mandate, mandate_id=mandate.id, version=2).confirmed_at


def test_nobody_confirms_a_text_that_they_have_not_read(make: Factory, office: Actor) -> None:
    mandate, second = proposed(make, office), make.holder(Role.PLAN_OFFICE)
    run(make, office, correct_mandate, **act_of(mandate))
    with pytest.raises(Conflict, match="corrected meanwhile"):
        run(make, second, confirm_mandate, mandate_id=mandate.id, version=1)
    run(make, second, confirm_mandate, mandate_id=mandate.id, version=2)
    with pytest.raises(Conflict, match="second person has confirmed"):
        run(make, office, correct_mandate, **act_of(mandate, version=2, act="Deed 3"))


def test_of_a_mandate_that_counts_only_the_act_is_corrected(make: Factory, office: Actor) -> None:
    mandate = make.mandate(make.person(), make.organisation())
    assert run(make, office, correct_mandate, **act_of(mandate)).act == "Deed 2"
    later = mandate.starts_on + timedelta(days=1)
    with pytest.raises(Invalid) as refused:
        run(make, office, correct_mandate, **act_of(mandate, version=2, starts_on=later))
    assert list(refused.value.fields) == ["starts_on"]
    run(make, office, end_mandate, mandate_id=mandate.id, ends_on=clock.today(), reason=REASON)
    with pytest.raises(Conflict, match="ended"):
        run(make, office, correct_mandate, **act_of(mandate, version=3))


def test_nobody_corrects_their_own_mandate_or_one_elsewhere(
    database: Database, make: Factory, office: Actor
) -> None:
    person = make.person()
    mandate = make.mandate(person, make.organisation())
    office_too = {"zone_id": make.zone.id, "email": person.email, "role": Role.PLAN_OFFICE}
    run(make, make.holder(Role.ADMINISTRATOR), give_role, **office_too)
    with pytest.raises(NotAllowed, match="own mandate"):
        run(make, make.actor(person), correct_mandate, **act_of(mandate))
    elsewhere = Factory(database, name="Un'altra zona")
    other = elsewhere.mandate(elsewhere.person(), elsewhere.organisation())
    with pytest.raises(NotAllowed):
        run(make, office, correct_mandate, **act_of(other))
    with pytest.raises(NotFound):
        run(make, office, correct_mandate, **act_of(mandate, mandate_id=0))


def test_a_mandate_is_corrected_by_the_page_and_confirmed_as_it_was_read(
    client: FlaskClient, make: Factory, office: Actor
) -> None:
    mandate, second = proposed(make, office), make.holder(Role.PLAN_OFFICE)
    make.sign_in(client, office)
    page = f"/amministrazione/deleghe/{mandate.id}/correggi"
    assert page in client.get("/amministrazione/deleghe").text
    form = {"act": "Deed 2", "starts_on": "2018-02-05", "ends_on": "", "version": "1"}
    assert client.post(page, data=form).status_code == 422
    assert client.post(page, data=form | {"reason": REASON}).status_code == 302
    assert "Deed 1" in client.get(page).text
    make.sign_in(client, second)
    confirm = f"/amministrazione/deleghe/{mandate.id}/conferma"
    assert 'name="version" value="2"' in client.get("/amministrazione/deleghe/in-attesa").text
    stale = client.post(confirm, data={"version": "1"}, follow_redirects=True)
    assert "Deed 2" in stale.text
    client.post(confirm, data={"version": "2"})
    with make.session() as session:
        assert session.get_one(Mandate, mandate.id).confirmed_by == second.person_id
