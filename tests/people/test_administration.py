"""The pages of the administration, and the dead jobs."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from consultazione.core import clock, job_outbox, log
from consultazione.core.actor import SYSTEM, Role
from consultazione.core.errors import Conflict
from consultazione.operations.commands import revive_job
from consultazione.people import admin_views
from consultazione.people.commands.mandates import confirm_mandate
from consultazione.people.events import JobRevived
from consultazione.people.models import Category
from consultazione.people.queries import mandates, organisations, role_grants
from tests.support.factories import Factory

PAGES = ["/", "/organizzazioni", "/deleghe", "/ruoli", "/sistema"]


@pytest.fixture
def admin(client: FlaskClient, make: Factory) -> FlaskClient:
    """An administrator's browser."""
    return make.sign_in(client, make.holder(Role.ADMINISTRATOR))


@pytest.fixture
def dead(make: Factory) -> int:
    """The position of an entry whose job is dead."""
    assert make.zone.id
    make.organisation()
    with make.database.transaction(SYSTEM) as tx:
        position = log.read_latest(tx.session, limit=1)[0].position
        job_outbox.add_jobs(tx.session, [(position, "minutes.draft")], at=tx.now)
        job = job_outbox.claim(tx.session, position, "minutes.draft")
        assert job is not None
        for _ in range(job_outbox.MOST_ATTEMPTS):
            assert job_outbox.begin(tx.session, position, "minutes.draft", at=tx.now)
            job_outbox.fail(job, "the disk is full", at=tx.now)
    return position


@pytest.mark.parametrize("page", PAGES)
def test_who_may_open_which_page(client: FlaskClient, make: Factory, page: str) -> None:
    path = f"/amministrazione{page}"
    assert make.zone.id
    seen = {Role.VISITOR: client.get(path).status_code}
    for role in (Role.FACILITATOR, Role.PLAN_OFFICE, Role.ADMINISTRATOR):
        make.sign_in(client, make.holder(role))
        seen[role] = client.get(path).status_code
    office = 403 if page in ("/ruoli", "/sistema") else 200
    assert list(seen.values()) == [302, 403, office, 200]


def test_an_organisation_is_added(admin: FlaskClient, make: Factory) -> None:
    form = {"name": "Auser Casalecchio", "category": "volunteering"}
    sent = admin.post("/amministrazione/organizzazioni", data=form)
    assert sent.status_code == 302
    assert "Auser Casalecchio" in admin.get(sent.location).text
    again = admin.post("/amministrazione/organizzazioni", data=form)
    assert again.status_code == 422
    assert 'href="#field-name"' in again.text
    with make.session() as session:
        assert [o.category for o in organisations(session, make.zone.id)] == [Category.VOLUNTEERING]


def test_a_mandate_is_given_and_ended(admin: FlaskClient, make: Factory) -> None:
    person, union = make.person(), make.organisation(Category.UNION)
    form = {
        "organisation_id": union.id,
        "email": person.email,
        "act": "Deed 3/2018",
        "starts_on": "2018-02-05",
        "ends_on": "",
    }
    assert admin.post("/amministrazione/deleghe", data=form).status_code == 302
    with make.session() as session:
        (mandate,) = mandates(session, make.zone.id)
    path = f"/amministrazione/deleghe/{mandate.id}/fine"
    assert path not in admin.get("/amministrazione/deleghe").text
    with make.database.transaction(make.holder(Role.PLAN_OFFICE)) as tx:
        confirm_mandate(tx, mandate_id=mandate.id)
    assert path in admin.get("/amministrazione/deleghe").text
    why = {"reason": "Deed 9/2018"}
    assert admin.post(path, data={**why, "ends_on": "2018-01-01"}).status_code == 422
    assert admin.post(path, data={"ends_on": "2018-07-30"}).status_code == 422
    assert admin.post(path, data={**why, "ends_on": "2018-07-30"}).status_code == 302
    assert path not in admin.get("/amministrazione/deleghe").text


def test_a_role_is_given_at_a_table_and_taken_back(admin: FlaskClient, make: Factory) -> None:
    person, table = make.person(), make.table()
    form = {"email": person.email, "role": "facilitator", "table_id": table.id}
    sent = admin.post("/amministrazione/ruoli", data=form)
    assert sent.status_code == 302
    with make.session() as session:
        grant, name = role_grants(session, make.zone.id)[-1]
    page = admin.get(sent.location).text
    assert name in page
    assert f"/amministrazione/ruoli/{grant.id}/ritira" in page
    admin.post(f"/amministrazione/ruoli/{grant.id}/ritira")
    with make.session() as session:
        assert [g.role for g, _ in role_grants(session, make.zone.id)] == [Role.ADMINISTRATOR]


