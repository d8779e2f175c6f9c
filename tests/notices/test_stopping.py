"""Mails are stopped from their own link, by a person and by a mail program, without signing in."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consultazione.core import clock
from consultazione.core.mail.outbox import MailState
from consultazione.notices.models import Channel, Group
from consultazione.proposals.models import Proposal
from tests.support.factories import Factory
from tests.support.mails import deliver_all
from tests.support.smtp_server import Postbox
from tests.support.told import Told


class Reader:
    """The author of a proposal, who gets a mail at once of each comment."""

    def __init__(self, make: Factory, postbox: Postbox) -> None:
        self.make, self.postbox, self.told = make, postbox, Told(make.database)
        self.actor, self.writer = make.citizen(), make.citizen()
        self.proposal: Proposal = make.proposal(author=self.actor)
        self.told.choose(self.actor, Group.DISCUSSION, Channel.AT_ONCE)

    def hear(self) -> list[EmailMessage]:
        """Let somebody comment, and have what is owed delivered."""
        self.make.comment(self.proposal, self.writer)
        self.told.owe()
        deliver_all(self.make.database)
        return self.postbox.messages

    def stop_link(self) -> str:
        """The path that the header of the last mail names."""
        header = self.postbox.messages[-1]["List-Unsubscribe"]
        return "/avvisi" + header.strip("<>").partition("/avvisi")[2]


@pytest.fixture
def reader(make: Factory, postbox: Postbox) -> Reader:
    """Somebody who has got one mail."""
    reader = Reader(make, postbox)
    assert len(reader.hear()) == 1
    return reader


def test_a_mail_program_stops_them_by_one_post(
    reader: Reader, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """RFC 8058: no cookie, no token of a form, and that content."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    head = reader.postbox.messages[-1]["List-Unsubscribe-Post"]
    assert head == "List-Unsubscribe=One-Click"
    program, link = app.test_client(), reader.stop_link()
    for _twice in range(2):
        answer = program.post(link, data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    assert len(reader.hear()) == 1
    assert reader.told.topics_of(reader.actor) == ["comment_added"] * 2


def test_a_person_is_asked_before(reader: Reader, client: FlaskClient) -> None:
    link = reader.stop_link()
    asked = client.get(link)
    assert "Non inviarmi più avvisi" in asked.text
    assert len(reader.hear()) == 2  # to look at the page changes nothing
    assert "Niente più messaggi" in client.post(link).text
    assert len(reader.hear()) == 2


def test_what_is_on_its_way_is_stopped_too(reader: Reader, client: FlaskClient) -> None:
    link = reader.stop_link()
    reader.make.comment(reader.proposal, reader.writer)
    assert reader.told.owe() == 1
    client.post(link)
    assert deliver_all(reader.make.database)[-1] is MailState.DROPPED
    assert len(reader.postbox.messages) == 1


def test_what_waits_for_a_digest_is_not_mailed_later(reader: Reader, client: FlaskClient) -> None:
    link = reader.stop_link()
    reader.told.choose(reader.actor, Group.DISCUSSION, Channel.WEEKLY)
    reader.make.comment(reader.proposal, reader.writer)
    reader.told.tell()
    client.post(link)
    reader.told.choose(reader.actor, Group.DISCUSSION, Channel.DAILY)
    with time_machine.travel(clock.now() + timedelta(days=8)):
        assert reader.told.owe() == 0


@pytest.mark.parametrize("change", ["", "1.", "x", "1." + "A" * 24, "9" * 40, "٣.abc"])
def test_a_link_that_is_not_whole_stops_nothing(
    reader: Reader, client: FlaskClient, change: str
) -> None:
    path = reader.stop_link().partition("=")[0]
    for answer in (client.get(f"{path}={change}"), client.post(f"{path}={change}")):
        assert answer.status_code == 404
    assert len(reader.hear()) == 2


def test_the_link_of_one_person_stops_nobody_else(reader: Reader, client: FlaskClient) -> None:
    other = Reader(reader.make, reader.postbox)
    other.hear()
    stranger = str(reader.actor.person_id) + "." + other.stop_link().partition(".")[2]
    path = reader.stop_link().partition("=")[0]
    assert client.post(f"{path}={stranger}").status_code == 404
    client.post(other.stop_link())
    before = len(reader.postbox.messages)
    assert len(reader.hear()) == before + 1


def test_the_text_names_both_ways_out(reader: Reader) -> None:
    part = reader.postbox.messages[-1].get_body(("plain",))
    assert part is not None
    text = part.get_content()
    assert "/avvisi/impostazioni" in text
    assert reader.stop_link() in text


def test_choosing_on_the_page(reader: Reader, client: FlaskClient) -> None:
    reader.make.sign_in(client, reader.actor)
    fields = dict.fromkeys(["proposals", "sittings", "documents", "tasks"], "daily")
    answer = client.post("/avvisi/impostazioni", data={**fields, "discussion": "site"})
    assert answer.status_code == 302
    assert len(reader.hear()) == 1
    place = f"/avvisi/impostazioni?tavolo={reader.proposal.table_id}"
    here = {"discussion": "at_once", "proposals": "", "sittings": "", "documents": ""}
    assert client.post(place, data=here).status_code == 302
    assert "ha una scelta sua" in client.get("/avvisi/impostazioni").text
    assert len(reader.hear()) == 2
    client.post(place, data={**here, "discussion": ""})
    assert len(reader.hear()) == 2
    assert (
        client.post("/avvisi/impostazioni", data={**fields, "discussion": "fax"}).status_code == 422
    )
    assert client.get("/avvisi/impostazioni?tavolo=99999").status_code == 404
