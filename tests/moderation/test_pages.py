"""Moderation on pages and by mail: who reads what, and that no register names anybody."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from consultazione.core.actor import Role
from consultazione.core.mail.outbox import MailState
from consultazione.moderation.models import Action, Outcome, Ruling, TextKind
from tests.support.factories import Factory
from tests.support.mails import deliver_all
from tests.support.moderating import REASON, Desk
from tests.support.smtp_server import Postbox, smtp_server


@pytest.fixture
def desk(make: Factory) -> Desk:
    return Desk(make)


def test_a_reader_reports_and_hears_what_came_of_it(client: FlaskClient, desk: Desk) -> None:
    desk.make.sign_in(client, desk.reader)
    page = client.get(f"/proposte/{desk.proposal.id}").text
    address = f"/osservazioni/{desk.comment.id}/segnala"
    assert address in page
    assert "Parole pessime." in client.get(address).text
    assert client.post(address, data={"words": "Brutto"}).status_code == 422
    sent = client.post(address, data={"rule": "insult"}, follow_redirects=True)
    assert "In attesa di una decisione" in sent.text
    assert "Hai già segnalato" in client.get(address).text
    desk.rule()
    heard = client.get("/profilo/moderazione").text
    assert (REASON in heard, "Nascosto" in heard) == (True, True)
    assert client.get(address).status_code == 404


def test_those_who_moderate_decide_from_the_queue(client: FlaskClient, desk: Desk) -> None:
    queue = f"{desk.make.here}/moderazione/coda"
    desk.report()
    desk.make.sign_in(client, desk.reader)
    assert client.get(queue).status_code == 403
    desk.make.sign_in(client, desk.first)
    address = f"/osservazioni/{desk.comment.id}/modera"
    assert address in client.get(queue).text
    assert "1 testo aspetta la moderazione" in client.get(f"{desk.make.here}/").text
    form = client.get(address).text
    assert ("Parole pessime." in form, "Proprio così." in form) == (True, True)
    sent = client.post(address, data={"action": "hide", "rule": "insult", "reason": REASON})
    assert sent.status_code == 302
    assert address not in client.get(queue).text
    page = client.get(f"/proposte/{desk.proposal.id}").text
    assert ("Parole pessime." in page, REASON in page) == (False, True)


def test_the_author_appeals_and_somebody_else_decides(client: FlaskClient, desk: Desk) -> None:
    ruling = desk.rule(kind=TextKind.PROPOSAL)
    address = f"/moderazione/{ruling.id}"
    desk.make.sign_in(client, desk.reader)
    assert client.get(address).status_code == 403
    desk.make.sign_in(client, desk.author)
    assert "Titolo cattivo" in client.get(address).text
    assert client.post(f"{address}/ricorso", data={"words": "No"}).status_code == 422
    assert (
        client.post(f"{address}/ricorso", data={"words": "Era una citazione."}).status_code == 302
    )
    desk.make.sign_in(client, desk.first)
    assert "/ricorso/decidi" not in client.get(address).text
    desk.make.sign_in(client, desk.second)
    assert "/ricorso/decidi" in client.get(address).text
    decided = {"outcome": "overturned", "reason": "È una citazione, si può."}
    assert client.post(f"{address}/ricorso/decidi", data=decided).status_code == 302
    assert "Titolo cattivo" in client.get(f"/proposte/{desk.proposal.id}").text


def test_a_hidden_proposal_stands_nowhere(client: FlaskClient, desk: Desk) -> None:
    desk.rule(kind=TextKind.PROPOSAL)
    desk.make.sign_in(client, desk.reader)
    for address in (
        f"/proposte/{desk.proposal.id}",
        f"{desk.make.here}/proposte",
        f"{desk.make.here}/proposte?cerca=cattive",
        f"{desk.make.here}/tavoli/{desk.table.slug}",
        f"/api/v1/proposals/{desk.proposal.id}",
        f"/api/v1/proposals?zone={desk.make.zone.slug}",
        f"/proposte/{desk.proposal.id}/versioni/1",
        f"/api/v1/proposals/{desk.proposal.id}/versions",
    ):
        assert "cattiv" not in client.get(address).text.replace("cerca=cattive", "").replace(
            'value="cattive"', ""
        ), address


def test_the_public_register_names_nobody_and_quotes_nothing(
    client: FlaskClient, desk: Desk
) -> None:
    desk.report()
    desk.decide(_appealed(desk), Outcome.UPHELD)
    page = client.get(f"{desk.make.at}/moderazione").text
    assert (REASON in page, "Decisione confermata" in page) == (True, True)
    for words in ("Parole pessime", "Proprio così", "Era una citazione"):
        assert words not in page
    for who in (desk.author, desk.first, desk.second, desk.reader):
        assert f">{who.display_name}<" not in page


def test_author_and_reader_are_told_by_mail_once_each(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with smtp_server() as postbox:
        monkeypatch.setenv("SMTP_URL", postbox.url)
        monkeypatch.setenv("MAIL_FROM", "Distretto <partecipa@example.org>")
        desk.report()
        ruling = desk.rule()
        assert set(deliver_all(desk.make.database)) == {MailState.SENT}
        assert _subjects(postbox) == [
            "Com’è andata la tua segnalazione",
            "Una decisione su un tuo testo",
        ]
        desk.appeal(ruling)
        desk.decide(ruling, Outcome.UPHELD)
        deliver_all(desk.make.database)
        assert _subjects(postbox)[-1] == "Decisione sul tuo ricorso"
        assert "Parole pessime" not in "".join(map(str, postbox.messages))
        assert len(postbox.messages) == 3


def test_a_zone_adds_a_rule_and_retires_it(client: FlaskClient, make: Factory) -> None:
    desk, settings = Desk(make), f"{make.at}/amministrazione/moderazione"
    make.sign_in(client, make.holder(Role.ADMINISTRATOR))
    name = "Parla di un altro comune"
    assert client.post(f"{settings}/regole", data={"name": name}).status_code == 302
    address = f"/osservazioni/{desk.comment.id}/segnala"
    assert name in client.get(address).text
    page = client.get(settings).text
    number = page.partition("regole/")[2].partition("/ritira")[0]
    client.post(f"/amministrazione/moderazione/regole/{number}/ritira")
    assert name not in client.get(address).text
    changed = {"appeal_days": "5", "review_days": "3", "words": "parolaccia"}
    assert client.post(settings, data=changed).status_code == 302
    assert "entro 5 giorni" in client.get(f"{make.at}/moderazione").text


def test_a_visitor_is_asked_to_sign_in(client: FlaskClient, desk: Desk) -> None:
    assert client.get(f"/osservazioni/{desk.comment.id}/segnala").status_code == 302


def _appealed(desk: Desk) -> Ruling:
    ruling = desk.rule(Action.HIDE)
    desk.appeal(ruling)
    return ruling


def _subjects(postbox: Postbox) -> list[str]:
    return [str(message["Subject"]) for message in postbox.messages]
