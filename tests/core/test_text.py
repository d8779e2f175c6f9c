"""Free text as HTML: safe, and never dearer to show than it was to write."""

from __future__ import annotations

import pytest

from consultazione.core.text import excerpt, to_html

WIDE_TABLE = "|a" * 600 + "|\n" + "|-" * 600 + "|\n" + "a|\n" * 1500


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<img src="x" onerror="alert(1)">',
        "[x](javascript:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "![x](http://elsewhere.example/pixel.png)",
        "<svg/onload=alert(1)>",
        "|a|\n|-|\n|<b onclick=x>|",
    ],
)
def test_nothing_that_people_write_runs_or_loads(text: str) -> None:
    shown = to_html(text)
    assert not any(mark in shown for mark in ("<script", "<img", "<svg", "<b", "href=", "<p on"))


def test_a_table_is_not_filled_up_without_end() -> None:
    assert len(to_html(WIDE_TABLE)) < 5 * len(WIDE_TABLE)


def test_an_excerpt_reads_no_more_than_it_needs() -> None:
    assert excerpt("word " * 2000) == excerpt("word " * 200)
    assert excerpt(WIDE_TABLE).endswith("…")


def test_an_excerpt_is_plain_text_that_the_page_escapes() -> None:
    assert excerpt("**R&D** & <b>") == "R&D & <b>"


def test_a_pasted_address_becomes_a_link_that_lends_it_no_weight() -> None:
    shown = to_html("Vedi https://www.example.org/a?b=1, grazie.")
    address = 'href="https://www.example.org/a?b=1"'
    assert f'<a {address} rel="noopener nofollow ugc">https://www.example.org/a?b=1</a>,' in shown


def test_an_address_ends_where_it_could_leave_its_attribute() -> None:
    shown = to_html('<http://a" onmouseover="alert(1)>')
    assert shown.startswith('<p>&lt;<a href="http://a" rel="noopener nofollow ugc">http://a</a>"')


@pytest.mark.parametrize(
    "text", ["Fine.Il resto", "scrivi a anna@example.org", "10.0.0.1", "`https://a.it`"]
)
def test_what_only_resembles_an_address_stays_as_it_is(text: str) -> None:
    assert "<a " not in to_html(text)
