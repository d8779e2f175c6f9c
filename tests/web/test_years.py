"""The years of a plan stay on one line where they stand in a heading."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from markupsafe import Markup

from consultazione.web.page_context import unbroken
from tests.support.factories import Factory

YEARS = '<span class="text-nowrap">2018-2020</span>'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2018-2020, a & b", f"{YEARS}, a &amp; b"),
        (Markup('<a href="/2018-2020">2018-2020</a>'), f'<a href="/2018-2020">{YEARS}</a>'),
        ("12018-2020 2018-20201 2018 2020-03-04", "12018-2020 2018-20201 2018 2020-03-04"),
    ],
)
def test_years_are_not_broken_and_nothing_else_changes(text: str, shown: str) -> None:
    assert unbroken(text) == shown


def test_every_page_keeps_them_so(client: FlaskClient, make: Factory) -> None:
    home, plan = (client.get(f"{make.here}{path}").text for path in ("/", "/piano"))
    assert YEARS in home.partition("<h1>")[2].partition("</h1>")[0]
    assert YEARS in plan.partition('<div class="lead">')[2].partition("</div>")[0]
    assert YEARS not in home.partition("</title>")[0]
