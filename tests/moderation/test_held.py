"""At some tables texts wait until somebody has read them, and nobody else sees that they do."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from consultazione.comments.commands.handing_in import hand_in_comment
from consultazione.comments.models import Position
from consultazione.core.actor import Role
from consultazione.core.audit import state_faults
from consultazione.core.errors import Conflict, NotAllowed
from consultazione.moderation.commands.releasing import release_text, set_reading_first
from consultazione.moderation.queries import queue_of
from consultazione.tables.holding.models import HeldText
from tests.support.factories import Factory
from tests.support.moderating import Desk

SAID = {"title": "Un orto per tutti", "body": "Dietro la scuola di via Roma."}


@pytest.fixture
def desk(make: Factory) -> Desk:
    """A table at which texts wait from now on."""
    desk = Desk(make)
    with make.database.transaction(make.holder(Role.PLAN_OFFICE)) as tx:
        set_reading_first(tx, table_id=desk.table.id, waits=True)
    return desk


def hand_in(client: FlaskClient, desk: Desk) -> str:
    """Submit a proposal on the page; the address of its state."""
    desk.make.sign_in(client, desk.reader)
    address = f"{desk.make.here}/tavoli/{desk.table.slug}/proposte/nuova"
    sent = client.post(address, data=SAID)
    assert sent.status_code == 302
    return str(sent.location)


def test_a_proposal_waits_and_is_published(client: FlaskClient, desk: Desk) -> None:
    address = hand_in(client, desk)
    assert "Nessun altro lo vede" in client.get(address).text
    assert SAID["title"] in client.get("/profilo/moderazione").text
    everywhere = (f"{desk.make.here}/proposte", f"{desk.make.here}/tavoli/{desk.table.slug}")
    for who in (desk.author, desk.first):
        desk.make.sign_in(client, who)
        for page in everywhere:
            assert SAID["title"] not in client.get(page).text
    assert address in client.get(f"{desk.make.here}/moderazione/coda").text
    assert SAID["body"] in client.get(address).text
    desk.make.sign_in(client, desk.author)
    assert client.get(address).status_code == 403
    desk.make.sign_in(client, desk.first)
    assert client.post(f"{address}/pubblica").status_code == 302
    page = client.get(f"{desk.make.here}/proposte").text
    assert (SAID["title"] in page, desk.reader.display_name in page) == (True, True)
    with desk.make.session() as session:
        assert list(state_faults(session)) == []


def test_a_comment_waits_and_is_turned_down(client: FlaskClient, desk: Desk) -> None:
    with desk.make.database.transaction(desk.reader) as tx:
        held = hand_in_comment(
            tx, proposal_id=desk.proposal.id, position=Position.AGAINST, body="Che scemenza."
        )
    assert isinstance(held, HeldText)
    with desk.make.session() as session:
        waiting = queue_of(session, [desk.table.id], person_id=desk.first.person_id or 0)
    assert waiting.held == 1
    desk.make.sign_in(client, desk.first)
    address = f"/moderazione/attesa/{held.id}"
    assert client.post(f"{address}/rifiuta", data={"reason": "No"}).status_code == 422
    reason = {"reason": "Scrivilo senza offendere."}
    assert client.post(f"{address}/rifiuta", data=reason).status_code == 302
    desk.make.sign_in(client, desk.reader)
    page = client.get(address).text
    assert (reason["reason"] in page, "Che scemenza" in page) == (True, False)
    with desk.make.session() as session:
        assert session.get_one(HeldText, held.id).content is None
        assert list(state_faults(session)) == []


def test_no_other_way_leads_past_the_reading(desk: Desk) -> None:
    with pytest.raises(Conflict, match="reads texts"):
        desk.make.proposal(desk.table, desk.reader)
    with pytest.raises(Conflict, match="reads texts"):
        desk.make.comment(desk.proposal, desk.reader)


def test_nobody_releases_their_own_text(desk: Desk) -> None:
    with desk.make.database.transaction(desk.first) as tx:
        held = hand_in_comment(
            tx, proposal_id=desk.proposal.id, position=Position.NEUTRAL, body="Ricordo la legge."
        )
    with desk.make.database.transaction(desk.first) as tx, pytest.raises(NotAllowed):
        release_text(tx, held_id=held.id)
