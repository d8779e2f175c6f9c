"""The pages of the provincial programme and its REST resources."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from consultazione.core.actor import SYSTEM, Role
from consultazione.people.commands.tokens import create_token
from consultazione.provincial.commands.answering import accept_project
from tests.support.books import Books
from tests.support.factories import Factory
from tests.support.provinces import Province

HOME = "/territorio/provincia-di-prova/programma"
WHY = "Serve in tutti gli sportelli della zona."


def test_the_programme_shows_three_sections_and_what_waits(
    client: FlaskClient, province: Province
) -> None:
    assert f'href="{HOME}"' in client.get(HOME.removesuffix("/programma")).text
    page = client.get(HOME).text
    for name in ("System actions", "Childhood and adolescence", "Immigration"):
        assert f">{name}</h3>" in page
    assert page.count("No project in this section yet.") == 2
    assert "Mediatori negli sportelli" in page
    assert "12,000.50\u00a0€" in page
    assert "It has not been forwarded to a zone yet." in page
    assert "Write a project" not in page
    province.forward()
    assert "Waiting for an answer" in client.get(HOME).text
    assert client.get("/territorio/altrove/programma").status_code == 404


def test_a_territory_without_programme_says_so(client: FlaskClient, province: Province) -> None:
    empty = client.get(f"{province.make.here}/progetti-provinciali").text
    assert "No project of the province reached this zone in this cycle." in empty


def test_one_zone_accepts_and_another_refuses(
    client: FlaskClient, province: Province, make: Factory
) -> None:
    here, there = province.forward(), province.forward(province.there)
    make.sign_in(client, make.holder(Role.PLAN_OFFICE))
    received = client.get(f"{make.here}/progetti-provinciali").text
    assert "From the table “Tavolo stranieri”" in received
    assert f'href="/progetti-provinciali/ricevuti/{here.id}"' in received
    form = f"/progetti-provinciali/ricevuti/{here.id}"
    short = client.post(form, data={"answer": "accepted", "reason": "sì"})
    assert short.status_code == 422
    assert client.post(form, data={"answer": "waiting", "reason": WHY}).status_code == 422
    sent = client.post(form, data={"answer": "accepted", "reason": WHY})
    assert sent.location == f"{make.here}/progetti-provinciali"
    accepted = client.get(sent.location).text
    assert re.search(r"Accepted in this cycle.*Mediatori negli sportelli.*" + WHY, accepted, re.S)
    assert client.get(f"/progetti-provinciali/ricevuti/{there.id}").status_code == 403
    again = client.post(form, data={"answer": "refused", "reason": WHY})
    assert again.status_code == 422
    assert "the answer stands" in again.text

    make.sign_in(client, province.there.holder(Role.PLAN_OFFICE))
    refused = {"answer": "refused", "reason": "Lo fa già il Comune."}
    client.post(f"/progetti-provinciali/ricevuti/{there.id}", data=refused)
    page = client.get(f"/progetti-provinciali/{province.project.id}").text
    assert re.search(r"Distretto di Altrove.*Not accepted.*Lo fa già il Comune", page, re.S)
    assert re.search(r"Unione di prova.*Accepted.*" + WHY, page, re.S)
    assert f'href="{province.there.here}/progetti-provinciali"' in page
    assert "Tavolo stranieri" in page


def test_an_accepted_project_is_put_into_the_programme(
    client: FlaskClient, province: Province, make: Factory
) -> None:
    books, forward = Books(make), province.forward()
    books.run(accept_project, forward_id=forward.id, reason=WHY)
    address = f"/progetti-provinciali/ricevuti/{forward.id}/programma/2018"
    place = f"{make.here}/progetti-provinciali"
    assert address not in client.get(place).text
    make.sign_in(client, books.office)
    assert address in client.get(place).text
    assert 'value="Mediatori negli sportelli"' in client.get(address).text
    body = books.payers[0].id
    sheet = {"kind": "project", "level": "access", "area": "poverty", "lead_body_id": body}
    sent = client.post(address, data={"title": "Mediatori", **sheet})
    intervention = sent.location.removesuffix("/costi")
    page = client.get(intervention).text
    assert re.search(r"A project of the province:.*Mediatori negli sportelli.*Tavolo", page, re.S)
    assert f'href="{intervention}"' in client.get(place).text
    assert (
        f'href="{intervention}"' in client.get(f"/progetti-provinciali/{province.project.id}").text
    )
    assert address not in client.get(place).text
    again = client.post(address, data={"title": "Mediatori", **sheet})
    assert again.status_code == 422
    assert "stands in the programme 2018 already" in again.text


def test_a_coordinator_writes_and_forwards_on_screen(
    client: FlaskClient, province: Province, make: Factory
) -> None:
    make.sign_in(client, province.coordinator())
    assert "Write a project" in client.get(HOME).text
    place = HOME.removesuffix("/programma")
    years = {"first_year": "2025", "last_year": "2027"}
    assert client.post(f"{HOME}/nuovo", data=years).location == HOME
    table = {"section": "system_actions", "name": "Tavolo di sistema", "remit": "Uffici di piano"}
    assert client.post(f"{place}/tavoli-provinciali/nuovo", data=table).location == HOME
    project = {
        "programme_id": str(province.programme.id),
        "table_id": str(province.table.id),
        "title": "Corso di lingua",
        "body": "Un corso di italiano per chi è arrivato da poco.",
        "amount": "1.234",
    }
    refused = client.post(f"{place}/progetti/nuovo", data=project)
    assert refused.status_code == 422
    assert "Write an amount such as 1234,50, with at most two decimals." in refused.text
    sent = client.post(f"{place}/progetti/nuovo", data={**project, "amount": "1.234,50"})
    page = client.get(sent.location).text
    assert "1,234.50\u00a0€" in page
    forward = re.search(r'action="(/progetti-provinciali/\d+/inoltra/\d+)"', page)
    assert forward
    client.post(forward[1])
    assert "Waiting for an answer" in client.get(sent.location).text
    for path in (f"{HOME}/nuovo", f"{place}/tavoli-provinciali/nuovo", f"{place}/progetti/nuovo"):
        assert client.get(path).status_code == 200
    make.sign_in(client, make.holder(Role.ADMINISTRATOR))
    for path in (f"{HOME}/nuovo", f"{place}/tavoli-provinciali/nuovo", f"{place}/progetti/nuovo"):
        assert client.get(path).status_code == 403
    assert "inoltra" not in client.get(sent.location).text


def test_programs_read_and_answer(client: FlaskClient, province: Province, make: Factory) -> None:
    forward, office = province.forward(), make.holder(Role.PLAN_OFFICE)
    (found,) = client.get("/api/v1/territories/provincia-di-prova/projects").get_json()
    assert (found["section"], found["amount"]) == ("immigration", "12000.50")
    (received,) = client.get(f"/api/v1/received-projects?zone={make.zone.slug}").get_json()
    assert (received["id"], received["state"]) == (forward.id, "waiting")
    with make.database.transaction(SYSTEM) as tx:
        key = create_token(tx, person_id=office.person_id or 0, label="test")
    sent = client.post(
        f"/api/v1/received-projects/{forward.id}/answer",
        json={"answer": "accepted", "reason": WHY},
        headers={"Authorization": f"Bearer {key}"},
    )
    assert (sent.status_code, sent.get_json()["state"]) == (201, "accepted")
    (zone,) = client.get(f"/api/v1/provincial-projects/{province.project.id}").get_json()["zones"]
    assert (zone["zone"], zone["state"], zone["reason"]) == (make.zone.slug, "accepted", WHY)
