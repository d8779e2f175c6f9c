"""Following: by button, by program, in a race; and what the pages show of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from consultazione.core.actor import Actor
from consultazione.core.db import Database
from consultazione.notices.commands.following import follow, unfollow
from consultazione.notices.models import Follow, SubjectKind
from consultazione.people.commands.tokens import create_token
from tests.support.at_once import at_once
from tests.support.factories import Factory
from tests.support.final_commits import final_commits
from tests.support.told import Told


@pytest.fixture
def told(database: Database) -> Told:
    """What people were told."""
    return Told(database)


def test_the_button_of_a_page_follows_and_stops(make: Factory, client: FlaskClient) -> None:
    proposal, who = make.proposal(), make.citizen()
    page = f"/proposte/{proposal.id}"
    assert "Accedi per seguire" in client.get(page).text
    make.sign_in(client, who)
    assert ">Segui</button>" in client.get(page).text
    fields = {"kind": "proposal", "subject_id": proposal.id}
    answer = client.post("/avvisi/segui", data=fields)
    assert (answer.status_code, answer.location) == (302, page)
    assert "Non seguire più" in client.get(page).text
    assert proposal.title in client.get("/avvisi/impostazioni").text
    client.post("/avvisi/non-seguire", data=fields)
    assert ">Segui</button>" in client.get(page).text


@pytest.mark.parametrize(
    "fields", [{"kind": "proposal", "subject_id": 999}, {"kind": "moon", "subject_id": 1}, {}]
)
def test_what_is_not_there_is_not_followed(
    make: Factory, client: FlaskClient, fields: dict[str, object]
) -> None:
    assert make.zone
    make.sign_in(client, make.citizen())
    answer = client.post("/avvisi/segui", data=fields, follow_redirects=True)
    assert answer.status_code == 200
    assert "alert-danger" in answer.text


def test_every_kind_is_followed_by_a_program(make: Factory, client: FlaskClient) -> None:
    outcome, who = make.outcome("Si apra uno sportello."), make.citizen()
    chapter_id = outcome.items[0].chapter_id
    proposal = make.proposal()
    with make.database.transaction(who) as tx:
        token = create_token(tx, person_id=who.person_id or 0, label="prova")
    head = {"Authorization": f"Bearer {token}"}
    paths = {
        SubjectKind.TABLE: f"tables/{outcome.table_id}",
        SubjectKind.PROPOSAL: f"proposals/{proposal.id}",
        SubjectKind.OUTCOME: f"outcomes/{outcome.id}",
        SubjectKind.CHAPTER: f"chapters/{chapter_id}",
    }
    for path in paths.values():
        assert client.put(f"/api/v1/{path}/follow", headers=head).status_code == 204
    assert client.put("/api/v1/tables/99999/follow", headers=head).status_code == 404
    assert client.put(f"/api/v1/tables/{outcome.table_id}/follow").status_code in (401, 403)
    with make.session() as session:
        assert {row.kind for row in session.scalars(select(Follow))} >= set(paths)
    for path in paths.values():
        assert client.delete(f"/api/v1/{path}/follow", headers=head).status_code == 204
    with make.session() as session:
        own = select(Follow).filter_by(person_id=who.person_id, ended_at=None)
        assert session.scalars(own).all() == []


def test_a_program_reads_its_own_notices_and_marks_them(
    make: Factory, client: FlaskClient, told: Told
) -> None:
    author = make.citizen()
    proposal = make.proposal(author=author)
    for _number in range(3):
        make.comment(proposal)
    told.tell()
    with make.database.transaction(author) as tx:
        token = create_token(tx, person_id=author.person_id or 0, label="prova")
    head = {"Authorization": f"Bearer {token}"}
    first = client.get("/api/v1/notices?limit=2", headers=head).json
    assert first is not None
    assert [item["title"] for item in first["items"]] == [proposal.title] * 2
    assert first["items"][0]["url"].endswith("/osservazioni/1") or "/osservazioni/" in str(
        first["items"][0]["url"]
    )
    rest = client.get(first["next"], headers=head).json
    assert rest is not None
    assert len(rest["items"]) == 1
    assert rest["next"] is None
    until = {"until": first["items"][-1]["id"]}
    assert client.post("/api/v1/notices/read", json=until, headers=head).status_code == 204
    items = client.get("/api/v1/notices", headers=head).json["items"]  # type: ignore[index]
    assert [item["read_at"] is None for item in items] == [False, False, True]
    assert client.get("/api/v1/notices").status_code == 401


def test_the_bell_counts_what_is_unread_and_a_visitor_has_none(
    make: Factory, client: FlaskClient, told: Told
) -> None:
    author = make.citizen()
    proposal = make.proposal(author=author, title="Un forno di comunità")
    make.comment(proposal, body="Con legna del bosco.")
    told.tell()
    page = f"/proposte/{proposal.id}"
    assert 'class="bell"' not in client.get(page).text
    make.sign_in(client, author)
    assert "Avvisi: 1 da leggere" in client.get(page).text
    shown = client.get("/avvisi").text
    assert "Un forno di comunità" in shown
    assert "Con legna del bosco." in shown
    until = shown.partition('name="until" value="')[2].partition('"')[0]
    client.post("/avvisi/letti", data={"until": until})
    assert "da leggere" not in client.get(page).text


def test_nobody_reads_or_marks_the_notices_of_others(
    make: Factory, client: FlaskClient, told: Told
) -> None:
    author = make.citizen()
    make.comment(make.proposal(author=author))
    assert len(told.of(author)) == 1
    make.sign_in(client, make.citizen())
    assert "Non hai ancora avvisi" in client.get("/avvisi").text
    client.post("/avvisi/letti", data={"until": 2**62})
    assert told.of(author)[0].notice.read_at is None


def test_the_page_of_notices_has_many_pages(make: Factory, client: FlaskClient, told: Told) -> None:
    author = make.citizen()
    proposal, writer = make.proposal(author=author), make.citizen()
    for number in range(43):
        make.comment(proposal, writer, body=f"Osservazione numero {number}.")
    told.tell()
    make.sign_in(client, author)
    first = client.get("/avvisi").text
    assert "numero 42." in first
    assert "numero 2." not in first
    more = first.partition('rel="next" href="')[2].partition('"')[0]
    assert "numero 2." in client.get(more).text


@pytest.fixture
def real(engine: Engine) -> Iterator[Factory]:
    """Things in a database whose commits are final."""
    with final_commits(engine) as database:
        yield Factory(database)


def test_of_many_that_follow_and_stop_at_once_one_stands(real: Factory) -> None:
    proposal, who = real.proposal(), real.citizen()
    fields = {"kind": SubjectKind.PROPOSAL, "subject_id": proposal.id}
    answers = at_once(real, *((command, who, fields) for command in (follow, unfollow) * 3))
    assert all(getattr(answer, "id", None) == proposal.id for answer in answers)
    with real.session() as session:
        rows = session.scalars(select(Follow).filter_by(person_id=who.person_id)).all()
        assert len(rows) == 1


def test_who_stops_while_a_worker_tells_stays_stopped(real: Factory) -> None:
    author: Actor = real.citizen()
    proposal = real.proposal(author=author)
    told = Told(real.database)
    fields = {"kind": SubjectKind.PROPOSAL, "subject_id": proposal.id}
    at_once(real, (unfollow, author, fields), (lambda tx: told.tell(), real.citizen(), {}))
    real.comment(proposal)
    assert told.topics_of(author) == []
