"""Organisations ask to be accredited; the office grants it, or refuses with a reason."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from consultazione.core.actor import Actor, Role
from consultazione.core.errors import Conflict, Invalid, NotAllowed
from consultazione.core.incoming.uploads import StoredFile, store
from consultazione.core.mail.outbox import Mail
from consultazione.people.mandates.documents import documents_of
from consultazione.people.models import Category, Mandate, Organisation
from consultazione.tables.accrediting.commands import (
    apply_for_accreditation,
    grant_accreditation,
    refuse_accreditation,
    withdraw_application,
)
from consultazione.tables.accrediting.models import Application, ApplicationState
from consultazione.tables.queries import seats
from tests.support.factories import Factory
from tests.support.upload_samples import HTML, PDF


@pytest.fixture
def statute(tmp_path: Path) -> StoredFile:
    return store(tmp_path, "statuto.pdf", PDF)


@pytest.fixture
def office(make: Factory) -> Actor:
    return make.holder(Role.PLAN_OFFICE)


def ask(
    make: Factory, who: Actor, statute: StoredFile, name: str = "Auser di prova", **values: object
) -> Application:
    given = {"category": Category.VOLUNTEERING, "office": "Presidente", **values}
    with make.database.transaction(who) as tx:
        return apply_for_accreditation(
            tx,
            cycle_id=make.cycle.id,
            name=name,
            file=statute,
            **given,  # type: ignore[arg-type]
        )


def grant(make: Factory, office: Actor, asked: Application, **values: object) -> Application:
    given = {"name": asked.name, "category": asked.category, "table_ids": asked.table_ids}
    with make.database.transaction(office) as tx:
        return grant_accreditation(tx, application_id=asked.id, **{**given, **values})  # type: ignore[arg-type]


def test_it_is_granted_with_mandate_seat_document_and_mail(
    make: Factory, office: Actor, statute: StoredFile
) -> None:
    table, who = make.table(), make.citizen()
    granted = grant(make, office, ask(make, who, statute, table_ids=[table.id]))
    with make.session() as session:
        organisation = session.get_one(Organisation, granted.organisation_id)
        assert [seat.organisation_id for seat in seats(session, table.id)] == [organisation.id]
        mandate = session.get_one(Mandate, granted.mandate_id)
        assert mandate.person_id == who.person_id
        assert mandate.confirmed_at is not None
        (paper,) = documents_of(session, [mandate.id])[mandate.id]
        assert paper.sha256 == statute.sha256
        owed = session.scalars(select(Mail.kind).filter_by(person_id=who.person_id)).all()
        assert owed == ["accreditation"]
    with pytest.raises(Conflict):
        grant(make, office, granted)


def test_a_union_waits_for_a_second_person(
    make: Factory, office: Actor, statute: StoredFile
) -> None:
    granted = grant(make, office, ask(make, make.citizen(), statute, category=Category.UNION))
    with make.session() as session:
        assert session.get_one(Mandate, granted.mandate_id).confirmed_at is None


def test_one_of_the_register_gets_a_mandate_and_no_double(
    make: Factory, office: Actor, statute: StoredFile
) -> None:
    known = make.organisation()
    granted = grant(make, office, ask(make, make.citizen(), statute, known.name.upper()))
    assert granted.organisation_id == known.id


def test_nobody_decides_on_what_they_asked_and_waits_twice(
    make: Factory, office: Actor, statute: StoredFile
) -> None:
    asked = ask(make, office, statute)
    with pytest.raises(NotAllowed):
        grant(make, office, asked)
    with pytest.raises(Conflict):
        ask(make, office, statute, "Altra")
    with make.database.transaction(office) as tx:
        withdraw_application(tx, application_id=asked.id)
    assert ask(make, office, statute, "Altra").state is ApplicationState.ASKED


def test_tables_of_another_cycle_and_citizens_are_refused(
    make: Factory, statute: StoredFile
) -> None:
    with pytest.raises(Invalid) as refused:
        ask(make, make.citizen(), statute, table_ids=[make.table().id + 999])
    assert "table_ids" in refused.value.fields
    with pytest.raises(Invalid):
        ask(make, make.citizen(), statute, category=Category.CITIZEN)


def test_a_refusal_has_a_reason_that_who_asked_reads(
    client: FlaskClient, make: Factory, office: Actor, statute: StoredFile
) -> None:
    who = make.citizen()
    asked = ask(make, who, statute)
    with make.database.transaction(office) as tx:
        refuse_accreditation(tx, application_id=asked.id, reason="Manca la firma sullo statuto.")
    make.sign_in(client, who)
    assert "Manca la firma" in client.get(f"/accreditamenti/{asked.id}").text


def test_the_way_over_the_pages(client: FlaskClient, make: Factory) -> None:
    table, who, office = make.table(), make.citizen(), make.holder(Role.PLAN_OFFICE)
    make.sign_in(client, who)
    form = {"name": "Il Ponte", "category": "aps", "office": "Presidente"}
    form |= {"table_ids": str(table.id)}
    page = f"{make.here}/accreditamento"
    assert client.post(page, data=form).status_code == 422  # no file
    bad = {**form, "file": (BytesIO(HTML), "statuto.pdf")}
    assert client.post(page, data=bad).status_code == 422
    sent = client.post(page, data={**form, "file": (BytesIO(PDF), "statuto.pdf")})
    assert sent.status_code == 302
    path = sent.location
    assert "aspetta una risposta" in client.get(path).text
    with client.get(f"{path}/file/statuto.pdf") as file:
        assert file.data == PDF
    assert client.post(f"{path}/concedi", data=form).status_code in (403, 404, 422)
    make.sign_in(client, make.citizen())
    assert client.get(path).status_code == 404
    assert client.get(f"{path}/file/statuto.pdf").status_code == 404
    make.sign_in(client, office)
    assert "Il Ponte" in client.get(f"{make.at}/amministrazione/accreditamenti").text
    assert client.post(f"{path}/rifiuta", data={"reason": ""}).status_code == 422
    assert client.post(f"{path}/concedi", data=form).status_code == 302
    with make.session() as session:
        organisation = session.scalars(select(Organisation).filter_by(name="Il Ponte")).one()
    public = client.get(f"{make.at}/organizzazioni/{organisation.id}").text
    assert table.name in public
    assert who.display_name in public
    assert client.get(f"{make.at}/persone/{who.person_id}").status_code == 200
    stranger = make.citizen()
    assert client.get(f"{make.at}/persone/{stranger.person_id}").status_code == 404
