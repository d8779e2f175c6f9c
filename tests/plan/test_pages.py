"""The pages of the plan and its REST resources."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.people.commands.tokens import create_token
from consultazione.plan import queries, views
from consultazione.plan.blocks.models import Block
from consultazione.plan.commands.answering import refuse_contribution, take_in
from consultazione.plan.commands.writing import write_paragraph
from consultazione.plan.models import Contribution, ContributionState
from consultazione.plan.queries import blocks_of, get_contribution
from consultazione.zones.queries import chapters
from tests.support.factories import Factory
from tests.support.proposal_story import Story

TEXT, WHY = "Nasce uno sportello in ogni Comune.", "Risponde a un bisogno del territorio."


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor's browser that asks for English, the language of the source."""
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def office(make: Factory) -> Actor:
    """A person of the plan office."""
    return make.holder(Role.PLAN_OFFICE)


@pytest.fixture
def contribution(make: Factory) -> Contribution:
    """A pending contribution to the first chapter."""
    (found,) = make.contributions("Open a **desk** for carers.")
    return found


def answered(make: Factory, contribution: Contribution) -> Contribution:
    with make.session() as session:
        return get_contribution(session, contribution.id)


def taken(make: Factory, actor: Actor, contribution: Contribution) -> int:
    """Take a contribution in; returns the id of its paragraph."""
    with make.database.transaction(actor) as tx:
        return take_in(tx, contribution_id=contribution.id, body=TEXT, reason=WHY).id


def bearer(make: Factory, actor: Actor) -> dict[str, str]:
    with make.database.transaction(SYSTEM) as tx:
        key = create_token(tx, person_id=actor.person_id or 0, label="test")
    return {"Authorization": f"Bearer {key}"}


def test_an_empty_plan_says_what_is_missing(client: FlaskClient, make: Factory) -> None:
    assert make.zone.id
    page = client.get("/piano").text
    assert page.count("Mandatory and still empty") == 7
    assert f'data-follow="plan:{make.cycle.id}"' in page
    chapter = client.get("/piano/capitoli/3").text
    assert "Nothing is written in this chapter yet." in chapter
    assert client.get("/piano/capitoli/8").status_code == 404


def test_the_plan_counts_what_waits_and_what_is_answered(
    client: FlaskClient, make: Factory, office: Actor, contribution: Contribution
) -> None:
    waiting = client.get("/piano").text
    assert "Contributions waiting: 1" in waiting
    taken(make, office, contribution)
    page = client.get("/piano").text
    assert "Contributions waiting: 1" not in page
    assert "Contributions answered: 1" in page
    assert page.count("Mandatory and still empty") == 6
    assert TEXT in page


def test_a_paragraph_opens_its_pedigree_without_scripts(
    client: FlaskClient, make: Factory, office: Actor
) -> None:
    story = Story.begin(make)
    number = story.discuss()
    outcome, (contribution,) = story.forward(story.conclude())
    paragraph_id = taken(make, office, contribution)
    links = [
        f'href="/esiti/{outcome.id}#voce-1"',
        f'href="/verbali/{outcome.minutes_id}#p{story.point_id}"',
        f'href="/sedute/{story.sitting.id}/cronaca?voce={number}#voce-{number}"',
        f'href="/proposte/{story.proposal.id}"',
    ]
    for path in ("/piano/capitoli/1", f"/piano/paragrafi/{paragraph_id}"):
        page = client.get(path).text
        assert [link for link in links if link not in page] == []
        assert "Social promotion associations" in page
    chapter = client.get("/piano/capitoli/1").text
    assert f'id="paragrafo-{paragraph_id}"' in chapter
    assert re.search(r"<details>.*?</details>", chapter, re.DOTALL)


def test_the_links_of_a_pedigree_lead_to_their_places(
    client: FlaskClient, make: Factory, office: Actor
) -> None:
    story = Story.begin(make)
    story.discuss()
    _outcome, (contribution,) = story.forward(story.conclude())
    page = client.get(f"/piano/paragrafi/{taken(make, office, contribution)}").text
    steps = re.search(r'<ol class="pedigree">.*?</ol>', page, re.DOTALL)
    assert steps
    found = re.findall(r'href="([^"#]+)(?:#([^"]+))?"', steps[0])
    assert len(found) == 5
    for path, anchor in found:
        target = client.get(path)
        assert target.status_code == 200
        assert not anchor or f'id="{anchor}"' in target.text


