"""A comment is changed or withdrawn by its author, and shown again once it was hidden."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from consultazione.comments.commands.moderating import erase_comment, hide_comment, show_comment
from consultazione.comments.commands.writing import edit_comment, withdraw_comment
from consultazione.comments.events import CommentEdited, CommentShown, CommentWithdrawn
from consultazione.comments.models import Comment, Position
from consultazione.comments.queries import (
    VERSIONS_A_PAGE,
    count_positions,
    get_comment,
    versions_of,
)
from consultazione.core.actor import Actor, Role
from consultazione.core.errors import Conflict, Invalid, NotAllowed
from consultazione.core.log import read_stream, words
from consultazione.core.log.verify import verify_stream
from consultazione.people.commands.tokens import create_token
from consultazione.people.queries import actor_of
from consultazione.proposals.commands.lifecycle import refuse_proposal
from consultazione.proposals.models import Proposal
from consultazione.tables.events import table_stream
from tests.support.factories import Factory

NEW: dict[str, Any] = {"position": Position.AGAINST, "body": "Costa troppo.", "reason": "Ripenso"}
GROUND = "Ordinanza del tribunale del 5 febbraio 2018"


def author_of(make: Factory, comment: Comment) -> Actor:
    with make.session() as session:
        return actor_of(session, comment.author_id)


def run(make: Factory, who: Actor, command: Any, comment: Comment, **values: Any) -> Any:
    with make.database.transaction(who) as tx:
        return command(tx, comment_id=comment.id, **values)


def change(make: Factory, comment: Comment, **values: Any) -> Comment:
    given = {**NEW, "version": 1, **values}
    changed: Comment = run(make, author_of(make, comment), edit_comment, comment, **given)
    return changed


def last_event(make: Factory, comment: Comment) -> Any:
    with make.session() as session:
        table_id = session.get_one(Proposal, comment.proposal_id).table_id
        return read_stream(session, table_stream(table_id))[-1].event


def test_what_it_said_before_stays_readable(make: Factory) -> None:
    comment = make.comment(body="Molto bene.")
    changed = change(make, comment)
    assert (changed.body, changed.position, changed.version) == (
        "Costa troppo.",
        Position.AGAINST,
        2,
    )
    with make.session() as session:
        assert get_comment(session, comment.id).body == "Costa troppo."
        said = [(one.version.number, one.body) for one in versions_of(session, comment.id, limit=9)]
    assert said == [(2, "Costa troppo."), (1, "Molto bene.")]
    event = last_event(make, comment)
    assert isinstance(event, CommentEdited)
    assert (event.version, event.body, event.reason) == (2, "Costa troppo.", "Ripenso")


def test_only_the_author_changes_it_while_it_is_shown_and_discussed(make: Factory) -> None:
    comment = make.comment()
    stranger = make.holder(Role.ADMINISTRATOR)
    with pytest.raises(NotAllowed, match="Only the author"):
        run(make, stranger, edit_comment, comment, version=1, **NEW)
    with pytest.raises(Invalid, match="same as before"):
        change(make, comment, body=comment.body, position=comment.position)
    change(make, comment)
    with pytest.raises(Conflict, match="in the meantime"):
        change(make, comment, body="Altro.")
    run(make, stranger, hide_comment, comment, reason="Offende")
    with pytest.raises(Conflict, match="hidden"):
        change(make, comment, version=2, body="Altro.")
    other = make.comment()
    with make.database.transaction(stranger) as tx:
        refuse_proposal(tx, proposal_id=other.proposal_id, reason="Fuori tema")
    with pytest.raises(Conflict, match="not under discussion"):
        change(make, other)


def test_a_withdrawn_comment_is_not_counted_and_not_changed(make: Factory) -> None:
    comment = make.comment()
    author = author_of(make, comment)
    with pytest.raises(NotAllowed, match="Only the author"):
        run(make, make.citizen(), withdraw_comment, comment, reason="Non mi piace")
    run(make, author, withdraw_comment, comment, reason="Ho cambiato idea")
    event = last_event(make, comment)
    assert isinstance(event, CommentWithdrawn)
    assert event.reason == "Ho cambiato idea"
    with make.session() as session:
        assert count_positions(session, comment.proposal_id) == {}
    for command, values in ((withdraw_comment, {"reason": "Ancora"}), (edit_comment, NEW)):
        given = {"version": 1, **values} if command is edit_comment else values
        with pytest.raises(Conflict, match="withdrawn already"):
            run(make, author, command, comment, **given)


def test_who_runs_the_table_shows_a_hidden_comment_again(make: Factory) -> None:
    table = make.table()
    comment, facilitator = (
        make.comment(make.proposal(table)),
        make.holder(Role.FACILITATOR, table.id),
    )
    with pytest.raises(Conflict, match="not hidden"):
        run(make, facilitator, show_comment, comment, reason="Nulla di male")
    run(make, facilitator, hide_comment, comment, reason="Offende")
    elsewhere = make.holder(Role.FACILITATOR, make.table().id)
    with pytest.raises(NotAllowed):
        run(make, elsewhere, show_comment, comment, reason="Nulla di male")
    shown = run(make, facilitator, show_comment, comment, reason="L’autore ha ragione")
    assert (shown.is_shown, shown.hidden_reason) == (True, None)
    event = last_event(make, comment)
    assert isinstance(event, CommentShown)
    assert event.reason == "L’autore ha ragione"
    admin = make.holder(Role.ADMINISTRATOR)
    run(make, admin, erase_comment, comment, ground=GROUND)
    with pytest.raises(Conflict, match="erased for good"):
        run(make, facilitator, show_comment, comment, reason="L’autore ha ragione")


def test_an_erasure_takes_all_that_a_comment_has_said(make: Factory) -> None:
    comment = make.comment(body="Parole da togliere.")
    change(make, comment, body="Altre parole da togliere.", reason="Perché sì")
    run(make, make.holder(Role.ADMINISTRATOR), erase_comment, comment, ground=GROUND)
    with make.session() as session:
        said = versions_of(session, comment.id, limit=9)
        assert [(one.body, one.version.reason) for one in said] == [("", None), ("", None)]
        assert words(session, [one.version.leaf for one in said]) == {}
        table_id = session.get_one(Proposal, comment.proposal_id).table_id
        events = [entry.event for entry in read_stream(session, table_stream(table_id))]
        assert [(e.body, e.reason) for e in events if isinstance(e, CommentEdited)] == [("", "")]
        assert verify_stream(session, table_stream(table_id)) == []


def test_an_erasure_takes_the_reason_of_a_withdrawal(client: FlaskClient, make: Factory) -> None:
    """The author's own words may hold what the court or the person wants erased."""
    proposal = make.proposal()
    comment, other = make.comment(proposal), make.comment(proposal)
    for one in (comment, other):
        run(make, author_of(make, one), withdraw_comment, one, reason="Soffro di cuore")
    run(make, make.holder(Role.ADMINISTRATOR), erase_comment, comment, ground=GROUND)
    gone, kept = (client.get(f"/api/v1/comments/{one.id}").json or {} for one in (comment, other))
    assert (gone["withdrawn_reason"], gone["hidden_reason"]) == (None, GROUND)
    assert kept["withdrawn_reason"] == "Soffro di cuore"
    with make.session() as session:
        stream = table_stream(session.get_one(Proposal, comment.proposal_id).table_id)
        events = [entry.event for entry in read_stream(session, stream)]
        assert verify_stream(session, stream) == []
    said = [one.reason for one in events if isinstance(one, CommentWithdrawn)]
    assert said == ["", "Soffro di cuore"]


