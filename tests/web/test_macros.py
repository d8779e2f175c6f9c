"""The form macros: what was typed stays, and what is wrong is tied to its field."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from jinja2 import Environment, FileSystemLoader

from consultazione.config import ROOT


@pytest.fixture(scope="module")
def templates() -> Environment:
    """The project's templates, in English, with what the macros take from the application."""
    env = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(
        csrf_token=lambda: "t0ken",
        new_once_key=lambda: "0nce",
        asset=lambda path: f"/static/{path}",
    )
    return env


def render(templates: Environment, call: str, **form: object) -> str:
    """Render one call of a macro for a form with these values and errors."""
    source = (
        '{% from "macros/fields.html" import text_field, password, textarea, select, checkbox,'
        " checkbox_group, radio_group %}"
        '{% from "macros/forms.html" import post_form, action_button %}' + call
    )
    whole = SimpleNamespace(**{"values": {}, "errors": {}, "labels": {}, **form})
    return templates.from_string(source).render(form=whole)


def test_what_was_typed_stays_and_is_escaped(templates: Environment) -> None:
    page = render(
        templates,
        '{{ text_field(form, "title", "Title") }}{{ textarea(form, "body", "Text") }}',
        values={"title": '"><b>', "body": "</textarea>"},
    )
    assert 'value="&#34;&gt;&lt;b&gt;"' in page
    assert "&lt;/textarea&gt;</textarea>" in page


def test_a_password_is_never_sent_back(templates: Environment) -> None:
    page = render(templates, '{{ password(form, "secret", "P") }}', values={"secret": "hunter2"})
    assert "hunter2" not in page
    assert 'autocomplete="current-password"' in page


def test_an_error_is_tied_to_its_field_and_linked_from_the_summary(templates: Environment) -> None:
    call = (
        '{% call post_form("/send", form, "Send") %}'
        '{{ text_field(form, "email", "E-mail", required=True) }}{% endcall %}'
    )
    page = render(templates, call, errors={"email": ["Write it whole."], "": ["Too late."]})
    assert '<a href="#field-email">E-mail: Write it whole.</a>' in page
    assert "<li>Too late.</li>" in page
    assert 'id="field-email" aria-describedby="field-email-notes" aria-invalid="true"' in page
    assert 'name="csrf_token" value="t0ken"' in page


def test_the_summary_has_the_order_of_the_fields(templates: Environment) -> None:
    call = (
        '{% call post_form("/send", form, "Send") %}{{ text_field(form, "kind", "What is it?") }}'
        '{{ text_field(form, "title", "Title") }}{% endcall %}'
    )
    page = render(templates, call, errors={"": ["Late."], "title": ["Fill in."], "kind": ["Say."]})
    summary = page[: page.index("<form")]
    lines = re.findall(r"<li>(?:<a[^>]*>)?([^<]*)", summary)
    assert lines == ["What is it? Say.", "Title: Fill in.", "Late."]


@pytest.mark.parametrize(
    ("call", "values", "chosen"),
    [
        ('select(form, "n", "N", [(1, "One"), (2, "Two")])', {"n": "2"}, 'value="2" selected'),
        ('radio_group(form, "n", "N", [(1, "One"), (2, "Two")])', {"n": 2}, 'value="2" checked'),
        ('checkbox(form, "n", "N")', {"n": "yes"}, 'value="yes" checked'),
        ('checkbox_group(form, "n", "N", [(7, "Seven")])', {"n": ["7"]}, 'value="7" checked'),
    ],
)
def test_a_choice_stays_chosen(
    templates: Environment, call: str, values: dict[str, object], chosen: str
) -> None:
    assert chosen in render(templates, "{{ " + call + " }}", values=values)
    assert " checked" not in render(templates, "{{ " + call + " }}")


def test_a_button_can_ask_first(templates: Environment) -> None:
    page = render(templates, '{{ action_button("/x", "Go", confirm="Sure?", fields={"a": 1}) }}')
    assert 'data-confirm="Sure?"' in page
    assert 'name="a" value="1"' in page
