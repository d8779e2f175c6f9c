"""The page of the room: for visitors, participants, the chair, and without scripts."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from consultazione.core.actor import Role
from consultazione.sittings.floor.commands.floor import give_floor
from consultazione.sittings.floor.commands.hands import raise_hand
from consultazione.sittings.lifecycle.commands.points import start_point
from consultazione.sittings.polls.commands.ballots import cast_ballot
from consultazione.sittings.polls.commands.polls import close_poll, open_poll
from consultazione.sittings.quorums.base import QuorumKind, QuorumTerms
from consultazione.sittings.room import views
from consultazione.sittings.room.chronicle import chronicle_lines
from consultazione.sittings.room.snapshot import room_snapshot
from consultazione.tables.materials.commands import withdraw_material
from consultazione.tables.rights.commands import change_table_rule
from consultazione.tables.rules import TableRule, Who
from tests.support.factories import Factory


def data(page: str, name: str) -> Any:
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', page, re.S)
    assert found is not None
    return json.loads(found[1])


def test_visitors_see_the_room_and_cannot_ask(client: FlaskClient, make: Factory) -> None:
    sitting = make.sitting()
    response = client.get(f"/sedute/{sitting.id}/stanza")
    assert response.status_code == 200
    assert data(response.text, "snapshot")["sitting"]["id"] == sitting.id
    mine = data(response.text, "mine")
    assert mine.items() >= {"person_id": None, "ballots": {}, "may": []}.items()
    assert 'id="panel-ask"' not in response.text


def test_who_presides_gets_the_form_for_questions(client: FlaskClient, make: Factory) -> None:
    sitting = make.sitting()
    chair = make.presided(sitting)
    page = make.sign_in(client, chair).get(f"/sedute/{sitting.id}/stanza").text
    assert 'id="panel-ask"' in page
    assert "close_sitting" in data(page, "mine")["may"]


def test_what_the_form_offers_is_read_for_who_asks_alone(
    client: FlaskClient, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting, read = make.sitting(), list[object]()
    monkeypatch.setattr(views, "poll_form", lambda *asked: read.append(asked))
    assert client.get(f"/sedute/{sitting.id}/stanza").status_code == 200
    assert not read


def test_the_quorum_follows_the_rule_of_the_table(client: FlaskClient, make: Factory) -> None:
    table = make.table()
    sitting = make.sitting(table, quorum=QuorumTerms(kind=QuorumKind.PERSONS, least=1))
    make.present(sitting)

    def there() -> object:
        page = client.get(f"/sedute/{sitting.id}/stanza").text
        return data(page, "snapshot")["presence"]["quorum"]["there"]

    assert there() == {"persons": 1}
    rule = TableRule(vote=Who.ORGANISATIONS)
    with make.database.transaction(make.holder(Role.PLAN_OFFICE)) as tx:
        change_table_rule(tx, table_id=table.id, rule=rule)
    assert there() == {"persons": 0}


def test_withdrawn_materials_leave_no_empty_fold(
    client: FlaskClient, make: Factory, tmp_path: Path
) -> None:
    table = make.table()
    sitting = make.sitting(table)
    paper = make.material(table, tmp_path, title="Sintesi", sitting_id=sitting.id)
    assert "Sintesi" in client.get(f"/sedute/{sitting.id}/stanza").text
    with make.database.transaction(make.holder(Role.PLAN_OFFICE)) as tx:
        withdraw_material(tx, material_id=paper.id, reason="Un errore.")
    assert 'id="fold-materials"' not in client.get(f"/sedute/{sitting.id}/stanza").text


def test_a_title_cannot_leave_its_script(client: FlaskClient, make: Factory) -> None:
    sitting = make.sitting(title="</script><script>alert(1)</script>")
    page = client.get(f"/sedute/{sitting.id}/stanza").text
    assert "<script>alert" not in page
    assert data(page, "snapshot")["sitting"]["title"] == sitting.title


def test_no_such_room(client: FlaskClient, make: Factory) -> None:
    assert make.zone.id
    assert client.get("/sedute/999999/stanza").status_code == 404


def test_without_scripts_the_page_says_what_has_happened(
    client: FlaskClient, make: Factory
) -> None:
    sitting = make.sitting()
    chair = make.presided(sitting)
    anna = make.present(sitting)
    with make.database.transaction(anna) as tx:
        hand = raise_hand(tx, sitting_id=sitting.id)
    with make.session() as session:
        point = room_snapshot(session, sitting.id)["agenda"][0]
    with make.database.transaction(chair) as tx:
        start_point(tx, point_id=point["id"])
        give_floor(tx, hand_id=hand.id)
        poll = open_poll(tx, sitting_id=sitting.id, question="Approviamo la sintesi?")
    with make.database.transaction(anna) as tx:
        cast_ballot(tx, poll_id=poll.id, choice="yes")
    with make.database.transaction(chair) as tx:
        close_poll(tx, poll_id=poll.id)
    page = client.get(f"/sedute/{sitting.id}/stanza").text
    still = page[page.index("<noscript>") : page.index("</noscript>")]
    with make.session() as session:
        lines = chronicle_lines(room_snapshot(session, sitting.id))
    assert len(lines) == 10
    for words in (point["title"], "Approviamo la sintesi?", anna.display_name):
        assert words in still
    for line in lines:
        assert f'<time datetime="{line["at"].isoformat()}">' in still
