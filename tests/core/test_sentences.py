"""Sentences of core: read in the reader's language, wherever they are shown."""

from __future__ import annotations

import pytest
from flask import Flask, render_template_string

from consultazione.core import sentences
from consultazione.core.actor import VISITOR
from consultazione.core.errors import NotAllowed
from consultazione.core.permissions import acting_person
from consultazione.core.sentences import LazySentence
from consultazione.web.errors import problem

# As core says them; not marked for the catalogues, since these are not its places.
SIGN_IN = LazySentence("Sign in to do this.")
ONLY = LazySentence("Only these may do this: %(roles)s.", roles="100%")


@pytest.fixture
def no_translator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentences, "_translate", sentences.untranslated)


def test_without_a_translator_it_reads_as_in_the_source(no_translator: None) -> None:
    assert str(SIGN_IN) == f"{SIGN_IN}" == "Sign in to do this."
    assert str(ONLY) == "Only these may do this: 100%."
    assert "%s" % SIGN_IN == "Sign in to do this."  # noqa: UP031
    assert LazySentence("Not %(name)s") % {"name": "yet"} == "Not yet"
    assert str(LazySentence("100 %")) == "100 %"


def test_it_is_translated_each_time_it_is_read(
    monkeypatch: pytest.MonkeyPatch, no_translator: None
) -> None:
    read = [str(SIGN_IN)]
    sentences.install(lambda msgid, **values: f"<{msgid}>")
    assert [*read, str(SIGN_IN)] == ["Sign in to do this.", "<Sign in to do this.>"]


@pytest.mark.parametrize(
    ("language", "said"), [("it", "Accedi per farlo."), ("en", "Sign in to do this.")]
)
def test_pages_and_programs_get_it_in_the_readers_language(
    app: Flask, language: str, said: str
) -> None:
    with pytest.raises(NotAllowed) as refusal:
        acting_person(VISITOR)
    with app.test_request_context(headers={"Accept-Language": language}):
        body = problem(403, "", refusal.value.detail, {"key": [SIGN_IN]}).get_json()
        page = render_template_string("<b>{{ detail }}</b>", detail=refusal.value.detail)
    assert (body["detail"], body["errors"], page) == (said, {"key": [said]}, f"<b>{said}</b>")
    assert str(refusal.value) == "Sign in to do this."  # outside of a request nobody reads
