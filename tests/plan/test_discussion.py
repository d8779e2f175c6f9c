"""Comments and suggestions on blocks of the public draft, and their answers."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consultazione.core import clock
from consultazione.core.errors import Conflict, NotAllowed
from consultazione.plan.approval.commands import publish_plan_draft
from consultazione.plan.blocks.commands.editing import edit_block
from consultazione.plan.discussion.commands.commenting import comment_on_block
from consultazione.plan.discussion.commands.suggesting import accept_suggestion, suggest_change
from consultazione.plan.models import Plan
from consultazione.plan.queries import get_block
from tests.support.factories import Factory
from tests.support.plan_desk import BODY, Desk

CHANGE = {"version": 1, "body": "Nascono due sportelli.", "reason": "Uno solo non basta."}


@pytest.fixture
def desk(make: Factory) -> Desk:
    """A public draft with one paragraph."""
    desk = Desk.begin(make)
    desk.open_draft()
    return desk


@pytest.fixture
def citizen(app: Flask, desk: Desk) -> FlaskClient:
    """The browser of a citizen, which asks for English."""
    client = desk.make.sign_in(app.test_client(), desk.make.citizen())
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def office(app: Flask, desk: Desk) -> FlaskClient:
    """The browser of the plan office, which asks for English."""
    client = desk.make.sign_in(app.test_client(), desk.office)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def text_of(desk: Desk) -> str:
    with desk.make.session() as session:
        return get_block(session, desk.block_id).body


def test_a_comment_is_public_and_answered_once(
    citizen: FlaskClient, office: FlaskClient, desk: Desk
) -> None:
    path = f"/piano/paragrafi/{desk.block_id}"
    assert BODY in citizen.get(f"{path}/osservazioni/nuova").text
    answer = citizen.post(f"{path}/osservazioni/nuova", data={"body": "Manca l'orario."})
    number = answer.location.rpartition("-")[2]
    assert answer.location == f"{path}#osservazione-{number}"
    listed = citizen.get(f"{desk.make.here}/piano/senza-risposta").text
    assert f'href="{path}#osservazione-{number}"' in listed
    assert citizen.get(f"/piano/osservazioni/{number}/risposta").status_code == 403
    reply = {"answer": "L'orario è in appendice."}
    assert office.post(f"/piano/osservazioni/{number}/risposta", data=reply).status_code == 302
    again = office.post(f"/piano/osservazioni/{number}/risposta", data=reply)
    assert again.status_code == 422
    page = citizen.get(path).text
    assert "orario è in appendice" in page
    assert (
        f"osservazione-{number}" not in citizen.get(f"{desk.make.here}/piano/senza-risposta").text
    )
    assert (
        "Comments and suggestions on block 1: 1"
        in citizen.get(f"{desk.make.here}/piano/capitoli/1").text
    )


def test_an_accepted_suggestion_changes_the_block(
    citizen: FlaskClient, office: FlaskClient, desk: Desk
) -> None:
    path = f"/piano/paragrafi/{desk.block_id}"
    number = citizen.post(f"{path}/suggerimenti/nuovo", data=CHANGE).location.rpartition("-")[2]
    decision = f"/piano/suggerimenti/{number}/decisione"
    assert "<del>" in office.get(decision).text
    accepted = {"decision": "accepted", "version": 1, "body": CHANGE["body"], "reason": "Giusto."}
    assert office.post(decision, data=accepted).status_code == 302
    assert text_of(desk) == CHANGE["body"]
    assert office.post(decision, data=accepted).status_code == 422
    page = citizen.get(path).text
    assert "Accepted" in page
    assert "Giusto." in page


def test_a_refused_suggestion_changes_nothing_and_says_why(
    citizen: FlaskClient, office: FlaskClient, desk: Desk
) -> None:
    path = f"/piano/paragrafi/{desk.block_id}"
    number = citizen.post(f"{path}/suggerimenti/nuovo", data=CHANGE).location.rpartition("-")[2]
    refused = {"decision": "refused", "version": 1, "reason": "Manca il denaro."}
    assert office.post(f"/piano/suggerimenti/{number}/decisione", data=refused).status_code == 302
    assert text_of(desk) == BODY
    assert "Manca il denaro." in citizen.get(path).text


def test_a_suggestion_for_a_text_that_changed_shows_both(citizen: FlaskClient, desk: Desk) -> None:
    edit = {"version": 1, "body": "Tre sportelli.", "reason": "Di più."}
    desk.run(edit_block, block_id=desk.block_id, **edit)
    path = f"/piano/paragrafi/{desk.block_id}/suggerimenti/nuovo"
    answer = citizen.post(path, data=CHANGE)
    assert answer.status_code == 422
    assert "Tre sportelli." in answer.text
    assert f">\n{CHANGE['body']}</textarea>" in answer.text
    assert citizen.post(path, data={**CHANGE, "version": 2}).status_code == 302


@pytest.mark.parametrize("what", ["suggestion", "decision", "removal"])
def test_a_form_that_lacks_its_reason_keeps_the_version_that_was_read(
    citizen: FlaskClient, office: FlaskClient, desk: Desk, what: str
) -> None:
    path = f"/piano/paragrafi/{desk.block_id}"
    number = citizen.post(f"{path}/suggerimenti/nuovo", data=CHANGE).location.rpartition("-")[2]
    client, url, fields = {
        "suggestion": (citizen, f"{path}/suggerimenti/nuovo", {"body": CHANGE["body"]}),
        "decision": (office, f"/piano/suggerimenti/{number}/decisione",
                     {"decision": "accepted", "body": CHANGE["body"]}),
        "removal": (office, f"{path}/togli", {}),
    }[what]  # fmt: skip
    edit = {"version": 1, "body": "Tre sportelli.", "reason": "Di più."}
    desk.run(edit_block, block_id=desk.block_id, **edit)
    answer = client.post(url, data={**fields, "version": "1"})
    assert answer.status_code == 422
    assert re.findall(r'name="version" value="(\d+)"', answer.text) == ["1"]
    told = client.post(url, data={**fields, "version": "1", "reason": CHANGE["reason"]})
    assert told.status_code == 422
    assert re.findall(r'name="version" value="(\d+)"', told.text) == ["2"]
    assert text_of(desk) == "Tre sportelli."


def test_nothing_is_said_but_of_an_open_public_draft(make: Factory) -> None:
    desk, body = Desk.begin(make), "Manca l'orario."
    block = {"block_id": desk.block_id}
    with pytest.raises(Conflict, match="public draft"):
        desk.run(comment_on_block, by=make.citizen(), **block, body=body)
    desk.run(publish_plan_draft, cycle_id=make.cycle.id, comments_until=clock.today())
    desk.run(comment_on_block, by=make.citizen(), **block, body=body)
    with make.database.transaction(desk.office) as tx:
        plan = tx.session.get_one(Plan, make.cycle.id)
        plan.comments_until = make.cycle.opened_at.date().replace(year=2000)
    with pytest.raises(Conflict, match="is over"):
        desk.run(suggest_change, by=make.citizen(), **block, **CHANGE)


def test_no_page_offers_a_comment_after_the_last_day(citizen: FlaskClient, desk: Desk) -> None:
    form = f'href="/piano/paragrafi/{desk.block_id}/osservazioni/nuova"'
    pages = f"{desk.make.here}/piano/capitoli/1", f"/piano/paragrafi/{desk.block_id}"
    desk.run(publish_plan_draft, cycle_id=desk.make.cycle.id, comments_until=clock.today())
    assert [form in citizen.get(path).text for path in pages] == [True, True]
    with desk.make.database.transaction(desk.office) as tx:
        tx.session.get_one(Plan, desk.make.cycle.id).comments_until = date(2000, 1, 1)
    assert [form in citizen.get(path).text for path in pages] == [False, False]


def test_only_the_plan_office_decides(desk: Desk) -> None:
    citizen = desk.make.citizen()
    made = desk.run(suggest_change, by=citizen, block_id=desk.block_id, **CHANGE)
    with pytest.raises(NotAllowed):
        desk.run(accept_suggestion, by=citizen, suggestion_id=made.id, version=1, body="Mio.",
                 reason="Mio.")  # fmt: skip
    assert text_of(desk) == BODY
