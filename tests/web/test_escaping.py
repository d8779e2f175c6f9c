"""A sentence is no HTML, whenever it is translated: what people are called stays text in it."""

from __future__ import annotations

import pytest
from flask import Flask, render_template_string
from flask_babel import lazy_gettext
from markupsafe import Markup

from consultazione.core.sentences import LazySentence

_NAMED = {"name": "<img src=x>"}


@pytest.mark.parametrize(
    "sentence", [lazy_gettext("For %(name)s", **_NAMED), LazySentence("For %(name)s", **_NAMED)]
)
@pytest.mark.parametrize(
    "template", ["{{ said }}", "{{ mark ~ said }}", "{{ said | e }}", "{{ [said] | join(mark) }}"]
)
def test_a_name_in_a_sentence_is_no_markup(app: Flask, sentence: object, template: str) -> None:
    with app.test_request_context():
        shown = render_template_string(template, said=sentence, mark=Markup("<br>"))
    assert "&lt;img" in shown
    assert "<img" not in shown