def test_what_is_refused_is_public_with_its_reason(
    client: FlaskClient, make: Factory, office: Actor, contribution: Contribution
) -> None:
    with make.database.transaction(office) as tx:
        refuse_contribution(tx, contribution_id=contribution.id, reason="La norma lo esclude.")
    page = client.get("/piano/capitoli/1").text
    assert f'id="contributo-{contribution.id}"' in page
    assert "<strong>desk</strong>" in page
    assert "La norma lo esclude." in page
    assert "Not taken in" in page


def test_contributions_go_on_page_by_page_and_each_is_found(
    client: FlaskClient, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (queries, views):
        monkeypatch.setattr(module, "CONTRIBUTIONS_A_PAGE", 2)
    found = make.contributions("Open a desk.", "Train the carers.", "Pay the bus.")
    page = client.get("/piano/capitoli/1").text
    assert ("Train the carers." in page, "Pay the bus." in page) == (True, False)
    after = f"?dopo={found[1].id}"
    assert f'href="{make.here}/piano/capitoli/1{after}#contributi"' in page
    rest = client.get(f"/piano/capitoli/1{after}").text
    assert ("Pay the bus." in rest, "Open a desk." in rest) == (True, False)
    assert "Contribution 3" in rest
    for contribution, start in zip(found, ("", "", after), strict=True):
        place = client.get(f"/piano/contributi/{contribution.id}").location
        assert place == f"{make.here}/piano/capitoli/1{start}#contributo-{contribution.id}"


def test_only_the_office_sees_its_queue(
    client: FlaskClient, make: Factory, office: Actor, contribution: Contribution
) -> None:
    paths = ["/piano/ufficio", f"/piano/ufficio/{contribution.id}"]
    paths.append("/piano/capitoli/1/nuovo-paragrafo")
    assert [client.get(path).status_code for path in paths] == [302, 302, 302]
    make.sign_in(client, make.holder(Role.ADMINISTRATOR))
    assert [client.get(path).status_code for path in paths] == [403, 403, 403]
    make.sign_in(client, office)
    assert [client.get(path).status_code for path in paths] == [200, 200, 200]
    assert f"/piano/ufficio/{contribution.id}" in client.get("/piano/ufficio").text


@pytest.mark.parametrize(
    ("answer", "written"),
    [("taken_in", 1), ("taken_in_part", 1), ("refused", 0), ("not_ours", 0)],
)
def test_the_office_answers_with_a_form(
    client: FlaskClient,
    make: Factory,
    office: Actor,
    contribution: Contribution,
    answer: str,
    written: int,
) -> None:
    make.sign_in(client, office)
    path = f"/piano/ufficio/{contribution.id}"
    assert "Open a **desk** for carers.</textarea>" in client.get(path).text
    form = {"answer": answer, "reason": WHY, "body": TEXT}
    assert client.post(path, data=form).location == f"{make.here}/piano/ufficio"
    found = answered(make, contribution)
    assert (found.state.value, found.reason) == (answer, WHY)
    with make.session() as session:
        assert len(blocks_of(session, [contribution.chapter_id])) == written
    assert "<textarea" not in client.get(path).text


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"answer": "refused", "reason": ""}, "reason"),
        ({"answer": "", "reason": WHY}, "answer"),
        ({"answer": "pending", "reason": WHY}, "answer"),
        ({"answer": "taken_in", "reason": WHY, "body": " "}, "body"),
    ],
)
def test_a_refused_form_keeps_what_was_typed_and_names_the_field(
    client: FlaskClient,
    make: Factory,
    office: Actor,
    contribution: Contribution,
    form: dict[str, str],
    field: str,
) -> None:
    make.sign_in(client, office)
    page = client.post(f"/piano/ufficio/{contribution.id}", data=form)
    assert page.status_code == 422
    assert f'href="#field-{field}"' in page.text
    assert form["reason"] in page.text
    assert answered(make, contribution).state is ContributionState.PENDING


def test_a_second_answer_is_told_that_the_first_stands(
    client: FlaskClient, make: Factory, office: Actor, contribution: Contribution
) -> None:
    taken(make, office, contribution)
    make.sign_in(client, office)
    form = {"answer": "refused", "reason": WHY, "body": ""}
    page = client.post(f"/piano/ufficio/{contribution.id}", data=form)
    assert page.status_code == 422
    assert "the answer stands" in page.text


