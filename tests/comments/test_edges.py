"""Comments on pages and over REST."""

from __future__ import annotations

from flask.testing import FlaskClient

from consultazione.comments.commands.moderating import hide_comment
from consultazione.comments.queries import COMMENTS_A_PAGE
from consultazione.core.actor import Role
from consultazione.people.commands.tokens import create_token
from consultazione.people.models import Category
from tests.support.factories import Factory


def test_a_comment_is_written_on_the_proposals_page(client: FlaskClient, make: Factory) -> None:
    proposal = make.proposal()
    make.sign_in(client, make.delegate(Category.UNION))
    url = f"/proposte/{proposal.id}/osservazioni/nuova"
    assert f'action="{url}"' in client.get(f"/proposte/{proposal.id}").text
    answer = client.post(url, data={"position": "against", "body": "Costa troppo."})
    place = client.get(answer.location)
    assert place.location.startswith(f"/proposte/{proposal.id}?ordine=oldest#osservazione-")
    assert "Costa troppo." in client.get(place.location).text


def test_comments_go_on_page_by_page_and_each_is_found(client: FlaskClient, make: Factory) -> None:
    proposal, author = make.proposal(), make.citizen()
    number = COMMENTS_A_PAGE + 1
    written = [make.comment(proposal, author, body=f"Detto {n}.") for n in range(number)]
    page = client.get(f"/proposte/{proposal.id}?ordine=oldest").text
    assert (f"Detto {number - 2}." in page, f"Detto {number - 1}." in page) == (True, False)
    after = f"?dopo={written[-2].id}"
    assert f'href="/proposte/{proposal.id}{after}#osservazioni"' in page
    rest = client.get(f"/proposte/{proposal.id}{after}").text
    assert (f"Detto {number - 1}." in rest, "Detto 0." in rest) == (True, False)
    start = "?ordine=oldest"
    for comment, place_of in ((written[0], start), (written[-2], start), (written[-1], after)):
        place = client.get(f"/osservazioni/{comment.id}").location
        assert place == f"/proposte/{proposal.id}{place_of}#osservazione-{comment.id}"


def test_a_comment_without_position_keeps_its_text(client: FlaskClient, make: Factory) -> None:
    proposal = make.proposal()
    make.sign_in(client, make.citizen())
    answer = client.post(f"/proposte/{proposal.id}/osservazioni/nuova", data={"body": "Ma certo."})
    assert answer.status_code == 422
    assert "Ma certo." in answer.text
    assert 'href="#field-position"' in answer.text


def test_a_hidden_comment_shows_its_reason_only(client: FlaskClient, make: Factory) -> None:
    table = make.table()
    comment = make.comment(make.proposal(table), body="Parole cattive.")
    page = f"/proposte/{comment.proposal_id}"
    make.sign_in(client, make.holder(Role.FACILITATOR, table.id))
    url = f"/osservazioni/{comment.id}/modera"
    assert url in client.get(page).text
    hide = {"action": "hide", "rule": "insult", "reason": "Offende una persona."}
    assert client.post(url, data=hide).status_code == 302
    after = client.get(page).text
    assert "Parole cattive." not in after
    assert "Offende una persona." in after


def test_an_erased_comment_shows_its_ground_only(client: FlaskClient, make: Factory) -> None:
    comment = make.comment(body="Parole da togliere.")
    page, url = f"/proposte/{comment.proposal_id}", f"/osservazioni/{comment.id}/cancella"
    assert client.get(url).status_code == 302
    make.sign_in(client, make.holder(Role.PLAN_OFFICE))
    assert url not in client.get(page).text
    assert client.get(url).status_code == 403
    make.sign_in(client, make.holder(Role.ADMINISTRATOR))
    assert url in client.get(page).text
    assert "data-confirm" in client.get(url).text
    assert client.post(url, data={"ground": "Breve"}).status_code == 422
    assert client.post(url, data={"ground": "Ordinanza del tribunale."}).status_code == 302
    after = client.get(page).text
    assert "Ordinanza del tribunale." in after
    assert ("Parole da togliere." in after, url in after) == (False, False)


def test_only_who_runs_the_table_hides(client: FlaskClient, make: Factory) -> None:
    comment = make.comment()
    url = f"/osservazioni/{comment.id}/modera"
    make.sign_in(client, make.holder(Role.FACILITATOR, make.table().id))
    assert client.get(url).status_code == 403
    assert url not in client.get(f"/proposte/{comment.proposal_id}").text


def test_comments_over_rest(client: FlaskClient, make: Factory) -> None:
    proposal, citizen = make.proposal(), make.citizen()
    with make.database.transaction(citizen) as tx:
        key = create_token(tx, person_id=citizen.person_id or 0, label="test")
    url, headers = f"/api/v1/proposals/{proposal.id}/comments", {"Authorization": f"Bearer {key}"}
    made = client.post(url, json={"position": "neutral", "body": "Bene."}, headers=headers)
    assert made.status_code == 201
    hidden = make.comment(proposal, body="Parole cattive.")
    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        hide_comment(tx, comment_id=hidden.id, reason="Offende una persona.")
    answer = client.get(url)
    items = (answer.json or {})["items"]
    assert [item["body"] for item in items] == ["Bene.", None]
    assert items[1]["hidden_reason"] == "Offende una persona."
    assert "Parole cattive." not in answer.text
    assert client.post(url, json={"position": "up", "body": ""}, headers=headers).status_code == 422
    assert client.post(url, json={"position": "neutral", "body": "x"}).status_code == 403
    assert client.get("/api/v1/proposals/0/comments").status_code == 404
