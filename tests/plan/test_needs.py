"""Needs and answers: what is answered, what is not, and what answers nothing."""

from __future__ import annotations

import pytest
from flask import Flask

from consultazione.core.errors import Invalid
from consultazione.plan.needs.commands import tag_block, tag_chapter
from consultazione.plan.needs.models import Purpose
from consultazione.plan.needs.queries import needs_and_answers
from consultazione.zones.models import Priority
from tests.support.factories import Factory
from tests.support.plan_desk import Desk


def needs_of(desk: Desk, *titles: str, is_need: bool = True) -> list[int]:
    """Enter needs or priorities of the cycle; returns their ids."""
    made = [
        Priority(cycle_id=desk.make.cycle.id, zone_id=desk.make.zone.id, rank=rank, title=title,
                 is_need=is_need, source="PSSR")
        for rank, title in enumerate(titles, 1)
    ]  # fmt: skip
    with desk.make.database.transaction(desk.office) as tx:
        tx.session.add_all(made)
        tx.flush()
        return [one.id for one in made]


def test_needs_are_matched_with_what_answers_them(make: Factory) -> None:
    desk = Desk.begin(make)
    frailty, poverty, homes = needs_of(desk, "Fragilità", "Povertà", "Casa")
    (goal,) = needs_of(desk, "Prossimità", is_need=False)
    desk.run(tag_block, block_id=desk.block_id, priority_ids=[frailty, goal, frailty],
             purposes=[Purpose.TRAINING])  # fmt: skip
    desk.run(tag_chapter, chapter_id=desk.chapter_ids[1], priority_ids=[poverty])
    with make.session() as session:
        found = needs_and_answers(session, make.cycle.id)
    assert [(row.priority.id, row.is_answered) for row in found.needs] == [
        (frailty, True),
        (poverty, True),
        (homes, False),
    ]
    assert found.goals[0].blocks == {desk.chapter_ids[0]: 1}
    assert found.purposes[Purpose.TRAINING] == 1
    assert found.unbound == {}
    desk.run(tag_block, block_id=desk.block_id, priority_ids=[], purposes=[])
    with make.session() as session:
        found = needs_and_answers(session, make.cycle.id)
    assert found.unbound == {desk.chapter_ids[0]: 1}
    assert not found.needs[0].is_answered


def test_a_need_of_another_cycle_is_refused(make: Factory) -> None:
    desk, other = Desk.begin(make), Desk.begin(Factory(make.database))
    (foreign,) = needs_of(other, "Altrove")
    with pytest.raises(Invalid, match="of this cycle"):
        desk.run(tag_block, block_id=desk.block_id, priority_ids=[foreign], purposes=[])


def test_a_plan_without_text_is_not_praised(app: Flask, make: Factory) -> None:
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    said = "None: everything that is written says what it answers."
    page = client.get(f"{make.here}/piano/bisogni").text
    assert "The plan has no text yet." in page
    assert said not in page
    desk = Desk.begin(make)
    desk.run(tag_chapter, chapter_id=desk.chapter_ids[0], priority_ids=needs_of(desk, "Fragilità"))
    page = client.get(f"{make.here}/piano/bisogni").text
    assert said in page
    assert "The plan has no text yet." not in page


def test_the_pages_say_what_serves_what(app: Flask, make: Factory) -> None:
    desk = Desk.begin(make)
    frailty, _poverty = needs_of(desk, "Fragilità", "Povertà")
    client = make.sign_in(app.test_client(), desk.office)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    page = client.get(f"{make.here}/piano/bisogni").text
    assert ": 1 paragraph</a>" in page.partition('id="senza-bisogno"')[2]
    path = f"/piano/paragrafi/{desk.block_id}"
    assert "Fragilità" in client.get(f"{path}/bisogni").text
    sent = {"priority_ids": [str(frailty)], "purposes": ["training"]}
    assert client.post(f"{path}/bisogni", data=sent).status_code == 302
    assert "Training of those who work" in client.get(path).text
    page = client.get(f"{make.here}/piano/bisogni").text
    unanswered = page.partition('id="senza-risposta"')[2].partition('id="senza-bisogno"')[0]
    assert "Povertà" in unanswered
    assert "Fragilità" not in unanswered
    chapter = f"{make.here}/piano/capitoli/2/bisogni"
    assert client.get(chapter).status_code == 200
    assert client.post(chapter, data={"priority_ids": [str(frailty)]}).status_code == 302
    assert "The whole chapter answers: Fragilità" in " ".join(
        client.get(f"{make.here}/piano/capitoli/2").text.split()
    )
