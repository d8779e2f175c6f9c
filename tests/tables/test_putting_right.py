"""Seats given back, tables corrected and closed, materials replaced and withdrawn."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from consultazione.config import Settings
from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.db import Database
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.core.incoming.uploads import store
from consultazione.core.log import read_stream
from consultazione.proposals.commands.lifecycle import submit_proposal
from consultazione.setup.commands.tables import (
    change_table,
    close_table,
    move_table,
    reopen_table,
)
from consultazione.sittings.agenda.commands.papers import attach_material
from consultazione.sittings.models import Sitting
from consultazione.tables.commands import take_seat
from consultazione.tables.events import table_stream
from consultazione.tables.materials.commands import (
    replace_material,
    retitle_material,
    withdraw_material,
)
from consultazione.tables.models import Material, TableKind, ThematicTable
from consultazione.tables.queries import seats, tables
from consultazione.tables.seats.commands import give_seat_back
from tests.support.factories import Factory

REASON = "It was entered wrongly."


def run(make: Factory, who: Actor, command: Any, **values: Any) -> Any:
    with make.database.transaction(who) as tx:
        return command(tx, **values)


def change(table: ThematicTable, **values: Any) -> dict[str, Any]:
    words = {"name": table.name, "kind": table.kind, "remit": table.remit, "coordinator": ""}
    return {"table_id": table.id, "version": 1, "reason": REASON, **words, **values}


def first_point(make: Factory, sitting: Sitting) -> int:
    with make.session() as session:
        return session.get_one(Sitting, sitting.id).agenda[0].id


@pytest.fixture
def admin(make: Factory) -> Actor:
    """An administrator of the zone."""
    return make.holder(Role.ADMINISTRATOR)


@pytest.fixture
def table(make: Factory) -> ThematicTable:
    """A table of the zone."""
    return make.table(name="Casa")


@pytest.fixture
def facilitator(make: Factory, table: ThematicTable) -> Actor:
    """The table's facilitator."""
    return make.holder(Role.FACILITATOR, table.id)


# --- seats ---


def test_a_seat_is_given_back_and_why_is_shown(
    client: FlaskClient, make: Factory, table: ThematicTable, facilitator: Actor
) -> None:
    organisation = make.organisation()
    run(make, SYSTEM, take_seat, table_id=table.id, organisation_id=organisation.id)
    make.sign_in(client, facilitator)
    form = f"/tavoli/{table.slug}/componenti/{organisation.id}/fine"
    page = client.get(f"/tavoli/{table.slug}/componenti").text
    assert form in page
    assert f'<option value="{organisation.id}"' not in page
    assert client.post(form, data={"reason": ""}).status_code == 422
    assert client.post(form, data={"reason": REASON}).status_code == 302
    with make.session() as session:
        assert seats(session, table.id) == []
        entry = read_stream(session, table_stream(table.id))[-1]
    assert (entry.kind, entry.actor_id) == ("seat.given_back", facilitator.person_id)
    earlier = client.application.test_client().get(f"/tavoli/{table.slug}/com-era-prima").text
    for words in (organisation.name, REASON, facilitator.display_name):
        assert words in earlier
    assert client.post(form, data={"reason": REASON}).status_code == 404
    offered = client.get(f"/tavoli/{table.slug}/componenti").text
    assert f'<option value="{organisation.id}"' in offered


def test_who_may_not_gives_no_seat_back(make: Factory, table: ThematicTable) -> None:
    values = {"organisation_id": make.organisation().id, "reason": REASON}
    run(make, SYSTEM, take_seat, table_id=table.id, organisation_id=values["organisation_id"])
    elsewhere = make.holder(Role.FACILITATOR, make.table().id)
    for who in (make.citizen(), elsewhere):
        with pytest.raises(NotAllowed):
            run(make, who, give_seat_back, table_id=table.id, **values)
    with pytest.raises(NotFound):
        run(make, make.holder(Role.PLAN_OFFICE), give_seat_back, table_id=0, **values)


# --- tables ---


def test_a_table_is_corrected_and_everybody_reads_what_it_was(
    client: FlaskClient, make: Factory, table: ThematicTable, admin: Actor
) -> None:
    assert "com-era-prima" not in client.get(f"/tavoli/{table.slug}").text
    values = change(table, name="Abitare", kind=TableKind.CROSS_CUTTING)
    run(make, admin, change_table, **values)
    assert f"/tavoli/{table.slug}/com-era-prima" in client.get(f"/tavoli/{table.slug}").text
    earlier = client.get(f"/tavoli/{table.slug}/com-era-prima").text
    for words in ("Casa", "Abitare", REASON):
        assert words in earlier
    with pytest.raises(Conflict):
        run(make, admin, change_table, **values | {"name": "Vivere"})
    with pytest.raises(Invalid, match="Nothing differs"):
        run(make, admin, change_table, **values | {"version": 2})


