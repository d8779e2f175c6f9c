"""SMTP_URL and MAIL_FROM: what is understood, and what is refused without repeating a password."""

from __future__ import annotations

import pytest

from consultazione.config import BadSetting, read_settings
from consultazione.mail_server import MailListener, MailServer

FROM = {"MAIL_FROM": "Distretto <partecipa@example.org>"}


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example", MailServer("mail.example", 587, False)),
        ("smtps://u:p%40ss@mail.example", MailServer("mail.example", 465, True, "u", "p@ss")),
        ("smtp://localhost:2525/", MailServer("localhost", 2525, False)),
    ],
)
def test_a_server_is_read(url: str, server: MailServer) -> None:
    settings = read_settings({"SMTP_URL": url, **FROM})
    assert settings.mail_server == server
    assert settings.mail_from == "Distretto <partecipa@example.org>"
    assert "p@ss" not in repr(settings)


@pytest.mark.parametrize(
    "url", ["mail.example", "http://mail.example", "smtp://", "smtp://u@h", "smtp://u:hidden@h:x"]
)
def test_an_address_that_is_none_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(BadSetting, match="SMTP_URL") as refused:
        read_settings({"SMTP_URL": url, **FROM})
    assert "hidden" not in str(refused.value)


@pytest.mark.parametrize("sender", ["nobody", "a@", "Name\n<a@example.org>", "a@b\r\nBcc: c@d.e"])
def test_a_sender_that_is_none_is_refused(sender: str) -> None:
    with pytest.raises(BadSetting, match="MAIL_FROM"):
        read_settings({"MAIL_FROM": sender})


def test_whoever_sends_says_from_where() -> None:
    with pytest.raises(BadSetting, match="MAIL_FROM is not set"):
        read_settings({"SMTP_URL": "smtp://mail.example"})
    assert read_settings({}).mail_from == "consultazione@127.0.0.1"


def test_answers_have_an_address_and_a_listener_only_with_one() -> None:
    assert read_settings({}).reply_address is None
    given = {"REPLY_ADDRESS": "Risposte@partecipa.example", "MAIL_IN": "lmtp://127.0.0.1:8024"}
    settings = read_settings(given)
    assert settings.reply_address == "risposte@partecipa.example"
    assert settings.mail_listener == MailListener("127.0.0.1", 8024, True)
    for wrong in ("x", "a+b@c.example", f"{'a' * 17}@c.example", "a@localhost", "a@b.example\n"):
        with pytest.raises(BadSetting, match="REPLY_ADDRESS"):
            read_settings({"REPLY_ADDRESS": wrong})
    for wrong in ("127.0.0.1:8024", "lmtp://127.0.0.1", "http://a:1", "lmtp://a:x", "smtp://u@a:1"):
        with pytest.raises(BadSetting, match="MAIL_IN"):
            read_settings(given | {"MAIL_IN": wrong})
    with pytest.raises(BadSetting, match="REPLY_ADDRESS"):
        read_settings({"MAIL_IN": "lmtp://127.0.0.1:8024"})
