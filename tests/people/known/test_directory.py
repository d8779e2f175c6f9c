"""The administrators' pages of people: finding somebody, and all that is known of them."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from consultazione.core.actor import Role
from consultazione.people.accounts import accounts
from consultazione.web.oversight import security_log
from tests.support.factories import Factory


@pytest.fixture
def admin(client: FlaskClient, make: Factory) -> FlaskClient:
    """An administrator's browser."""
    return make.sign_in(client, make.holder(Role.ADMINISTRATOR))


@pytest.mark.parametrize("asked", ["niccolo", "PERÙ", "colò pe", "organis", "nico@EXAMPLE.org"])
def test_somebody_is_found_by_a_part_of_their_name_or_their_organisation(
    make: Factory, asked: str
) -> None:
    found = make.person(display_name="Niccolò Perù", email="nico@example.org")
    make.mandate(found, make.organisation())
    make.person(display_name="Anna 100%_Rossi")
    with make.session() as session:
        rows = accounts(session, make.zone.id, search=asked, limit=9)
        assert [one.id for one in rows] == [found.id]
        assert accounts(session, make.zone.id, search="%", limit=9)  # no letter: everybody


def test_one_page_has_roles_mandates_seats_and_what_happened(
    admin: FlaskClient, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[tuple[str, object]] = []
    monkeypatch.setattr(
        security_log.SecurityLog, "write", lambda _self, line: noted.append(
            (line["kind"], line.get("subject"))
        ),
    )  # fmt: skip
    person, table, auser = make.person(), make.table(), make.organisation()
    make.seat(table.id, auser)
    make.mandate(person, auser)
    path = f"/amministrazione/persone/{person.id}"
    given = admin.post(f"{path}/ruolo", data={"role": "facilitator", "table_id": table.id})
    assert given.status_code == 302
    page = admin.get(path).text
    for part in (auser.name, table.name, "Il ruolo", "delega"):
        assert part in page or part.lower() in page.lower()
    assert ("person.read", {"about": person.id}) in noted
    admin.get("/amministrazione/persone?cerca=rossi")
    assert ("people.sought", None) in noted


def test_the_office_of_the_plan_and_citizens_see_nobody(client: FlaskClient, make: Factory) -> None:
    person = make.person()
    for role in (Role.PLAN_OFFICE, Role.FACILITATOR):
        make.sign_in(client, make.holder(role))
        assert client.get(f"/amministrazione/persone/{person.id}").status_code == 403
        assert client.get("/amministrazione/inviti").status_code == 403
