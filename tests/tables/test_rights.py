"""The rule of a table, the zone's defaults, who is admitted, and who was identified."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consultazione.core import log
from consultazione.core.actor import Actor, Role
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.people.commands.identifying import identify_person
from consultazione.people.events import person_stream
from consultazione.people.models import Category, Person
from consultazione.proposals.commands.lifecycle import submit_proposal
from consultazione.setup.commands.tables import close_table
from consultazione.tables.commands import set_up_table
from consultazione.tables.events import table_stream
from consultazione.tables.models import TableKind, ThematicTable
from consultazione.tables.queries import accreditations
from consultazione.tables.rights.commands import (
    accredit_person,
    change_table_default,
    change_table_rule,
    end_accreditation,
)
from consultazione.tables.rules import BUILT_IN, TableRule, Who, rule_of
from consultazione.zones.events import zone_stream
from tests.support.factories import Factory

SEATS = TableRule(propose=Who.ORGANISATIONS, vote=Who.ORGANISATIONS)
FIELDS = {
    "attend": "anybody", "speak": "anybody", "propose": "organisations",
    "vote": "organisations", "level": "2", "hall": "yes",
}  # fmt: skip


def run(make: Factory, who: Actor, command: Any, **values: Any) -> Any:
    with make.database.transaction(who) as tx:
        return command(tx, **values)


def kinds(make: Factory, stream: str) -> list[str]:
    with make.session() as session:
        return [entry.kind for entry in log.read_stream(session, stream)]


def email(make: Factory, who: Actor) -> str:
    with make.session() as session:
        return session.get_one(Person, who.person_id).email or ""


@pytest.fixture
def table(make: Factory) -> ThematicTable:
    return make.table()


@pytest.fixture
def office(make: Factory) -> Actor:
    return make.holder(Role.PLAN_OFFICE)


@pytest.fixture
def admin(make: Factory) -> Actor:
    return make.holder(Role.ADMINISTRATOR)


def test_a_rule_is_written_once_and_by_who_may(
    make: Factory, table: ThematicTable, office: Actor
) -> None:
    for _time in range(2):
        run(make, office, change_table_rule, table_id=table.id, rule=SEATS)
    with make.session() as session:
        assert rule_of(session.get_one(ThematicTable, table.id).rule) == SEATS
    assert kinds(make, table_stream(table.id)).count("table.rule_changed") == 1
    facilitator = make.holder(Role.FACILITATOR, table.id)
    with pytest.raises(NotAllowed):
        run(make, facilitator, change_table_rule, table_id=table.id, rule=TableRule())
    with pytest.raises(Invalid) as refused:
        run(make, office, change_table_rule, table_id=table.id, rule=TableRule(level=3))
    assert list(refused.value.fields) == ["level"]
    with pytest.raises(NotFound):
        run(make, office, change_table_rule, table_id=0, rule=SEATS)


def test_a_closed_table_keeps_its_rule_and_its_persons(
    make: Factory, table: ThematicTable, office: Actor, admin: Actor
) -> None:
    run(make, admin, close_table, table_id=table.id, reason="Its work is done.")
    with pytest.raises(Conflict, match="closed"):
        run(make, office, change_table_rule, table_id=table.id, rule=SEATS)
    address = email(make, make.citizen())
    with pytest.raises(Conflict, match="closed"):
        run(make, office, accredit_person, table_id=table.id, email=address, reason="Act 3")


def test_new_tables_get_the_rule_of_their_kind(
    make: Factory, table: ThematicTable, office: Actor, admin: Actor
) -> None:
    def set_up(name: str, kind: TableKind) -> TableRule:
        values = {"cycle_id": make.cycle.id, "name": name, "kind": kind, "remit": "Homes"}
        return rule_of(run(make, office, set_up_table, **values).rule)

    union = set_up("Unions", TableKind.UNION_CONSULTATION)
    assert union == BUILT_IN[TableKind.UNION_CONSULTATION]
    assert (union.speak, union.propose, union.vote) == (Who.UNIONS,) * 3
    assert set_up("First", TableKind.THEMATIC).vote is Who.IDENTIFIED
    default = {"zone_id": make.zone.id, "kind": TableKind.THEMATIC, "rule": SEATS}
    with pytest.raises(NotAllowed):
        run(make, office, change_table_default, **default)
    for _time in range(2):
        run(make, admin, change_table_default, **default)
    assert kinds(make, zone_stream(make.zone.id)).count("table.default_changed") == 1
    assert set_up("Second", TableKind.THEMATIC) == SEATS
    assert set_up("Plenary", TableKind.PLENARY).vote is Who.IDENTIFIED
    with make.session() as session:
        assert rule_of(session.get_one(ThematicTable, table.id).rule) != SEATS


def test_somebody_is_admitted_once_and_until_it_ends(
    make: Factory, table: ThematicTable, office: Actor
) -> None:
    citizen = make.citizen()
    given = {"table_id": table.id, "email": email(make, citizen), "reason": "Act 3"}
    first, again = (run(make, office, accredit_person, **given) for _time in range(2))
    assert first.id == again.id
    ended = {"accreditation_id": first.id, "reason": "Moved away"}
    run(make, office, end_accreditation, **ended)
    with pytest.raises(Conflict):
        run(make, office, end_accreditation, **ended)
    with make.session() as session:
        assert accreditations(session, table.id) == []
    told = [kind for kind in kinds(make, table_stream(table.id)) if "accredit" in kind]
    assert told == ["person.accredited", "accreditation.ended"]
    assert run(make, office, accredit_person, **given).id != first.id


def test_nobody_admits_or_identifies_themselves(
    make: Factory, table: ThematicTable, admin: Actor
) -> None:
    facilitator = make.holder(Role.FACILITATOR, table.id)
    own = email(make, facilitator)
    with pytest.raises(NotAllowed):
        run(make, facilitator, accredit_person, table_id=table.id, email=own, reason="Act 3")
    with pytest.raises(Invalid) as refused:
        run(make, facilitator, accredit_person, table_id=table.id, email="x@y.org", reason="Act 3")
    assert list(refused.value.fields) == ["email"]
    place = {"zone_id": make.zone.id}
    with pytest.raises(NotAllowed):
        run(make, admin, identify_person, person_id=admin.person_id, **place)
    with pytest.raises(NotFound):
        run(make, admin, identify_person, person_id=0, **place)


def test_who_somebody_is_is_said_by_the_desk_or_an_administrator(
    make: Factory, table: ThematicTable, admin: Actor
) -> None:
    citizen = make.citizen()
    place = {"zone_id": make.zone.id, "person_id": citizen.person_id}
    for who in (make.citizen(), make.holder(Role.PLAN_OFFICE)):
        with pytest.raises(NotAllowed):
            run(make, who, identify_person, **place)
    desk = make.holder(Role.FACILITATOR, table.id)
    run(make, desk, identify_person, table_id=table.id, **place)
    assert run(make, admin, identify_person, **place).assurance == 2
    assert kinds(make, person_stream(citizen.person_id or 0)).count("person.identified") == 1


def test_the_desk_of_one_table_is_none_of_another(make: Factory, table: ThematicTable) -> None:
    desk = make.holder(Role.FACILITATOR, table.id)
    place = {"zone_id": make.zone.id, "person_id": make.citizen().person_id}
    with pytest.raises(NotAllowed):
        run(make, desk, identify_person, table_id=make.table().id, **place)


@pytest.mark.parametrize(
    ("rule", "who", "allowed"),
    [
        (TableRule(propose=Who.UNIONS), "union", True),
        (TableRule(propose=Who.UNIONS), "seated", False),
        (TableRule(propose=Who.ORGANISATIONS), "seated", True),
        (TableRule(propose=Who.ORGANISATIONS), "elsewhere", False),
        (TableRule(propose=Who.ACCREDITED), "accredited", True),
        (TableRule(propose=Who.ACCREDITED), "identified", False),
        (TableRule(propose=Who.IDENTIFIED), "identified", True),
        (TableRule(propose=Who.IDENTIFIED), "citizen", False),
        (TableRule(propose=Who.IDENTIFIED, level=0), "citizen", True),
        (TableRule(), "citizen", True),
    ],
)
def test_the_rule_says_who_proposes(
    make: Factory, admin: Actor, office: Actor, rule: TableRule, who: str, allowed: bool
) -> None:
    table = make.table(rule=rule)
    person = make.person()
    if who in ("union", "seated"):
        category = Category.UNION if who == "union" else Category.VOLUNTEERING
        make.mandate(person, make.seated(table.id, category))
    elif who == "elsewhere":
        make.mandate(person, make.organisation())
    elif who == "accredited":
        given = {"table_id": table.id, "email": person.email, "reason": "Act 3"}
        run(make, office, accredit_person, **given)
    elif who == "identified":
        run(make, admin, identify_person, zone_id=make.zone.id, person_id=person.id)
    words = {"table_id": table.id, "title": "A room", "body": "For all.", "need_ids": []}
    if allowed:
        assert run(make, make.actor(person), submit_proposal, **words).id
    else:
        with pytest.raises(NotAllowed, match="Only these write proposals"):
            run(make, make.actor(person), submit_proposal, **words)


def test_who_may_not_propose_is_told_before_the_form(app: Flask, make: Factory) -> None:
    table = make.table(rule=SEATS)
    client = make.sign_in(app.test_client(), make.citizen())
    address = f"{make.here}/tavoli/{table.slug}"
    page = client.get(f"{address}/proposte/nuova")
    assert page.status_code == 403
    assert "le organizzazioni con un posto al tavolo" in page.text
    assert 'name="body"' not in page.text
    shown = client.get(address).text
    assert "A questo tavolo scrivono proposte solo" in shown
    assert f"{table.slug}/proposte/nuova" not in shown
    everywhere = client.get(f"{make.here}/proposte/nuova").text
    assert table.name not in everywhere


def test_the_page_of_a_rule(app: Flask, make: Factory, table: ThematicTable, office: Actor) -> None:
    client = make.sign_in(app.test_client(), office)
    address = f"{make.here}/tavoli/{table.slug}"
    assert f"{table.slug}/regola" in client.get(address).text
    form = client.get(f"{address}/regola").text
    assert form.count('name="vote"') == len(Who)
    assert client.post(f"{address}/regola", data={**FIELDS, "vote": ""}).status_code == 422
    page = client.post(f"{address}/regola", data=FIELDS, follow_redirects=True).text
    assert "La regola del tavolo è scritta." in page
    assert "le organizzazioni con un posto al tavolo, con i loro delegati" in page
    with make.session() as session:
        assert rule_of(session.get_one(ThematicTable, table.id).rule) == SEATS
    other = make.sign_in(app.test_client(), make.citizen())
    assert other.get(f"{address}/regola").status_code == 403


def test_the_pages_of_the_defaults(app: Flask, make: Factory, admin: Actor) -> None:
    client = make.sign_in(app.test_client(), admin)
    address = f"{make.here}/impostazioni/regole"
    assert "impostazioni/regole" in client.get(f"{make.here}/impostazioni").text
    assert "i sindacati con un posto al tavolo" in client.get(address).text
    form = f"{address}/thematic"
    assert client.get(form).status_code == 200
    page = client.post(form, data=FIELDS, follow_redirects=True).text
    assert "I nuovi tavoli di questo tipo ricevono questa regola." in page
    assert client.get(f"{address}/of_old").status_code == 302
    other = make.sign_in(app.test_client(), make.citizen())
    assert other.get(address).status_code == 403


def test_the_pages_of_who_is_admitted(
    app: Flask, make: Factory, table: ThematicTable, office: Actor
) -> None:
    client, citizen = make.sign_in(app.test_client(), office), make.person()
    address = f"{make.here}/tavoli/{table.slug}/ammessi"
    assert "Nessuna persona è stata ancora ammessa." in client.get(address).text
    wrong = client.post(address, data={"email": "x@y.org", "reason": "Act 3"})
    assert (wrong.status_code, "Act 3" in wrong.text) == (422, True)
    data = {"email": citizen.email, "reason": "Determina 3"}
    assert citizen.display_name in client.post(address, data=data, follow_redirects=True).text
    assert "Determina 3" in client.get(f"{make.here}/tavoli/{table.slug}").text
    with make.session() as session:
        (row,) = accreditations(session, table.id)
    end = f"/ammissioni/{row.id}/fine"
    assert citizen.display_name in client.get(end).text
    assert client.post(end, data={"reason": ""}).status_code == 422
    done = client.post(end, data={"reason": "Trasferita"}, follow_redirects=True).text
    assert "L’ammissione è terminata." in done
    late = client.post(end, data={"reason": "Trasferita"})
    assert (late.status_code, "è già terminata" in late.text) == (422, True)
    assert client.get("/ammissioni/0/fine").status_code == 404
    other = make.sign_in(app.test_client(), make.citizen())
    assert other.get(address).status_code == 403


def test_the_buttons_of_an_identity(app: Flask, make: Factory, admin: Actor) -> None:
    citizen = make.person()
    client = make.sign_in(app.test_client(), admin)
    button = "{}/amministrazione/persone/{}/identifica"
    answer = client.post(button.format(make.at, citizen.id), data={"next": "/"})
    assert answer.status_code in (302, 303)
    with make.session() as session:
        assert session.get_one(Person, citizen.id).assurance == 2
    someone = make.person()
    other = make.sign_in(app.test_client(), make.citizen())
    other.post(button.format(make.at, someone.id), data={"next": "/"})
    with make.session() as session:
        assert session.get_one(Person, someone.id).assurance == 0


def test_rest_shows_the_rule(client: FlaskClient, make: Factory) -> None:
    table = make.table(rule=SEATS)
    shown = client.get(f"/api/v1/tables/{table.id}").get_json()["rule"]
    assert (shown["vote"], shown["attend"], shown["hall"]) == ("organisations", "anybody", True)
