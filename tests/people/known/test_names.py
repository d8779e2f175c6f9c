"""People of one name are told apart, and nobody makes themselves somebody else."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from consultazione.core.actor import Role
from consultazione.core.errors import Conflict, Invalid
from consultazione.people.commands.accounts import change_own_name
from consultazione.people.directory.commands import rename_person
from consultazione.people.own_data.names import check_own_name
from tests.support.factories import Factory

NAMES = ["Anna Rossi", "ANNA  ROSSI", "Ânna-Rossi", "Ａnna Rossi"]


def test_those_whose_names_look_the_same_get_a_number(make: Factory, client: FlaskClient) -> None:
    people = [make.person(display_name=name) for name in NAMES]
    assert [one.shown_name for one in people] == [
        NAMES[0], *(f"{name} ({mark})" for mark, name in enumerate(NAMES[1:], start=2)),
    ]  # fmt: skip
    assert make.person(display_name="Anna Russo").shown_name == "Anna Russo"
    table = make.table()
    proposal = make.proposal(table, author=make.actor(people[1]))
    page = client.get(f"/proposte/{proposal.id}").text
    assert "ANNA  ROSSI (2)" in page or "ANNA ROSSI (2)" in page
    assert client.get(f"/api/v1/proposals/{proposal.id}").get_json()["author"].endswith("(2)")


def test_a_number_follows_a_change_of_name(make: Factory) -> None:
    make.person(display_name="Anna Rossi")
    other = make.person(display_name="Bruno Bo")
    with make.database.transaction(make.actor(other)) as tx:
        renamed = change_own_name(tx, display_name="anna rossi")
        assert renamed.shown_name == "anna rossi (2)"
    assert make.actor(other).display_name == "anna rossi (2)"
    with make.database.transaction(make.actor(other)) as tx:
        assert change_own_name(tx, display_name="Bruno Bo").shown_name == "Bruno Bo"


@pytest.mark.parametrize("name", ["Anna Rossi (2)", "Anna Rossi ( 17 )", "Anna Rossi （2）"])
def test_nobody_gives_themselves_a_number(name: str) -> None:
    with pytest.raises(Invalid, match="number in brackets"):
        check_own_name(name)


def test_an_administrator_corrects_a_name_for_a_reason(make: Factory, client: FlaskClient) -> None:
    office, person = make.holder(Role.ADMINISTRATOR), make.person(display_name="Ana Rosi")
    make.sign_in(client, office)
    path = f"/amministrazione/persone/{person.id}"
    form = {"display_name": "Anna Rossi", "reason": "Scritto male al banco."}
    assert client.post(f"{path}/nome", data={**form, "reason": ""}).status_code == 422
    assert client.post(f"{path}/nome", data=form).status_code == 302
    page = client.get(path).text
    assert "Anna Rossi" in page
    assert "ha corretto il nome" in page
    with make.database.transaction(office) as tx:
        own = office.person_id or 0
        with pytest.raises(Conflict):
            rename_person(
                tx, zone_id=make.zone.id, person_id=own, display_name="Altra", reason="perché sì"
            )
