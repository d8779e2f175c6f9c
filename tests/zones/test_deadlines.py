"""The last day of a phase: announced, taken back, and closing nothing."""

from __future__ import annotations

from datetime import date

import pytest
from flask.testing import FlaskClient

from consultazione.core.actor import SYSTEM, Role
from consultazione.core.errors import Conflict, Invalid
from consultazione.zones.commands.path import close_phase, open_phase, record_act, set_deadline
from consultazione.zones.models import ActKind
from consultazione.zones.queries import get_phase, phases
from tests.support.factories import Factory

MARCH, JULY = date(2018, 3, 1), date(2018, 7, 30)


def begun(make: Factory) -> int:
    with make.session() as session:
        phase_id: int = phases(session, make.cycle.id)[1].id
    with make.database.transaction(SYSTEM) as tx:
        open_phase(tx, phase_id=phase_id, starts_on=MARCH)
    return phase_id


def test_a_last_day_comes_after_the_first(make: Factory) -> None:
    phase_id = begun(make)
    with make.database.transaction(SYSTEM) as tx, pytest.raises(Invalid, match="began after"):
        set_deadline(tx, phase_id=phase_id, due_on=date(2018, 2, 28))


def test_a_closed_phase_has_no_further_last_day(make: Factory) -> None:
    phase_id = begun(make)
    with make.database.transaction(SYSTEM) as tx:
        act = record_act(
            tx, cycle_id=make.cycle.id, kind=ActKind.UNDERSTANDING, title="Intesa", on_day=JULY,
            body="AUSL", source="albo",
        )  # fmt: skip
        close_phase(tx, phase_id=phase_id, act_id=act.id, closed_on=JULY)
    with make.database.transaction(SYSTEM) as tx, pytest.raises(Conflict, match="closed"):
        set_deadline(tx, phase_id=phase_id, due_on=JULY)


def test_the_office_announces_a_last_day_and_takes_it_back(
    client: FlaskClient, make: Factory
) -> None:
    phase_id = begun(make)
    at = f"/percorso/fasi/{phase_id}/termine"
    make.sign_in(client, make.citizen())
    assert client.get(at).status_code == 403
    make.sign_in(client, make.holder(Role.PLAN_OFFICE))
    for typed, kept in (("2018-07-30", JULY), ("", None)):
        client.post(at, data={"due_on": typed})
        with make.session() as session:
            assert get_phase(session, phase_id).due_on == kept
