"""Who corrects what somebody else has changed meanwhile is told both texts, and goes on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient

from consultazione.core import clock
from consultazione.core.actor import SYSTEM, Role
from consultazione.people.commands.roles import give_role
from consultazione.sittings.queries import get_sitting
from consultazione.zones.commands.path import record_act
from consultazione.zones.gatherings.commands import announce_gathering
from consultazione.zones.gatherings.models import GatheringKind
from consultazione.zones.models import ActKind
from consultazione.zones.queries import phases
from tests.support.factories import Factory

REASON = "Era stato inserito male."
SOON = clock.now() + timedelta(days=9)


def organisation(make: Factory) -> tuple[str, dict[str, Any], str]:
    row = make.organisation()
    typed = {"name": "Nome", "category": row.category.value, "version": 1}
    return f"/amministrazione/organizzazioni/{row.id}/correggi", typed, "name"


def table(make: Factory) -> tuple[str, dict[str, Any], str]:
    row = make.table()
    typed = {"name": "Nome", "kind": "thematic", "remit": "Casa", "version": 1}
    return f"/impostazioni/tavoli/{row.id}", typed, "name"


def sitting(make: Factory) -> tuple[str, dict[str, Any], str]:
    row = make.sitting(starts_at=SOON)
    at = clock.in_rome(SOON).strftime("%Y-%m-%dT%H:%M")
    typed = {"title": "Titolo", "place": "Qui", "starts_at": at, "quorum_kind": "none"}
    return f"/sedute/{row.id}/correggi", {**typed, "revision": 0}, "title"


def point(make: Factory) -> tuple[str, dict[str, Any], str]:
    row = make.sitting(starts_at=SOON)
    with make.session() as session:
        (first, *_rest) = get_sitting(session, row.id).agenda
    return f"/punti/{first.id}/correggi", {"title": "Titolo", "version": 0}, "title"


def phase(make: Factory) -> tuple[str, dict[str, Any], str]:
    with make.session() as session:
        row = phases(session, make.cycle.id)[0]
    typed = {"title": "Titolo", "description": "Detto.", "version": 1}
    return f"/percorso/fasi/{row.id}/correggi", typed, "title"


def act(make: Factory) -> tuple[str, dict[str, Any], str]:
    with make.database.transaction(SYSTEM) as tx:
        row = record_act(
            tx, cycle_id=make.cycle.id, kind=ActKind.DELIBERATION, title="Atto",
            on_day=date(2018, 2, 1), body="Comune", source="albo",
        )  # fmt: skip
    typed = {"kind": "deliberation", "title": "Titolo", "on_day": "2018-02-01", "body": "Comune",
             "source": "albo", "version": 1}  # fmt: skip
    return f"/atti/{row.id}/correggi", typed, "title"


def gathering(make: Factory) -> tuple[str, dict[str, Any], str]:
    with make.database.transaction(SYSTEM) as tx:
        row = announce_gathering(
            tx, cycle_id=make.cycle.id, kind=GatheringKind.SEMINAR, title="Incontro",
            starts_at=SOON, place="Teatro",
        )  # fmt: skip
    at = clock.in_rome(SOON).strftime("%Y-%m-%dT%H:%M")
    typed = {"kind": "seminar", "title": "Titolo", "starts_at": at, "place": "Teatro"}
    return f"/incontri/{row.id}/modifica", {**typed, "revision": 0}, "title"


@pytest.mark.parametrize(
    "thing", [organisation, table, sitting, point, phase, act, gathering], ids=lambda f: f.__name__
)
def test_who_was_overtaken_reads_both_and_goes_on(
    client: FlaskClient, make: Factory, thing: Callable[[Factory], tuple[str, dict[str, Any], str]]
) -> None:
    address, typed, field = thing(make)
    person = make.person()
    with make.database.transaction(SYSTEM) as tx:
        for role in (Role.ADMINISTRATOR, Role.FACILITATOR):
            give_role(tx, zone_id=make.zone.id, email=person.email or "", role=role)
    make.sign_in(client, make.actor(person))
    first = typed | {field: "Come scrisse la prima", "reason": REASON}
    assert client.post(address, data=first).status_code in (302, 303)
    second = typed | {field: "Come scrive la seconda", "reason": REASON}
    told = client.post(address, data=second)
    page = unescape(told.text)
    assert told.status_code == 422
    assert "Ora c’è scritto: Come scrisse la prima" in page
    assert 'value="Come scrive la seconda"' in page
    number = typed.get("version", typed.get("revision")) + 1
    assert f'value="{number}"' in page
    counted = {name: number for name in ("version", "revision") if name in typed}
    assert client.post(address, data=second | counted).status_code in (302, 303)