def test_the_state_of_the_system_lists_what_was_laid_aside(admin: FlaskClient, dead: int) -> None:
    page = admin.get("/amministrazione/sistema").text
    assert "the disk is full" in page
    assert f"/amministrazione/sistema/lavori/{dead}/minutes.draft" in page


def test_a_job_that_fails_is_listed_before_it_is_laid_aside(
    admin: FlaskClient, make: Factory
) -> None:
    assert make.zone.id
    with make.database.transaction(SYSTEM) as tx:
        position = log.read_latest(tx.session, limit=1)[0].position
        job_outbox.add_jobs(tx.session, [(position, "minutes.draft")], at=tx.now)
    assert "minutes.draft" not in admin.get("/amministrazione/sistema").text
    with make.database.transaction(SYSTEM) as tx:
        job_outbox.begin(tx.session, position, "minutes.draft", at=tx.now)
    page = admin.get("/amministrazione/sistema").text
    assert "minutes.draft" in page
    assert "È in corso, oppure" in page
    with make.database.transaction(SYSTEM) as tx:
        job = job_outbox.claim(tx.session, position, "minutes.draft")
        assert job is not None
        job_outbox.fail(job, "the printer is away", at=tx.now)
    page = admin.get("/amministrazione/sistema").text
    assert "the printer is away" in page
    assert f"/amministrazione/sistema/lavori/{position}/minutes.draft" not in page


def test_a_dead_job_is_told_to_who_watches_and_takes_no_site_down(
    client: FlaskClient, make: Factory, dead: int
) -> None:
    assert dead
    ready = client.get("/readyz")
    assert ready.get_json()["jobs"] == {"ok": False, "dead": 1}
    others = {name: check["ok"] for name, check in ready.get_json().items() if name != "jobs"}
    assert ready.status_code == (200 if all(others.values()) else 503)
    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        revive_job(tx, position=dead, reaction="minutes.draft")
    assert client.get("/readyz").get_json()["jobs"] == {"ok": True}


def test_a_job_is_tried_again(admin: FlaskClient, make: Factory, dead: int) -> None:
    admin.post(f"/amministrazione/sistema/lavori/{dead}/minutes.draft")
    with make.session() as session:
        assert job_outbox.dead_jobs(session) == []
        job = job_outbox.claim(session, dead, "minutes.draft")
        assert job is not None
        assert (job.attempts, job.due_at <= clock.now()) == (0, True)
        assert log.read_latest(session, limit=1)[0].event == JobRevived(
            position=dead, reaction="minutes.draft"
        )


def test_only_a_dead_job_is_revived_and_only_once(make: Factory, dead: int) -> None:
    admin = make.holder(Role.ADMINISTRATOR)
    with make.database.transaction(admin) as tx:
        revive_job(tx, position=dead, reaction="minutes.draft")
    with pytest.raises(Conflict), make.database.transaction(admin) as tx:
        revive_job(tx, position=dead, reaction="minutes.draft")


def test_the_profile_menu_leads_to_the_administration(client: FlaskClient, make: Factory) -> None:
    make.sign_in(client, make.holder(Role.PLAN_OFFICE))
    assert f'href="{make.at}/amministrazione/"' in client.get("/profilo").text
    make.sign_in(client, make.citizen())
    assert f'href="{make.at}/amministrazione/"' not in client.get("/profilo").text


def test_the_registers_go_on_page_by_page(
    admin: FlaskClient, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(admin_views, "A_PAGE", 2)
    houses = [make.organisation() for _ in range(3)]
    given = [make.mandate(make.person(), house) for house in houses]
    for _house in houses:
        make.holder(Role.FACILITATOR)
    with make.database.snapshot() as session:
        by_name = organisations(session, make.zone.id)
        grants = [grant.id for grant, _name in role_grants(session, make.zone.id)]
    pages = {
        f"organizzazioni?dopo={by_name[1].id}": (by_name[2].name, by_name[0].name),
        f"deleghe?prima={given[1].id}": (f"/deleghe/{given[0].id}/", f"/deleghe/{given[2].id}/"),
        f"ruoli?dopo={grants[1]}": (f"/ruoli/{grants[2]}/", f"/ruoli/{grants[1]}/"),
    }
    for page, (on_it, before_it) in pages.items():
        path = f"{make.at}/amministrazione/{page}"
        first = admin.get(path.partition("?")[0]).text
        rest = admin.get(path).text.partition("</form>")[2]
        assert f'href="{path}"' in first
        assert (on_it in rest, before_it in rest) == (True, False), page


def test_a_register_goes_on_from_nothing_that_is_not_in_it(admin: FlaskClient) -> None:
    assert admin.get("/amministrazione/organizzazioni?dopo=99999").status_code == 404
