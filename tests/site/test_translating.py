"""Automatic translations: asked of a service that the operator names, marked, never of secrets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consultazione.comments.commands.moderating import erase_comment, hide_comment
from consultazione.config import BadSetting, read_settings
from consultazione.core.actor import Role
from consultazione.keys.translation_server import TranslationServer
from consultazione.web.translating import service
from tests.support.factories import Factory
from tests.support.fake_translator import FakeTranslator, fake_translator

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def translator(app: Flask) -> Iterator[FakeTranslator]:
    """A service that the application knows."""
    with fake_translator() as fake:
        known = TranslationServer(fake.url, "the key")
        app.extensions["settings"] = replace(app.extensions["settings"], translation=known)
        yield fake


def test_a_comment_is_translated_once_and_marked(
    client: FlaskClient, make: Factory, translator: FakeTranslator
) -> None:
    body = f"Va **bene** lo sportello {make.zone.id}. <script>alert(1)</script>"
    comment = make.comment(body=body)
    at = f"/osservazioni/{comment.id}/traduzione"
    page = client.get(f"/proposte/{comment.proposal_id}", headers=ENGLISH).text
    assert f'action="{at}"' in page
    answer = client.post(at, headers=ENGLISH)
    assert answer.status_code == 200
    assert "[en] Va <strong>bene</strong> lo sportello" in answer.text
    assert "<script>alert" not in answer.text
    assert "Automatic translation" in answer.text
    assert f'href="/osservazioni/{comment.id}"' in answer.text
    make.sign_in(client, make.citizen())
    again = client.post(at, headers=ENGLISH, data={"once": "a-key-of-a-form-that-is-long-enough"})
    assert "[en] Va <strong>" in again.text
    assert translator.asked == [
        {
            "q": [body], "source": "it", "target": "en", "format": "text", "api_key": "the key",
            "path": "/translate",
        }
    ]  # fmt: skip
    assert client.get(at).location == f"/osservazioni/{comment.id}"


def test_a_proposal_is_translated_in_its_parts(
    client: FlaskClient, make: Factory, translator: FakeTranslator
) -> None:
    proposal = make.proposal(title="Uno sportello", body="Aperto la sera.", need="Orari lunghi.")
    answer = client.post(f"/proposte/{proposal.id}/traduzione", headers=ENGLISH)
    for part in ("Uno sportello", "Aperto la sera.", "Orari lunghi."):
        assert f"[en] {part}" in answer.text
    assert [len(asked["q"]) for asked in translator.asked] == [3]


def test_it_is_offered_in_other_languages_alone(
    client: FlaskClient, make: Factory, translator: FakeTranslator
) -> None:
    comment = make.comment()
    at = f"/osservazioni/{comment.id}/traduzione"
    page = client.get(f"/proposte/{comment.proposal_id}", headers={"Accept-Language": "it"})
    assert "/traduzione" not in page.text
    assert client.post(at, headers={"Accept-Language": "it"}).status_code == 302
    assert translator.asked == []


def test_without_a_service_nothing_is_offered(client: FlaskClient, make: Factory) -> None:
    comment = make.comment()
    page = client.get(f"/proposte/{comment.proposal_id}", headers=ENGLISH).text
    assert "/traduzione" not in page
    answer = client.post(f"/osservazioni/{comment.id}/traduzione", headers=ENGLISH)
    assert answer.location == f"/osservazioni/{comment.id}"


def test_what_is_not_shown_is_not_sent(
    client: FlaskClient, make: Factory, translator: FakeTranslator
) -> None:
    """Not even from what was kept while everybody could read it."""
    hidden, erased = make.comment(body="Da nascondere."), make.comment(body="Da cancellare.")
    for comment in (hidden, erased):
        assert client.post(f"/osservazioni/{comment.id}/traduzione", headers=ENGLISH)
    with make.database.transaction(make.holder(Role.FACILITATOR)) as tx:
        hide_comment(tx, comment_id=hidden.id, reason="Offende")
    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        erase_comment(tx, comment_id=erased.id, ground="Dati personali")
    translator.asked.clear()
    make.sign_in(client, make.holder(Role.ADMINISTRATOR))
    for comment in (hidden, erased):
        answer = client.post(f"/osservazioni/{comment.id}/traduzione", headers=ENGLISH)
        assert answer.status_code == 404
        assert "Da " not in re.sub(r"<nav.*?</nav>", "", answer.text, flags=re.DOTALL)
    assert translator.asked == []


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 429},
        {"status": 307},
        {"delay": 1.0},
        {"reply": b"{"},
        {"reply": b'{"translatedText": []}'},
        {"reply": b'{"translatedText": [3]}'},
        {"reply": b'{"translatedText": ["' + b"x" * 500_000 + b'"]}'},
    ],
    ids=["refuses", "leads away", "slow", "no JSON", "none", "no text", "too long"],
)
def test_a_fault_of_the_service_leads_back_to_the_original(
    client: FlaskClient,
    make: Factory,
    translator: FakeTranslator,
    monkeypatch: pytest.MonkeyPatch,
    fault: dict[str, object],
) -> None:
    monkeypatch.setattr(service, "_A_WAIT", 0.2)
    vars(translator).update(fault)
    comment = make.comment(body=f"Testo di prova con {list(fault.values())!r:.80}.")
    answer = client.post(f"/osservazioni/{comment.id}/traduzione", headers=ENGLISH)
    assert answer.location == f"/osservazioni/{comment.id}"
    assert [asked["path"] for asked in translator.asked] == ["/translate"]
    page = client.get(f"/proposte/{comment.proposal_id}", headers=ENGLISH).text
    assert "There is no translation now" in page


def test_forms_of_other_sites_translate_nothing(
    app: Flask, make: Factory, translator: FakeTranslator
) -> None:
    comment = make.comment()
    app.config["WTF_CSRF_ENABLED"] = True
    answer = app.test_client().post(f"/osservazioni/{comment.id}/traduzione", headers=ENGLISH)
    assert answer.status_code == 400
    assert translator.asked == []


@pytest.mark.parametrize(
    ("url", "works"),
    [
        ("https://traduzione.example", True),
        ("http://libretranslate:5000/", True),
        ("http://127.0.0.1:5000", True),
        ("http://traduzione.example", False),
        ("http://8.8.8.8", False),
        ("https://anna:segreto@traduzione.example", False),
        ("ftp://libretranslate", False),
    ],
)
def test_the_service_is_asked_in_the_clear_in_ones_own_network_alone(url: str, works: bool) -> None:
    if works:
        found = read_settings({"TRANSLATION_URL": url}).translation
        assert found is not None
        assert found.url == url.rstrip("/")
        return
    with pytest.raises(BadSetting, match="TRANSLATION_URL"):
        read_settings({"TRANSLATION_URL": url})
