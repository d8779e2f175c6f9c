"""Materials attached to the points of an agenda."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from consultazione.core.errors import Conflict, Invalid, NotAllowed
from consultazione.sittings.agenda.commands.papers import attach_material, detach_material
from consultazione.sittings.lifecycle.commands.opening import close_sitting
from consultazione.sittings.queries import get_sitting
from consultazione.tables.models import Material
from tests.support.meeting import Meeting


@pytest.fixture
def paper(meeting: Meeting, tmp_path: Path) -> Material:
    """A document of the meeting's table."""
    with meeting.make.session() as session:
        table = get_sitting(session, meeting.sitting.id).table
    return meeting.make.material(table, tmp_path, title="Posti letto")


def beside(meeting: Meeting) -> list[list[str]]:
    """Return the titles of the materials of each point."""
    return [[m["title"] for m in point["materials"]] for point in meeting.snapshot()["agenda"]]


def test_a_material_stands_beside_a_point_and_is_taken_away(
    meeting: Meeting, paper: Material
) -> None:
    at = {"point_id": meeting.points()[1].id, "material_id": paper.id}
    for _ in range(2):
        meeting.run(attach_material, meeting.facilitator, **at)
    assert beside(meeting) == [[], ["Posti letto"], []]
    for _ in range(2):
        meeting.run(detach_material, meeting.facilitator, **at)
    assert beside(meeting) == [[], [], []]
    kinds = meeting.kinds()
    assert kinds.count("agenda.material_attached") == 1
    assert kinds[-1] == "agenda.material_detached"


def test_only_documents_of_the_table_and_only_by_who_runs_it(
    meeting: Meeting, paper: Material, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    point = meeting.points()[0].id
    foreign = meeting.make.material(meeting.make.table(), tmp_path)
    for material_id in (foreign.id, 10**9):
        with pytest.raises(Invalid) as refused:
            meeting.run(
                attach_material, meeting.facilitator, point_id=point, material_id=material_id
            )
        assert list(refused.value.fields) == ["material_id"]
    for command in (attach_material, detach_material):
        with pytest.raises(NotAllowed):
            meeting.run(command, meeting.anna, point_id=point, material_id=paper.id)
    monkeypatch.setattr("consultazione.sittings.agenda.commands.papers.MOST_OF_POINT", 0)
    with pytest.raises(Conflict):
        meeting.run(attach_material, meeting.facilitator, point_id=point, material_id=paper.id)


def test_the_agenda_of_a_closed_sitting_stays_as_it_is(meeting: Meeting, paper: Material) -> None:
    at = {"point_id": meeting.points()[0].id, "material_id": paper.id}
    meeting.run(attach_material, meeting.facilitator, **at)
    meeting.run(close_sitting, meeting.facilitator, sitting_id=meeting.sitting.id)
    for command in (attach_material, detach_material):
        with pytest.raises(Conflict):
            meeting.run(command, meeting.facilitator, **at)


def test_the_page_of_the_sitting_has_buttons_for_who_runs_the_table(
    meeting: Meeting, paper: Material, client: FlaskClient
) -> None:
    path, point = f"/sedute/{meeting.sitting.id}", meeting.points()[0].id
    assert f"{path}/documenti" not in client.get(path).text
    chair = meeting.make.sign_in(client, meeting.facilitator)
    assert f'value="{paper.id}"' in chair.get(path).text
    chair.post(f"{path}/documenti", data={"point_id": point, "material_id": paper.id})
    assert beside(meeting)[0] == ["Posti letto"]
    button = re.search(r'action="([^"]+/togli)"', chair.get(path).text)
    assert button is not None
    chair.post(button[1])
    assert beside(meeting)[0] == []
    assert chair.post(f"{path}/documenti", data={}).status_code == 302
    assert chair.post("/punti/999999/documenti/1/togli").status_code == 404