def test_an_overtaken_form_keeps_what_was_typed(
    client: FlaskClient, make: Factory, table: ThematicTable, admin: Actor
) -> None:
    run(make, admin, change_table, **change(table, name="Abitare"))
    form = {"name": "Vivere", "kind": "thematic", "remit": "Tutto", "version": "1"}
    make.sign_in(client, admin)
    answer = client.post(f"/impostazioni/tavoli/{table.id}", data=form | {"reason": REASON})
    assert answer.status_code == 422
    assert 'value="Vivere"' in answer.text


def test_tables_change_places(make: Factory, table: ThematicTable, admin: Actor) -> None:
    second = make.table(name="Lavoro")
    run(make, admin, move_table, table_id=second.id, up=True)
    run(make, admin, move_table, table_id=second.id, up=True)  # it is the first already
    with make.session() as session:
        assert [row.id for row in tables(session, make.cycle.id)] == [second.id, table.id]


def test_at_a_closed_table_nothing_new_begins_until_it_is_open_again(
    make: Factory, table: ThematicTable, admin: Actor
) -> None:
    run(make, admin, close_table, table_id=table.id, reason=REASON)
    proposal = {"table_id": table.id, "title": "Uno", "body": "Due"}
    for begin in (
        lambda: run(make, make.citizen(), submit_proposal, **proposal),
        lambda: make.sitting(table),
        lambda: run(make, admin, take_seat, table_id=table.id,
                    organisation_id=make.organisation().id),
        lambda: run(make, admin, close_table, table_id=table.id, reason=REASON),
    ):  # fmt: skip
        with pytest.raises(Conflict, match="closed"):
            begin()
    run(make, admin, reopen_table, table_id=table.id, reason=REASON)
    run(make, make.citizen(), submit_proposal, **proposal)
    with pytest.raises(Conflict, match="not closed"):
        run(make, admin, reopen_table, table_id=table.id, reason=REASON)


def test_a_closed_table_says_so_and_offers_nothing_to_begin(
    client: FlaskClient, make: Factory, table: ThematicTable, admin: Actor
) -> None:
    make.proposal(table)
    make.sign_in(client, admin)
    close = f"/impostazioni/tavoli/{table.id}/chiudi"
    assert client.post(close, data={"reason": "x"}).status_code == 422
    assert client.post(close, data={"reason": REASON}).status_code == 302
    page = client.get(f"/tavoli/{table.slug}").text
    assert REASON in page
    assert f"/tavoli/{table.slug}/proposte/nuova" not in page
    assert "Closed" in client.get("/tavoli", headers={"Accept-Language": "en"}).text
    reopen = f"/impostazioni/tavoli/{table.id}/riapri"
    assert reopen in client.get(f"/impostazioni/tavoli/{table.id}").text
    assert client.post(reopen, data={"reason": REASON}).status_code == 302
    assert REASON not in client.get(f"/tavoli/{table.slug}").text


def test_tables_are_moved_by_the_page(
    client: FlaskClient, make: Factory, table: ThematicTable, admin: Actor
) -> None:
    second = make.table(name="Lavoro")
    make.sign_in(client, admin)
    address = f"/impostazioni/tavoli/{second.id}/sposta"
    assert address in client.get(f"{make.here}/impostazioni").text
    assert client.post(address, data={"up": "yes"}).status_code == 302
    with make.session() as session:
        assert tables(session, make.cycle.id)[0].id == second.id


def test_who_is_no_administrator_here_puts_no_table_right(
    database: Database, make: Factory, table: ThematicTable
) -> None:
    elsewhere = Factory(database, name="Un'altra zona").holder(Role.ADMINISTRATOR)
    reason = {"table_id": table.id, "reason": REASON}
    for who in (elsewhere, make.citizen()):
        for command, values in (
            (change_table, change(table, name="Mio")),
            (move_table, {"table_id": table.id, "up": True}),
            (close_table, reason),
            (reopen_table, reason),
        ):
            with pytest.raises(NotAllowed):
                run(make, who, command, **values)


# --- materials ---


@pytest.fixture
def material(make: Factory, table: ThematicTable, settings: Settings) -> Material:
    """A document of the table, whose file the site serves."""
    return make.material(table, settings.uploads_dir, name="sintesi.txt", content=b"Prima.")


def replaced(
    make: Factory, who: Actor, material: Material, directory: Path, content: bytes = b"Dopo.",
    version: int = 1, name: str = "sintesi-2.txt",
) -> Any:  # fmt: skip
    file = store(directory, name, content)
    values = {"material_id": material.id, "version": version, "reason": REASON, "file": file}
    return run(make, who, replace_material, **values)


