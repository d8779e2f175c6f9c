"""Axe looks once at pages of one shape: at least at each that it could find different."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.support import axe

PAGE = """<!doctype html><html lang="it"><title>Una pagina</title><body><main>
    <label for="a1">Il nome</label><input id="a1" value="x"><a href="/1">Uno</a>
    <ul><li>Le prime parole di una riga</li><li>Le altre parole di una riga</li></ul></main>"""
LABEL = "Il nome"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('lang="it"', ""),
        ("Una pagina", ""),
        (LABEL, ""),
        ('for="a1"', 'for="a2"'),
        ('id="a1"', 'id="b1"'),
        ("<ul>", '<ul id="a1">'),
        ("<ul>", '<ul class="pale">'),
        ("<ul>", '<ul aria-label="">'),
        ("<ul>", '<ul aria-labelledby="a1">'),
        ("<ul>", '<ul style="color: #eee">'),
        (
            "<li>Le altre parole di una riga</li>",
            '<li role="none">Le altre parole di una riga</li>',
        ),
        ("Uno", "Un"),
        ("<input", "<input autofocus"),
        ("<input", '<input type="checkbox" checked'),
    ],
)
def test_what_a_rule_may_ask_makes_another_shape(page: Page, old: str, new: str) -> None:
    page.set_content(PAGE)
    shape = axe.shape_of(page)
    assert old in PAGE
    page.set_content(PAGE.replace(old, new))
    assert axe.shape_of(page) != shape


def test_a_width_a_focus_and_a_value_make_another_shape(page: Page) -> None:
    page.set_content(PAGE)
    shapes = [axe.shape_of(page)]
    page.set_viewport_size({"width": 360, "height": 740})
    shapes.append(axe.shape_of(page))
    page.locator("input").focus()
    shapes.append(axe.shape_of(page))
    page.evaluate("document.querySelector('input').labels[0].remove()")
    shapes.append(axe.shape_of(page))
    assert len(set(shapes)) == len(shapes)


def test_words_numbers_and_more_rows_make_no_other_shape(page: Page) -> None:
    page.set_content(PAGE)
    shape = axe.shape_of(page)
    other = PAGE.replace("prime", "nuove").replace("a1", "a27").replace("/1", "/due")
    page.set_content(other.replace("</ul>", "<li>Una riga di altre parole</li></ul>"))
    assert axe.shape_of(page) == shape


def test_what_was_found_in_a_shape_is_found_in_each_page_of_it(page: Page) -> None:
    page.set_content(PAGE.replace(LABEL, ""))
    found = axe.faults(page)
    assert [fault.partition(" ")[0] for fault in found] == ["label"]
    page.set_content(PAGE.replace(LABEL, "").replace("prime", "nuove"))
    assert axe.faults(page) == found
