"""The pages and REST resources of opinion maps."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from consultazione.core import clock
from consultazione.core.actor import Actor
from consultazione.core.permissions import acting_person
from consultazione.opinions.commands.opinions import propose_opinion
from consultazione.people.commands.tokens import create_token
from tests.support.opinion_asking import FOR, STATEMENTS, Asked, two_camps


def page(asked: Asked) -> str:
    return f"/opinioni/{asked.map_id}"


def browser(app: Flask, asked: Asked, actor: Actor) -> FlaskClient:
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return asked.make.sign_in(client, actor)


def test_a_person_answers_one_statement_after_the_other(app: Flask, asked: Asked) -> None:
    client = browser(app, asked, asked.make.citizen())
    shown = client.get(page(asked)).text
    assert "0 of 8 answered" in shown
    assert sum(body in shown for body in STATEMENTS) == 1
    first = next(one for one in asked.opinions if one.body in shown)
    answered = client.post(f"/opinioni/affermazioni/{first.id}/risposta", data={"value": "1"})
    assert answered.status_code == 302
    assert "1 of 8 answered" in client.get(page(asked)).text
    mine = client.get(f"{page(asked)}/mie-risposte").text
    assert first.body in mine
    assert sum(body in mine for body in STATEMENTS) == 1


def test_what_is_no_answer_is_refused_and_the_page_stays(app: Flask, asked: Asked) -> None:
    client, first = browser(app, asked, asked.make.citizen()), asked.opinions[0]
    answered = client.post(f"/opinioni/affermazioni/{first.id}/risposta", data={"value": "7"})
    assert answered.status_code == 422
    assert asked.map.title in answered.text


def test_nobody_sees_what_others_think_while_it_is_open(app: Flask, asked: Asked) -> None:
    two_camps(asked)
    visitor = app.test_client()
    visitor.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    assert "Group A" not in visitor.get(page(asked)).text
    assert visitor.get(f"{page(asked)}/risposte.csv").status_code == 404
    assert visitor.get(f"/api/v1/opinion-maps/{asked.map_id}").get_json()["picture"] is None


def test_what_was_drawn_is_shown_to_everybody(app: Flask, asked: Asked) -> None:
    two_camps(asked)
    asked.drawn()
    visitor = app.test_client()
    visitor.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    shown = visitor.get(page(asked)).text
    assert "Group A: 6 people" in shown
    assert "12 people answered" in shown
    table = visitor.get(f"{page(asked)}/risposte.csv")
    assert table.text.splitlines()[0] == "participant,1,2,3,4,5,6,7,8"
    told = visitor.get(f"/api/v1/opinion-maps/{asked.map_id}").get_json()
    assert [group["size"] for group in told["picture"]["groups"]] == [6, 6]


def test_the_chair_opens_a_map_and_decides_on_statements(app: Flask, asked: Asked) -> None:
    chair, anna = browser(app, asked, asked.chair), asked.make.citizen()
    slug = asked.map.table.slug
    at_table = f"/tavoli/{slug}/opinioni"
    typed = {
        "title": "Another map",
        "opinions": "\n".join(STATEMENTS),
        "closes_at": f"{clock.today() + timedelta(days=9)}T10:00",
    }
    assert chair.post(f"{at_table}/nuova", data={**typed, "least_group": "2"}).status_code == 422
    assert chair.post(f"{at_table}/nuova", data={**typed, "least_group": "6"}).status_code == 302
    assert "Another map" in chair.get(at_table).text
    asked.do(anna, propose_opinion, map_id=asked.map_id, body="Open it on Sundays too.")
    asked.do(anna, propose_opinion, map_id=asked.map_id, body="Close it altogether now.")
    admitted, refused = asked.opinions[-2:]
    assert "Open it on Sundays too." in chair.get(page(asked)).text
    chair.post(f"/opinioni/affermazioni/{admitted.id}/ammetti")
    form = f"/opinioni/affermazioni/{refused.id}/rifiuta"
    assert chair.get(form).status_code == 200
    assert chair.post(form, data={"reason": ""}).status_code == 422
    assert chair.post(form, data={"reason": "It is another question."}).status_code == 302
    told = browser(app, asked, anna).get(page(asked)).text
    assert "Not admitted: It is another question." in told
    chair.post(f"{page(asked)}/chiudi")
    assert not asked.map.is_open


def test_only_who_runs_the_table_sees_what_waits(app: Flask, asked: Asked) -> None:
    anna, bruno = asked.make.citizen(), asked.make.citizen()
    asked.do(anna, propose_opinion, map_id=asked.map_id, body="Open it on Sundays too.")
    others = browser(app, asked, bruno)
    assert "Open it on Sundays too." not in others.get(page(asked)).text
    waiting = asked.opinions[-1].id
    assert others.get(f"/opinioni/affermazioni/{waiting}/rifiuta").status_code == 403
    told = others.get(f"/api/v1/opinion-maps/{asked.map_id}").get_json()
    assert "Open it on Sundays too." not in str(told)


def test_somebody_answers_and_proposes_over_rest(app: Flask, asked: Asked) -> None:
    anna = asked.make.citizen()
    with asked.make.database.transaction(anna) as tx:
        token = create_token(tx, person_id=acting_person(anna), label="A program")
    headers = {"Authorization": f"Bearer {token}"}
    client, first = app.test_client(), asked.opinions[0]
    put = client.put(f"/api/v1/opinions/{first.id}/answer", json={"value": -1}, headers=headers)
    assert put.status_code == 204
    wrong = client.put(f"/api/v1/opinions/{first.id}/answer", json={"value": 3}, headers=headers)
    assert wrong.status_code == 422
    proposed = client.post(
        f"/api/v1/opinion-maps/{asked.map_id}/opinions",
        json={"body": "Open it on Sundays too."},
        headers=headers,
    )
    assert (proposed.status_code, proposed.get_json()["number"]) == (201, 9)
    asked.answer(anna, FOR)
