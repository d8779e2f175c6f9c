"""Pages are compressed, but not where somebody could read their secrets from their length."""

from __future__ import annotations

import brotli
import pytest
from flask.testing import FlaskClient

SIGN_IN = "/accedi"
TAKES = {"Accept-Encoding": "gzip, br"}


def form_of(client: FlaskClient, site: str | None = None) -> str | None:
    """How the page with the form of sign-in is compressed for what a browser says of itself."""
    headers = TAKES | ({"Sec-Fetch-Site": site} if site else {})
    answer = client.get(SIGN_IN, headers=headers)
    assert "Accept-Encoding" in answer.headers["Vary"]
    return answer.headers.get("Content-Encoding")


def test_a_page_says_compressed_what_it_says_plain(client: FlaskClient) -> None:
    packed = client.get(SIGN_IN, headers=TAKES)
    assert packed.headers["Content-Encoding"] == "br"
    plain = client.get(SIGN_IN)
    assert "Content-Encoding" not in plain.headers
    assert "<h1>" in brotli.decompress(packed.data).decode()
    assert len(packed.data) < len(plain.data) / 3


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_a_browser_with_our_cookie_gets_pages_compressed(client: FlaskClient, site: str) -> None:
    form_of(client)  # which gave it the cookie
    assert form_of(client, site) == "br"


@pytest.mark.parametrize("site", ["cross-site", None])
def test_a_foreign_page_learns_no_lengths(client: FlaskClient, site: str | None) -> None:
    """Nor one in an old browser, which does not say who made it ask."""
    form_of(client)
    assert form_of(client, site) is None