def test_the_office_writes_a_paragraph_of_its_own(
    client: FlaskClient, make: Factory, office: Actor
) -> None:
    assert make.zone.id
    make.sign_in(client, office)
    sent = client.post("/piano/capitoli/2/nuovo-paragrafo", data={"body": TEXT})
    with make.session() as session:
        block_id = session.scalars(select(func.max(Block.id))).one()
    assert sent.location == f"{make.here}/piano/capitoli/2#paragrafo-{block_id}"
    assert TEXT in client.get(sent.location).text


def test_a_text_of_the_office_is_sanitised(
    client: FlaskClient, make: Factory, office: Actor
) -> None:
    assert make.zone.id
    make.sign_in(client, office)
    body = "Testo <script>alert(1)</script> [qui](javascript:alert(1))"
    client.post("/piano/capitoli/2/nuovo-paragrafo", data={"body": body})
    page = client.get("/piano/capitoli/2").text
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_programs_read_the_plan(
    client: FlaskClient, make: Factory, office: Actor, contribution: Contribution
) -> None:
    paragraph_id = taken(make, office, contribution)
    plan: Any = client.get("/api/v1/plan").json
    assert [chapter["number"] for chapter in plan] == list(range(1, 8))
    assert (plan[0]["waiting"], plan[0]["answered"]) == (0, 1)
    (paragraph,) = plan[0]["paragraphs"]
    assert (paragraph["id"], paragraph["contribution_id"]) == (paragraph_id, contribution.id)
    steps: Any = client.get(f"/api/v1/plan/paragraphs/{paragraph_id}/pedigree").json
    assert steps[0]["kind"] == "outcome_item"
    assert steps[0]["url"].startswith("/esiti/")
    assert client.get("/api/v1/plan/paragraphs/0/pedigree").status_code == 404


def test_programs_page_through_contributions(client: FlaskClient, make: Factory) -> None:
    found = make.contributions("One thing.", "Another thing.", "A third thing.")
    seen, url = [], "/api/v1/contributions?limit=2&waiting=true"
    while url:
        page: Any = client.get(url).json
        seen += [item["id"] for item in page["items"]]
        url = page["next"]
    assert seen == [c.id for c in found]
    none: Any = client.get("/api/v1/contributions?waiting=false").json
    assert none == {"items": [], "next": None}


def test_programs_answer_once_and_only_for_the_office(
    client: FlaskClient, make: Factory, office: Actor, contribution: Contribution
) -> None:
    url = f"/api/v1/contributions/{contribution.id}/answer"
    body = {"answer": "refused", "reason": WHY}
    assert client.post(url, json=body).status_code == 403
    assert client.post(url, json=body, headers=bearer(make, make.citizen())).status_code == 403
    done = client.post(url, json=body, headers=bearer(make, office))
    assert (done.status_code, done.json and done.json["state"]) == (201, "refused")
    again = client.post(url, json=body, headers=bearer(make, office))
    assert (again.status_code, again.content_type) == (409, "application/problem+json")


def test_programs_follow_a_proposal(client: FlaskClient, make: Factory) -> None:
    story = Story.begin(make)
    story.discuss()
    story.forward(story.conclude())
    steps: Any = client.get(f"/api/v1/proposals/{story.proposal.id}/way-forward").json
    assert [step["kind"] for step in steps] == [
        "moment", "vote", "minutes", "outcome_item", "sign_off", "answer",
    ]  # fmt: skip
    assert client.get("/api/v1/proposals/0/way-forward").status_code == 404


def test_the_plan_shows_how_a_chapter_begins_and_leads_to_the_rest(
    client: FlaskClient, make: Factory, office: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consultazione.plan.views._PARAGRAPHS_OF_A_CHAPTER", 2)
    with make.session() as session:
        first, second = chapters(session, make.cycle.id)[:2]
    for chapter, bodies in ((first, ("Primo", "Secondo", "Terzo")), (second, ("Quarto", "Quinto"))):
        for body in bodies:
            with make.database.transaction(office) as tx:
                write_paragraph(tx, chapter_id=chapter.id, body=f"{body} impegno del piano.")
    page = client.get("/piano").text
    shown = [word for word in ("Primo", "Secondo", "Terzo", "Quarto", "Quinto") if word in page]
    assert shown == ["Primo", "Secondo", "Quarto", "Quinto"]
    assert "Read all 3 blocks" in page
    assert page.count("Read all") == 1
    assert "Terzo impegno" in client.get(f"/piano/capitoli/{first.number}").text