def test_a_new_version_takes_the_place_and_the_old_one_stays(
    client: FlaskClient, make: Factory, material: Material, facilitator: Actor, table: ThematicTable
) -> None:
    make.sign_in(client, facilitator)
    form = f"/materiali/{material.id}/sostituisci"
    sent = {"version": "1", "reason": REASON, "file": (BytesIO(b"Dopo."), "sintesi-2.txt")}
    assert client.post(form, data={"version": "1", "reason": REASON}).status_code == 422
    assert client.post(form, data=sent).status_code == 302
    visitor = client.application.test_client()
    now = visitor.get(f"/materiali/{material.id}/sintesi-2.txt", buffered=True)
    old = f"/materiali/{material.id}/versioni/1/sintesi.txt"
    assert (now.data, visitor.get(old, buffered=True).data) == (b"Dopo.", b"Prima.")
    assert visitor.get(f"/materiali/{material.id}/sintesi.txt").location == old
    page = visitor.get(f"/materiali/{material.id}").text
    for words in (old, REASON, "sintesi-2.txt"):
        assert words in page
    assert f'href="/materiali/{material.id}"' in visitor.get(f"/tavoli/{table.slug}").text
    assert visitor.get(f"/materiali/{material.id}/versioni/2/sintesi.txt").status_code == 404


def test_the_same_file_and_an_overtaken_version_are_refused(
    make: Factory, material: Material, facilitator: Actor, settings: Settings
) -> None:
    directory = settings.uploads_dir
    with pytest.raises(Invalid) as same:
        replaced(make, facilitator, material, directory, b"Prima.", name="sintesi.txt")
    assert list(same.value.fields) == ["file"]
    replaced(make, facilitator, material, directory)
    with pytest.raises(Conflict, match="meanwhile"):
        replaced(make, facilitator, material, directory, b"Terza.")


def test_a_title_is_corrected(
    client: FlaskClient, make: Factory, material: Material, facilitator: Actor
) -> None:
    make.sign_in(client, facilitator)
    form = {"title": "Sintesi dei dati", "version": "1", "reason": REASON}
    address = f"/materiali/{material.id}/titolo"
    assert client.post(address, data=form | {"title": material.title}).status_code == 422
    assert client.post(address, data=form).status_code == 302
    page = client.get(f"/materiali/{material.id}").text
    for words in ("Sintesi dei dati", material.title, REASON):
        assert words in page
    with pytest.raises(Conflict):
        run(make, facilitator, retitle_material, material_id=material.id, version=1,
            reason=REASON, title="Tardi")  # fmt: skip


def test_what_is_withdrawn_says_so_and_opens_no_more(
    client: FlaskClient, make: Factory, material: Material, facilitator: Actor,
    table: ThematicTable, settings: Settings,
) -> None:  # fmt: skip
    replaced(make, facilitator, material, settings.uploads_dir)
    make.sign_in(client, facilitator)
    form = f"/materiali/{material.id}/ritira"
    assert client.post(form, data={"reason": "x"}).status_code == 422
    assert client.post(form, data={"reason": REASON}).status_code == 302
    for file in ("sintesi-2.txt", "sintesi.txt", "versioni/1/sintesi.txt"):
        answer = client.get(f"/materiali/{material.id}/{file}")
        assert (answer.status_code, REASON in answer.text) == (404, True)
    page = client.get(f"/tavoli/{table.slug}").text
    assert f"/materiali/{material.id}/sintesi" not in page
    assert f'href="/materiali/{material.id}"' in page
    assert REASON in client.get(f"/materiali/{material.id}").text
    with pytest.raises(Conflict, match="withdrawn"):
        run(make, facilitator, withdraw_material, material_id=material.id, reason=REASON)
    sitting = make.sitting(table)
    with pytest.raises(Invalid):
        run(make, facilitator, attach_material, material_id=material.id,
            point_id=first_point(make, sitting))  # fmt: skip


def test_who_does_not_run_the_table_puts_no_document_right(
    client: FlaskClient, make: Factory, material: Material, database: Database, settings: Settings
) -> None:
    other = Factory(database, name="Un'altra zona").holder(Role.PLAN_OFFICE)
    for who in (make.citizen(), make.holder(Role.FACILITATOR, make.table().id), other):
        make.sign_in(client, who)
        for ending in ("sostituisci", "titolo", "ritira"):
            assert client.get(f"/materiali/{material.id}/{ending}").status_code == 403
            assert f"/{ending}" not in client.get(f"/materiali/{material.id}").text
        with pytest.raises(NotAllowed):
            replaced(make, who, material, settings.uploads_dir)
        with pytest.raises(NotAllowed):
            run(make, who, withdraw_material, material_id=material.id, reason=REASON)


def test_a_sitting_with_documents_at_its_points_does_not_say_that_it_has_none(
    client: FlaskClient, make: Factory, material: Material, facilitator: Actor, table: ThematicTable
) -> None:
    sitting, none = make.sitting(table), "No material has been published for this sitting."
    english = {"headers": {"Accept-Language": "en"}}
    assert none in client.get(f"/sedute/{sitting.id}", **english).text
    run(make, facilitator, attach_material, material_id=material.id,
        point_id=first_point(make, sitting))  # fmt: skip
    page = client.get(f"/sedute/{sitting.id}", **english).text
    assert none not in page
    assert material.title in page
