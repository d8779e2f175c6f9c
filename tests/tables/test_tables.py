"""Setting up tables, and giving organisations their seats."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from consultazione.core.actor import Role
from consultazione.core.errors import Conflict, NotAllowed, NotFound
from consultazione.core.log import read_stream
from consultazione.tables.commands import set_up_table, take_seat
from consultazione.tables.events import TABLE_DETAILS, SeatTaken, TableSetUp, table_stream
from consultazione.tables.models import TableKind
from consultazione.tables.queries import seats, tables
from consultazione.tables.rules import TableRule
from consultazione.zones.slugs import slug_of
from tests.support.factories import Factory


def test_a_table_has_an_address_and_stands_last(make: Factory) -> None:
    first = make.table(name="Povertà e Vulnerabilità", kind=TableKind.CROSS_CUTTING)
    second = make.table(name="Tavolo Welfare")
    assert (first.slug, second.slug) == ("poverta-e-vulnerabilita", "tavolo-welfare")
    with make.session() as session:
        assert [t.id for t in tables(session, make.cycle.id)] == [first.id, second.id]
        (entry,) = read_stream(session, table_stream(first.id))
    assert entry.event == TableSetUp(
        table_id=first.id,
        zone_id=make.zone.id,
        table_kind=TableKind.CROSS_CUTTING,
        details=TABLE_DETAILS.of(first),
        **asdict(TableRule()),
    )


def test_two_tables_of_a_zone_have_two_names(make: Factory) -> None:
    make.table(name="Tavolo Welfare")
    with pytest.raises(Conflict, match="choose another"):
        make.table(name="tavolo  WELFARE")


def test_a_citizen_sets_no_table_up(make: Factory) -> None:
    with (
        make.database.transaction(make.citizen()) as tx,
        pytest.raises(NotAllowed, match="plan office"),
    ):
        set_up_table(tx, cycle_id=make.cycle.id, name="Mio", kind=TableKind.THEMATIC, remit="x")


def test_an_organisation_takes_its_seat_once(make: Factory) -> None:
    table, organisation = make.table(), make.organisation()
    facilitator = make.holder(Role.FACILITATOR, table.id)
    for _ in range(2):
        with make.database.transaction(facilitator) as tx:
            take_seat(tx, table_id=table.id, organisation_id=organisation.id)
    with make.session() as session:
        assert [s.organisation.name for s in seats(session, table.id)] == [organisation.name]
        taken = [e for e in read_stream(session, table_stream(table.id)) if e.kind == "seat.taken"]
    assert [e.event for e in taken] == [
        SeatTaken(table_id=table.id, organisation_id=organisation.id)
    ]


def test_seats_are_given_at_ones_own_table_only(make: Factory) -> None:
    table, organisation = make.table(), make.organisation()
    elsewhere = make.holder(Role.FACILITATOR, make.table().id)
    with make.database.transaction(elsewhere) as tx:
        with pytest.raises(NotAllowed):
            take_seat(tx, table_id=table.id, organisation_id=organisation.id)
        with pytest.raises(NotFound):
            take_seat(tx, table_id=table.id, organisation_id=0)


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Domiciliarità e prossimità", "domiciliarita-e-prossimita"), ("???", "tavolo")],
)
def test_addresses_are_plain(name: str, slug: str) -> None:
    assert slug_of(name, "tavolo") == slug
