"""REST of tables and materials."""

from __future__ import annotations

from pathlib import Path

from flask.testing import FlaskClient

from consultazione.core.actor import SYSTEM
from consultazione.tables.commands import take_seat
from consultazione.tables.models import TableKind
from tests.support.factories import Factory


def test_tables_and_seats(client: FlaskClient, make: Factory) -> None:
    table, organisation = make.table(TableKind.PLENARY, name="Welfare"), make.organisation()
    with make.database.transaction(SYSTEM) as tx:
        take_seat(tx, table_id=table.id, organisation_id=organisation.id)
    (listed,) = client.get("/api/v1/tables").json
    assert listed == client.get(f"/api/v1/tables/{table.id}").json
    assert (listed["slug"], listed["kind"], listed["coordinator"]) == ("welfare", "plenary", None)
    (seated,) = client.get(f"/api/v1/tables/{table.id}/seats").json
    assert seated["name"] == organisation.name


def test_an_unknown_table_is_a_problem(client: FlaskClient, make: Factory) -> None:
    assert make.zone
    for address in ("0", "0/seats"):
        answer = client.get(f"/api/v1/tables/{address}")
        assert answer.status_code == 404
        assert answer.mimetype == "application/problem+json"


def test_materials_are_paged_by_key(client: FlaskClient, make: Factory, tmp_path: Path) -> None:
    table = make.table()
    wanted = [make.material(table, tmp_path, title=f"n. {n}").id for n in range(3)]
    make.material(make.table(), tmp_path)
    first = client.get(f"/api/v1/materials?table_id={table.id}&limit=2").json
    assert first is not None
    rest = client.get(first["next"]).json
    assert rest is not None
    assert [m["id"] for m in first["items"] + rest["items"]] == wanted
    assert rest["next"] is None