def test_the_author_changes_and_withdraws_it_on_pages(client: FlaskClient, make: Factory) -> None:
    comment = make.comment(body="Molto bene.")
    page, url = f"/proposte/{comment.proposal_id}", f"/osservazioni/{comment.id}"
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    make.sign_in(client, make.citizen())
    assert f"{url}/modifica" not in client.get(page).text
    assert "may change a comment" in client.get(f"{url}/modifica").text
    refused = client.get(f"{url}/ritira")
    assert (refused.status_code, "may withdraw a comment" in refused.text) == (403, True)
    make.sign_in(client, author_of(make, comment))
    assert f"{url}/modifica" in client.get(page).text
    form = {**NEW, "position": "against", "version": "1"}
    assert client.post(f"{url}/modifica", data={**form, "reason": ""}).status_code == 422
    assert client.post(f"{url}/modifica", data=form).status_code == 302
    assert f"{url}/versioni" in client.get(page).text
    late = client.post(f"{url}/modifica", data={**form, "body": "Costa davvero troppo."})
    assert late.status_code == 422
    assert "Costa davvero troppo." in late.text
    assert "<ins>" in late.text
    assert "Molto bene." in client.get(f"{url}/versioni").text
    assert client.post(f"{url}/ritira", data={"reason": "Ho cambiato idea"}).status_code == 302
    after = client.get(page).text
    assert "Costa troppo." not in after
    assert "Ho cambiato idea" in after
    assert client.get(f"{url}/versioni").status_code == 404


