"""The editor of the plan's blocks: its forms, a conflict of two editors, versions, figures."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consultazione.core.actor import Actor, Role
from consultazione.plan.blocks.commands.editing import edit_block
from consultazione.plan.blocks.models import Block
from consultazione.plan.commands.writing import write_paragraph
from consultazione.plan.queries import blocks_of, get_block
from consultazione.zones.queries import chapters
from tests.support.factories import Factory
from tests.support.upload_samples import PNG

TWO = "Nasce uno sportello. È aperto ogni giorno."


@pytest.fixture
def office(make: Factory) -> Actor:
    """A person of the plan office."""
    return make.holder(Role.PLAN_OFFICE)


@pytest.fixture
def editor(app: Flask, make: Factory, office: Actor) -> FlaskClient:
    """The browser of the plan office, which asks for English."""
    client = make.sign_in(app.test_client(), office)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def block(make: Factory, office: Actor) -> Block:
    """A paragraph of two sentences, with another one after it."""
    with make.session() as session:
        chapter_id = chapters(session, make.cycle.id)[0].id
    with make.database.transaction(office) as tx:
        first = write_paragraph(tx, chapter_id=chapter_id, body=TWO)
        write_paragraph(tx, chapter_id=chapter_id, body="Il secondo paragrafo.")
    return first


def texts(make: Factory, number: int = 1) -> list[str]:
    """What a chapter says, block by block."""
    with make.session() as session:
        chapter = chapters(session, make.cycle.id)[number - 1]
        return [block.body for block in blocks_of(session, [chapter.id])]


def test_an_edit_makes_a_version_with_its_reason(
    editor: FlaskClient, make: Factory, block: Block
) -> None:
    path = f"/piano/paragrafi/{block.id}"
    assert TWO in editor.get(f"{path}/modifica").text
    sent = {"version": 1, "body": "Nascono due sportelli.", "reason": "Così ha deciso il tavolo."}
    answer = editor.post(f"{path}/modifica", data=sent)
    assert answer.location == f"{make.here}/piano/capitoli/1#paragrafo-{block.id}"
    assert texts(make)[0] == "Nascono due sportelli."
    page = editor.get(path).text
    assert "Così ha deciso il tavolo." in page
    old = editor.get(f"{path}/versioni/1").text
    assert TWO in old
    changed = editor.get(f"{path}/versioni/2").text
    assert "<del>" in changed
    assert "<ins>" in changed
    assert editor.get(f"{path}/versioni/3").status_code == 404


def test_two_editors_at_once_see_both_texts_and_lose_nothing(
    editor: FlaskClient, make: Factory, office: Actor, block: Block
) -> None:
    with make.database.transaction(office) as tx:
        edit_block(tx, block_id=block.id, version=1, body="Il testo di Anna.", reason="Perché sì.")
    path, mine = f"/piano/paragrafi/{block.id}/modifica", "Il testo di Bruno."
    answer = editor.post(path, data={"version": 1, "body": mine, "reason": "Manca."})
    assert answer.status_code == 422
    assert "Il testo di Anna." in answer.text
    assert f">\n{mine}</textarea>" in answer.text
    assert texts(make)[0] == "Il testo di Anna."
    assert 'name="version" value="2"' in answer.text
    again = editor.post(path, data={"version": 2, "body": mine, "reason": "Manca."})
    assert again.status_code == 302
    assert texts(make)[0] == mine


def test_a_block_is_split_and_merged_again(
    editor: FlaskClient, make: Factory, block: Block
) -> None:
    path = f"/piano/paragrafi/{block.id}"
    assert "Nasce uno sportello." in editor.get(f"{path}/dividi").text
    editor.post(f"{path}/dividi", data={"version": 1, "after": 1})
    assert texts(make) == ["Nasce uno sportello.", "È aperto ogni giorno.", "Il secondo paragrafo."]
    assert "È aperto ogni giorno." in editor.get(f"{path}/unisci").text
    editor.post(f"{path}/unisci", data={"version": 2, "next_version": 1})
    assert texts(make) == [
        "Nasce uno sportello.\n\nÈ aperto ogni giorno.",
        "Il secondo paragrafo.",
    ]
    merged = editor.get(f"/piano/paragrafi/{block.id + 2}").text
    assert f'href="/piano/paragrafi/{block.id}"' in merged


def test_a_block_moves_to_another_chapter(editor: FlaskClient, make: Factory, block: Block) -> None:
    with make.session() as session:
        third = chapters(session, make.cycle.id)[2].id
    path = f"/piano/paragrafi/{block.id}/sposta"
    assert "Place in the chapter" in editor.get(path).text
    answer = editor.post(path, data={"chapter_id": third, "rank": 9})
    assert answer.location == f"{make.here}/piano/capitoli/3#paragrafo-{block.id}"
    assert (texts(make), texts(make, 3)) == (["Il secondo paragrafo."], [TWO])
    assert editor.post(path, data={"chapter_id": 10**9, "rank": 1}).status_code == 422


def test_a_removed_block_keeps_its_page_and_comes_back(
    editor: FlaskClient, make: Factory, block: Block
) -> None:
    path = f"/piano/paragrafi/{block.id}"
    editor.post(f"{path}/togli", data={"version": 1, "reason": "È un doppione."})
    assert texts(make) == ["Il secondo paragrafo."]
    page = editor.get(path).text
    assert "È un doppione." in page
    assert TWO in page
    assert f'href="{path}"' in editor.get(f"{make.here}/piano/capitoli/1").text
    assert editor.post(f"{path}/modifica", data={"version": 1, "body": "x" * 9, "reason": "Mah."}
                       ).status_code == 422  # fmt: skip
    editor.post(f"{path}/ripristina")
    assert texts(make)[0] == TWO


def test_a_figure_needs_a_picture_and_its_words(editor: FlaskClient, make: Factory) -> None:
    assert make.zone.id
    path = f"{make.here}/piano/capitoli/2/nuova-figura"
    sent = {"body": "Anziani per Comune.", "alt": "Crescono in ogni Comune."}
    assert "Choose the picture" in editor.post(path, data=sent).text
    bare = {**sent, "alt": "", "file": (BytesIO(PNG), "anziani.png")}
    assert "Say in words" in editor.post(path, data=bare).text
    whole = {**sent, "file": (BytesIO(PNG), "anziani.png")}
    assert editor.post(path, data=whole).status_code == 302
    page = editor.get(f"{make.here}/piano/capitoli/2").text
    assert 'alt="Crescono in ogni Comune."' in page
    with make.session() as session:
        (figure,) = blocks_of(session, [chapters(session, make.cycle.id)[1].id])
    with editor.get(f"/piano/paragrafi/{figure.id}/figura") as served:
        assert (served.data, served.mimetype) == (PNG, "image/png")


@pytest.mark.parametrize(
    ("kind", "wrong", "right"),
    [
        ("heading", "Una riga\ne un'altra", "I bisogni"),
        ("list", "- un punto\nsenza trattino", "- un punto\n- un altro"),
        ("table", "una riga sola", "| Ente | Ore |\n| --- | --- |\n| Unione | 10 |"),
    ],
)
def test_a_block_has_the_shape_of_its_kind(
    editor: FlaskClient, make: Factory, kind: str, wrong: str, right: str
) -> None:
    assert make.zone.id
    path = f"{make.here}/piano/capitoli/2/nuovo-blocco/{kind}"
    assert editor.get(path).status_code == 200
    assert editor.post(path, data={"body": wrong}).status_code == 422
    assert editor.post(path, data={"body": right}).status_code == 302
    assert texts(make, 2) == [right]
    assert editor.get(f"{make.here}/piano/capitoli/2/nuovo-blocco/figure").status_code == 404


@pytest.mark.parametrize("page", ["modifica", "sposta", "dividi", "unisci", "togli"])
def test_only_the_plan_office_edits(app: Flask, make: Factory, block: Block, page: str) -> None:
    path = f"/piano/paragrafi/{block.id}/{page}"
    assert app.test_client().get(path).status_code in (302, 401, 403)
    citizen = make.sign_in(app.test_client(), make.citizen())
    assert citizen.get(path).status_code == 403
    assert citizen.post(path, data={"version": 1, "reason": "Mia."}).status_code == 403
    with make.session() as session:
        assert get_block(session, block.id).version == 1
