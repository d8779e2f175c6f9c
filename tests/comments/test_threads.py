"""Replies, comments on a paragraph, and an order that favours nobody."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from consultazione.comments.anchors import Anchor
from consultazione.comments.commands.moderating import hide_comment
from consultazione.comments.commands.writing import reply_to_comment
from consultazione.comments.models import Comment, Position
from consultazione.comments.queries import Order, count_positions, threads
from consultazione.core.actor import Role
from consultazione.core.errors import Conflict, Invalid
from consultazione.proposals.amendments.models import Part
from tests.support.factories import Factory

TEXT = "Uno sportello in ogni Comune.\n\nAperto la sera."


def reply(make: Factory, comment: Comment, body: str = "Sono d’accordo.") -> Comment:
    with make.database.transaction(make.citizen()) as tx:
        return reply_to_comment(tx, comment_id=comment.id, body=body)


def test_replies_stand_below_what_they_answer(make: Factory) -> None:
    comment = make.comment()
    first = reply(make, comment)
    second = reply(make, first)
    with make.session() as session:
        found = threads(session, comment.proposal_id, order=Order.OLDEST, seed="", after=0, limit=9)
        positions = count_positions(session, comment.proposal_id)
    assert [(t.comment.id, [r.id for r in t.replies]) for t in found] == [
        (comment.id, [first.id, second.id])
    ]
    assert positions == {Position.IN_FAVOUR: 1}


def test_what_is_hidden_is_not_answered(make: Factory) -> None:
    comment = make.comment()
    with make.database.transaction(make.holder(Role.FACILITATOR)) as tx:
        hide_comment(tx, comment_id=comment.id, reason="Offende")
    with pytest.raises(Conflict, match="hidden"):
        reply(make, comment)


def test_a_comment_speaks_of_a_paragraph_as_it_was_read(client: FlaskClient, make: Factory) -> None:
    proposal = make.proposal(body=TEXT)
    comment = make.comment(proposal, anchor=Anchor(Part.BODY, 2, 1))
    assert (comment.part, comment.paragraph, comment.text_version) == (Part.BODY, 2, 1)
    page = client.get(f"/proposte/{proposal.id}").text
    assert '<blockquote class="quiet" lang="it">Aperto la sera.</blockquote>' in page
    with pytest.raises(Invalid):
        make.comment(proposal, anchor=Anchor(Part.BODY, 3, 1))


def test_a_paragraph_is_chosen_by_a_link_and_kept_by_the_form(
    client: FlaskClient, make: Factory
) -> None:
    proposal = make.proposal(body=TEXT)
    make.sign_in(client, make.citizen())
    url = f"/proposte/{proposal.id}/osservazioni/nuova?parte=body&paragrafo=2"
    assert url.replace("&", "&amp;") in client.get(f"/proposte/{proposal.id}/emendamenti").text
    assert "Aperto la sera." in client.get(url).text
    fields = {"part": "body", "paragraph": "2", "text_version": "1"}
    answer = client.post(url, data={**fields, "body": "E il sabato?"})
    assert (answer.status_code, "Aperto la sera." in answer.text) == (422, True)
    answer = client.post(url, data={**fields, "body": "E il sabato?", "position": "neutral"})
    assert answer.status_code == 302


def test_nobody_is_always_first(make: Factory) -> None:
    proposal, author = make.proposal(), make.citizen()
    written = [make.comment(proposal, author).id for _ in range(8)]

    def order(seed: str, wanted: Order = Order.MIXED) -> list[int]:
        with make.session() as session:
            found = threads(session, proposal.id, order=wanted, seed=seed, after=0, limit=5)
            rest = threads(
                session, proposal.id, order=wanted, seed=seed, after=found[-1].key, limit=5
            )
        return [thread.comment.id for thread in [*found, *rest]]

    mixed = {seed: order(seed) for seed in ("1.2026-11-29", "2.2026-11-29", "1.2026-11-30")}
    assert all(sorted(found) == written for found in mixed.values())
    assert len({tuple(found) for found in mixed.values()}) == 3
    assert order("1.2026-11-29") == mixed["1.2026-11-29"]
    assert order("", Order.NEWEST) == written[::-1]


def test_a_reply_is_written_by_hand_and_found_by_its_address(
    client: FlaskClient, make: Factory
) -> None:
    comment = make.comment()
    make.sign_in(client, make.citizen())
    url = f"/osservazioni/{comment.id}/rispondi"
    assert url in client.get(f"/proposte/{comment.proposal_id}").text
    answer = client.post(url, data={"body": "Non basta."})
    place = client.get(answer.location).location
    assert "ordine=oldest" in place
    assert "Non basta." in client.get(place).text