def test_its_versions_go_on_page_by_page(client: FlaskClient, make: Factory) -> None:
    comment = make.comment(body="Detto 1.")
    for number in range(1, VERSIONS_A_PAGE + 1):
        change(make, comment, version=number, body=f"Detto {number + 1}.")
    page = f"/osservazioni/{comment.id}/versioni"
    latest = client.get(page).text
    assert (latest.count("<ins>"), f'href="{page}?dopo=2"' in latest) == (VERSIONS_A_PAGE, True)
    first = client.get(f"{page}?dopo=2").text
    assert ("Detto 1." in first, "<ins>" in first) == (True, False)


def test_a_moderator_shows_it_again_on_the_page(client: FlaskClient, make: Factory) -> None:
    table = make.table()
    comment = make.comment(make.proposal(table), body="Parole severe.")
    facilitator = make.holder(Role.FACILITATOR, table.id)
    run(make, facilitator, hide_comment, comment, reason="Offende")
    page, url = f"/proposte/{comment.proposal_id}", f"/osservazioni/{comment.id}/mostra"
    make.sign_in(client, author_of(make, comment))
    assert url not in client.get(page).text
    assert client.get(url).status_code == 403
    make.sign_in(client, facilitator)
    assert url in client.get(f"/osservazioni/{comment.id}/modera").text
    assert client.post(url, data={"reason": "Critica, non offesa."}).status_code == 302
    assert "Parole severe." in client.get(page).text


def test_of_two_moderators_the_second_reads_what_the_first_has_done(
    client: FlaskClient, make: Factory
) -> None:
    """Also who erases what is erased: the form comes again with the reason, and no fault."""
    comment = make.comment(body="Parole severe.")
    make.sign_in(client, make.holder(Role.FACILITATOR))
    url, reason = f"/osservazioni/{comment.id}", {"reason": "Offende chi lavora al servizio."}
    hide = {**reason, "action": "hide", "rule": "insult"}
    for act, data in (("modera", hide), ("mostra", reason)):
        assert client.post(f"{url}/{act}", data=data).status_code == 302
        again = client.post(f"{url}/{act}", data=data)
        assert (again.status_code, reason["reason"] in again.text) == (422, True)
    make.sign_in(client, make.holder(Role.ADMINISTRATOR))
    for status in (302, 422):
        erased = client.post(f"{url}/cancella", data={"ground": reason["reason"]})
        assert erased.status_code == status


def test_a_program_changes_and_withdraws_it(client: FlaskClient, make: Factory) -> None:
    comment = make.comment()
    author = author_of(make, comment)
    with make.database.transaction(author) as tx:
        key = create_token(tx, person_id=author.person_id or 0, label="test")
    url, token = f"/api/v1/comments/{comment.id}", {"Authorization": f"Bearer {key}"}
    tag = client.get(url).headers["ETag"]
    body = {**NEW, "position": "against"}
    assert client.put(url, json=body, headers=token).status_code == 428
    answer = client.put(url, json=body, headers={**token, "If-Match": tag})
    assert (answer.status_code, (answer.json or {})["version"]) == (200, 2)
    assert client.put(url, json=body, headers={**token, "If-Match": tag}).status_code == 412
    gone = client.put(f"{url}/withdrawal", json={"reason": "Ho cambiato idea"}, headers=token)
    assert (gone.status_code, (gone.json or {})["body"]) == (200, None)
