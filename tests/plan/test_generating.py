"""The block on the forms of consultation, written from the platform's own records."""

from __future__ import annotations

import pytest
from flask import Flask

from consultazione.core.errors import Conflict
from consultazione.people.models import Category
from consultazione.plan.blocks.commands.editing import edit_block
from consultazione.plan.blocks.commands.generating import generate_consultation_block
from tests.support.factories import Factory
from tests.support.plan_desk import Desk


def test_the_block_has_the_figures_of_the_records_with_links(app: Flask, make: Factory) -> None:
    desk, table = Desk.begin(make), make.table(name="Tavolo della cura")
    make.proposal(table)
    sitting = make.sitting(table)
    make.presided(sitting)
    make.present(sitting, make.delegate(Category.VOLUNTEERING))
    client = make.sign_in(app.test_client(), desk.office)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    assert client.post(f"{make.here}/piano/capitoli/7/concertazione").status_code == 302
    assert "Sedute concluse: 0." in client.get(f"{make.here}/piano/capitoli/7").text
    make.held(make.sitting(table))
    client.post(f"{make.here}/piano/capitoli/7/concertazione")
    page = client.get(f"{make.here}/piano/capitoli/7").text
    assert page.count('class="block mb-4"') == 1
    assert "The platform wrote this block from its own log" in page
    assert "Sedute concluse: 1." in page
    place = f"{make.here}/tavoli/{table.slug}"
    assert f'href="{place}#sedute"' in page
    assert ">1</a></td>" in page
    assert "<td>0</td>" in page
    assert f'href="{place}"' in page


def test_figures_are_not_told_sentence_by_sentence(app: Flask, make: Factory) -> None:
    desk, table = Desk.begin(make), make.table(name="Tavolo della cura. Anziani.")
    block = desk.run(generate_consultation_block, chapter_id=desk.chapter_ids[6])
    client = make.sign_in(app.test_client(), desk.office)
    page = client.get(f"/piano/paragrafi/{block.id}").text
    assert f'href="{make.here}/tavoli/{table.slug}"' in page
    assert 'id="frasi"' not in page


def test_attendance_counts_each_person_once_a_sitting(make: Factory) -> None:
    desk, sitting = Desk.begin(make), make.sitting()
    chair = make.presided(sitting)
    make.present(sitting, make.delegate(Category.VOLUNTEERING))
    make.present(sitting, make.delegate(Category.VOLUNTEERING))
    with make.database.transaction(chair) as tx:
        from_here = tx.session.get_one(type(sitting), sitting.id)
        from_here.state = type(from_here.state)("closed")
    chapter_id = desk.chapter_ids[6]
    block = desk.run(generate_consultation_block, chapter_id=chapter_id)
    assert "| Volontariato | 2 |" in block.body


def test_what_the_platform_writes_is_not_edited_by_hand(make: Factory) -> None:
    desk = Desk.begin(make)
    block = desk.run(generate_consultation_block, chapter_id=desk.chapter_ids[6])
    with pytest.raises(Conflict, match="written anew"):
        desk.run(edit_block, block_id=block.id, version=1, body="Cento.", reason="Di più.")
