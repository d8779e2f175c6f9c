"""The gate before approval: the plan moves on only when nothing is missing."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete

from consultazione.core.actor import SYSTEM
from consultazione.core.errors import Conflict, Invalid
from consultazione.documents.commands import annul_registration
from consultazione.documents.models import Registration
from consultazione.documents.register import registration_of
from consultazione.plan.approval.commands import (
    approve_plan,
    declare_plan_ready,
    number_plan,
    publish_plan_draft,
    reopen_plan,
)
from consultazione.plan.approval.gate import gaps
from consultazione.plan.blocks.commands.editing import edit_block
from consultazione.plan.commands.answering import refuse_contribution, take_in
from consultazione.plan.commands.writing import write_paragraph
from consultazione.plan.discussion.commands.commenting import (
    answer_block_comment,
    comment_on_block,
)
from consultazione.plan.discussion.commands.suggesting import refuse_suggestion, suggest_change
from consultazione.plan.models import PlanState
from consultazione.plan.papers.kind import PLAN
from consultazione.plan.standing import plan_of, state_of
from tests.support.factories import Factory
from tests.support.plan_desk import Desk


@pytest.fixture
def desk(make: Factory) -> Desk:
    """A plan of which one chapter has text."""
    return Desk.begin(make)


def missing(desk: Desk) -> list[tuple[str, dict[str, object]]]:
    """The pages where something is missing."""
    with desk.make.session() as session:
        return [(gap.endpoint, gap.values) for gap in gaps(session, desk.make.cycle.id)]


def now(desk: Desk) -> PlanState:
    with desk.make.session() as session:
        return state_of(plan_of(session, desk.make.cycle.id))


def test_whatever_is_missing_is_named_and_holds_the_plan_back(desk: Desk) -> None:
    cycle = {"cycle_id": desk.make.cycle.id}
    with pytest.raises(Conflict, match="Only a public draft"):
        desk.run(declare_plan_ready, **cycle)
    desk.open_draft()
    assert missing(desk) == [("plan.chapter", {"number": n}) for n in range(2, 8)]
    with pytest.raises(Conflict, match="Chapter 2, “Chapter 2”, has no text"):
        desk.run(declare_plan_ready, **cycle)
    desk.complete()
    (contribution,) = desk.make.contributions("Open a desk.")
    citizen, block = desk.make.citizen(), {"block_id": desk.block_id}
    comment = desk.run(comment_on_block, by=citizen, **block, body="Manca l'orario.")
    change = {"version": 1, "body": "Nascono due sportelli.", "reason": "Uno non basta."}
    suggestion = desk.run(suggest_change, by=citizen, **block, **change)
    page = {"paragraph_id": desk.block_id}
    assert missing(desk) == [
        ("plan.chapter", {"number": 1, "_anchor": "contributi"}),
        ("plan.paragraph", {**page, "_anchor": f"osservazione-{comment.id}"}),
        ("plan.paragraph", {**page, "_anchor": f"suggerimento-{suggestion.id}"}),
    ]
    with pytest.raises(Conflict, match="not complete"):
        desk.run(declare_plan_ready, **cycle)
    desk.run(refuse_contribution, contribution_id=contribution.id, reason="Non è nostro.")
    desk.run(answer_block_comment, comment_id=comment.id, answer="Sì, lo aggiungiamo.")
    desk.run(refuse_suggestion, suggestion_id=suggestion.id, reason="Basta uno.")
    desk.run(declare_plan_ready, **cycle)
    assert (missing(desk), now(desk)) == ([], PlanState.READY)


def test_an_approved_plan_stands(desk: Desk) -> None:
    cycle = {"cycle_id": desk.make.cycle.id}
    with pytest.raises(Conflict, match="declared ready"):
        desk.run(approve_plan, **cycle, act_id=desk.act())
    desk.make_ready()
    with pytest.raises(Invalid, match="Record the act"):
        desk.run(approve_plan, **cycle, act_id=10**9)
    desk.run(approve_plan, **cycle, act_id=desk.act())
    assert now(desk) is PlanState.APPROVED
    for command in (publish_plan_draft, declare_plan_ready):
        with pytest.raises(Conflict):
            desk.run(command, **cycle)
    with pytest.raises(Conflict):
        desk.run(reopen_plan, **cycle, reason="Per un errore.")
    with pytest.raises(Conflict, match="its text stands"):
        desk.run(edit_block, block_id=desk.block_id, version=1, body="Altro.", reason="Mah.")


def test_what_came_after_ready_holds_approval_back_until_it_is_reopened(
    client: FlaskClient, desk: Desk
) -> None:
    desk.make.sign_in(client, desk.office)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    cycle = {"cycle_id": desk.make.cycle.id}
    desk.make_ready()
    (late,) = desk.make.contributions("Open a desk.")
    with pytest.raises(Conflict, match="not complete"):
        desk.run(approve_plan, **cycle, act_id=desk.act())
    page = client.get(f"{desk.make.here}/piano/stato").text
    assert "to change it, reopen it first" in page
    assert "The act that approves it" not in page
    answer = {"contribution_id": late.id, "body": "Uno sportello.", "reason": "Serve."}
    with pytest.raises(Conflict, match="take it back to the public draft"):
        desk.run(take_in, **answer)
    desk.run(reopen_plan, **cycle, reason="È arrivato un contributo.")
    desk.run(take_in, **answer)
    desk.run(declare_plan_ready, **cycle)
    desk.run(approve_plan, **cycle, act_id=desk.act())
    assert now(desk) is PlanState.APPROVED


def test_the_page_names_what_is_missing_and_moves_the_plan_on(app: Flask, desk: Desk) -> None:
    client = desk.make.sign_in(app.test_client(), desk.office)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    assert "Put the plan up for comments" in client.get(f"{desk.make.here}/piano/stato").text
    assert (
        client.post(f"{desk.make.here}/piano/stato/bozza", data={"comments_until": ""}).status_code
        == 302
    )
    address, button = f"{desk.make.here}/piano/stato", "Declare the plan ready"
    held_back = client.get(address).text
    assert "can be declared ready when nothing of the above is missing" in held_back
    assert button not in held_back
    refused = client.post(f"{address}/pronto")
    assert refused.status_code == 422
    assert "The plan is not complete. Chapter 2, “Chapter 2”, has no text." in refused.text
    desk.complete()
    assert button in client.get(address).text
    assert client.post(f"{desk.make.here}/piano/stato/pronto").status_code == 302
    assert (
        client.post(
            f"{desk.make.here}/piano/stato/approva", data={"act_id": desk.act()}
        ).status_code
        == 302
    )
    visitor = app.test_client()
    visitor.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    page = visitor.get(f"{desk.make.here}/piano/stato").text
    assert "Approved by: Delibera" in page
    assert "Reopen the plan" not in page


def test_the_office_sees_what_stands_twice_and_what_is_cited_with_two_dates(
    client: FlaskClient, desk: Desk
) -> None:
    twice = "Nasce uno sportello sociale in ogni comune, aperto ogni giorno fino a sera."
    desk.run(write_paragraph, chapter_id=desk.chapter_ids[0], body=twice)
    cited = "Si applica la legge 8 novembre 2000, n. 328."
    desk.run(write_paragraph, chapter_id=desk.chapter_ids[0], body=cited)
    second = desk.run(write_paragraph, chapter_id=desk.chapter_ids[1], body=twice.upper())
    wrong = "Come vuole la legge 13/11/2000, n. 328."
    law = desk.run(write_paragraph, chapter_id=desk.chapter_ids[2], body=wrong)
    page = f"{desk.make.here}/piano/stato"
    assert "da-rivedere" not in client.get(page).text
    shown = desk.make.sign_in(client, desk.office).get(page).text
    told = shown[shown.index("da-rivedere") :]
    assert told.count("/piano/paragrafi/") == 3  # the second of two; both dates
    assert f"/piano/paragrafi/{second.id}" in told
    assert f"/piano/paragrafi/{law.id}" in told


def test_nobody_approves_a_plan_that_was_changed_since_they_read_it(app: Flask, desk: Desk) -> None:
    client = desk.make.sign_in(app.test_client(), desk.office)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    address, cycle = f"{desk.make.here}/piano/stato", {"cycle_id": desk.make.cycle.id}
    desk.complete()
    desk.open_draft()
    reads = seen_on(client.get(address).text)
    desk.run(edit_block, block_id=desk.block_id, version=1, body="Altro.", reason="Mah.")
    told = client.post(f"{address}/pronto", data={"seen": reads})
    assert (told.status_code, now(desk)) == (422, PlanState.PUBLIC_DRAFT)
    assert "was changed since you opened this page" in told.text
    assert client.post(f"{address}/pronto", data={"seen": seen_on(told.text)}).status_code == 302
    act_id = desk.act()
    reads = seen_on(client.get(address).text)
    desk.run(reopen_plan, **cycle, reason="Manca un orario.")
    desk.run(edit_block, block_id=desk.block_id, version=2, body="Di mattina.", reason="Ecco.")
    desk.run(declare_plan_ready, **cycle)
    forgot = client.post(f"{address}/approva", data={"seen": reads})
    assert seen_on(forgot.text) == reads
    told = client.post(f"{address}/approva", data={"act_id": act_id, "seen": reads})
    assert (told.status_code, now(desk)) == (422, PlanState.READY)
    sent = {"act_id": act_id, "seen": seen_on(told.text)}
    assert client.post(f"{address}/approva", data=sent).status_code == 302


def seen_on(page: str) -> str:
    """The last entry that the form which moves the plan on says to have read."""
    (seen,) = set(re.findall(r'name="seen" value="(\d+)"', page))
    return str(seen)


def test_the_approved_plan_gets_its_number_once(app: Flask, desk: Desk) -> None:
    cycle = {"cycle_id": desk.make.cycle.id}
    desk.make_ready()
    with pytest.raises(Conflict, match="not approved yet"):
        desk.run(number_plan, **cycle)
    desk.run(approve_plan, **cycle, act_id=desk.act())
    with desk.make.session() as session:
        row = registration_of(session, PLAN, desk.make.cycle.id)
    assert row is not None
    assert desk.run(number_plan, **cycle).id == row.id
    browser = desk.make.sign_in(app.test_client(), desk.office)
    for page in ("stato", "intero"):
        assert f"/documenti/{row.id}" in browser.get(f"{desk.make.here}/piano/{page}").text
    form = f"{desk.make.here}/piano/stato/documento"
    assert form not in browser.get(f"{desk.make.here}/piano/stato").text
    desk.run(annul_registration, registration_id=row.id, reason="Errore di copia.")
    assert form in browser.get(f"{desk.make.here}/piano/stato").text
    again = desk.run(number_plan, **cycle)
    assert (again.version, again.number) == (row.version + 1, row.number + 1)


def test_a_plan_from_before_the_register_is_numbered_by_the_office(app: Flask, desk: Desk) -> None:
    desk.make_ready()
    desk.run(approve_plan, cycle_id=desk.make.cycle.id, act_id=desk.act())
    with desk.make.database.transaction(SYSTEM) as tx:
        tx.session.execute(delete(Registration).where(Registration.kind == PLAN.name))
    browser = desk.make.sign_in(app.test_client(), desk.office)
    form = f"{desk.make.here}/piano/stato/documento"
    assert form in browser.get(f"{desk.make.here}/piano/stato").text
    assert browser.post(form).status_code == 302
    page = browser.get(f"{desk.make.here}/piano/stato").text
    assert form not in page
    assert "n. 2/" in page
