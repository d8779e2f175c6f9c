"""What who answers for data sees and sets: accesses, days, and the register of processing."""

from __future__ import annotations

from flask.testing import FlaskClient

from consultazione.core.actor import Role
from consultazione.core.audit import state_faults
from tests.support.factories import Factory

ACTIVITY = {
    "name": "Iscrizioni alle sedute", "purpose": "Sapere chi viene.", "basis": "Art. 6 e)",
    "subjects": "Chi si iscrive", "data": "Nome", "recipients": "Ufficio di piano",
    "kept": "Un anno", "measures": "Password",
}  # fmt: skip


def test_the_register_of_processing_is_edited(client: FlaskClient, make: Factory) -> None:
    register = f"{make.at}/amministrazione/trattamenti"
    make.sign_in(client, make.holder(Role.PLAN_OFFICE))
    assert client.get(register).status_code == 403
    make.sign_in(client, make.holder(Role.ADMINISTRATOR))
    assert "Partecipazione al piano di zona" in client.get(register).text
    begun = client.get(f"{register}/nuovo?esempio=moderazione").text
    assert "Trattare le segnalazioni di testi" in begun
    assert client.post(f"{register}/nuovo", data={"name": "X"}).status_code == 422
    assert client.post(f"{register}/nuovo", data=ACTIVITY).status_code == 302
    page = client.get(register).text
    assert "Iscrizioni alle sedute" in page
    address = f"/amministrazione/trattamenti/{_number(page)}"
    assert client.post(address, data={**ACTIVITY, "kept": "Due anni"}).status_code == 302
    assert "Due anni" in client.get(register).text
    assert client.post(f"{address}/togli").status_code == 302
    assert "Due anni" not in client.get(register).text
    with make.session() as session:
        assert list(state_faults(session)) == []


def test_each_zone_edits_its_own_register(client: FlaskClient, make: Factory) -> None:
    """Also the zone that was set up second, whose pages are not those without a zone."""
    other = Factory(make.database, name="Distretto di Altrove")
    (here, elsewhere) = (_recorded(client, one) for one in (make, other))
    for path in (here, f"{here}/togli"):  # signed in as who administers the other zone
        assert client.post(path, data=ACTIVITY).status_code == 403
    assert client.get(here).status_code == 403
    assert ACTIVITY["name"] in client.get(elsewhere).text
    assert client.post(elsewhere, data={**ACTIVITY, "kept": "Due anni"}).status_code == 302
    register = f"{other.at}/amministrazione/trattamenti"
    assert "Due anni" in client.get(register).text
    taken_out = client.post(f"{elsewhere}/togli")
    assert taken_out.location == register
    assert "Due anni" not in client.get(register).text


def _recorded(client: FlaskClient, make: Factory) -> str:
    """The address of an activity that an administrator, who stays signed in, entered."""
    register = f"{make.at}/amministrazione/trattamenti"
    make.sign_in(client, make.holder(Role.ADMINISTRATOR))
    client.post(f"{register}/nuovo", data=ACTIVITY)
    return f"/amministrazione/trattamenti/{_number(client.get(register).text)}"


def test_a_zone_sets_how_long_data_is_kept(client: FlaskClient, make: Factory) -> None:
    settings = f"{make.at}/amministrazione/privacy"
    make.sign_in(client, make.holder(Role.ADMINISTRATOR))
    said = {"left_texts": "erase", "mail_days": "10", "security_days": "200", "link_days": "2"}
    assert client.post(settings, data={**said, "job_days": "0"}).status_code == 422
    assert client.post(settings, data={**said, "job_days": "5"}).status_code == 302
    assert 'value="200"' in client.get(settings).text
    with make.session() as session:
        assert list(state_faults(session)) == []


def test_it_is_told_who_looked_at_accounts(client: FlaskClient, make: Factory) -> None:
    administrator = make.holder(Role.ADMINISTRATOR)
    make.sign_in(client, administrator)
    client.get(f"{make.at}/amministrazione/persone")
    page = client.get("/amministrazione/accessi-ai-dati").text
    assert "Ha letto l’elenco degli account" in page
    assert administrator.display_name in page


def _number(page: str) -> str:
    """The number of the activity in the first address that has one."""
    parts = page.split("/amministrazione/trattamenti/")[1:]
    return next(part.partition('"')[0] for part in parts if part[0].isdigit())
