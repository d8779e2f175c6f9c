"""What the system tells of itself, it tells those who run it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from consultazione.app import _trust_proxies

TOKEN = "a token of operators, for tests alone"
OUTSIDE = {"REMOTE_ADDR": "198.51.100.7"}
PASSED_ON = {"X-Forwarded-For": "198.51.100.7"}


@pytest.fixture
def app(app: Flask) -> Flask:
    app.extensions["settings"] = replace(app.extensions["settings"], operations_token=TOKEN)
    return app


@pytest.mark.parametrize(
    ("environ", "headers", "status"),
    [
        pytest.param({}, {}, 200, id="this machine"),
        pytest.param({"REMOTE_ADDR": "::1"}, {}, 200, id="this machine over IPv6"),
        pytest.param(OUTSIDE, {}, 403, id="another machine"),
        pytest.param({}, PASSED_ON, 403, id="a proxy beside us"),
        pytest.param({}, {"Forwarded": "for=198.51.100.7"}, 403, id="a proxy of RFC 7239"),
        pytest.param(OUTSIDE, {"Authorization": f"Bearer {TOKEN}"}, 200, id="the token"),
        pytest.param(OUTSIDE, {"Authorization": f"Bearer {TOKEN}x"}, 403, id="a wrong token"),
        pytest.param(OUTSIDE, {"Authorization": "Bearer "}, 403, id="an empty token"),
        pytest.param({"REMOTE_ADDR": "localhost"}, {}, 403, id="no address"),
    ],
)
def test_figures_are_for_operators(
    app: Flask, environ: dict[str, str], headers: dict[str, str], status: int
) -> None:
    answer = app.test_client().get("/metrics", environ_overrides=environ, headers=headers)
    assert answer.status_code == status
    assert ("consultazione_request_seconds" in answer.text) is (status == 200)


def test_a_visitor_learns_only_whether_the_site_is_ready(app: Flask) -> None:
    ours = app.test_client().get("/readyz")
    theirs = app.test_client().get("/readyz", environ_overrides=OUTSIDE)
    assert "database" in ours.get_json()
    assert theirs.get_json() == {"ok": ours.status_code == 200}
    assert theirs.status_code == ours.status_code


def test_behind_a_trusted_proxy_the_address_is_the_senders(app: Flask) -> None:
    """Who writes 127.0.0.1 into the header has still been passed on."""
    _trust_proxies(app, 1)
    forged = {"X-Forwarded-For": "127.0.0.1"}
    assert app.test_client().get("/metrics", headers=forged).status_code == 403


def test_without_a_configured_token_none_is_right(app: Flask) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], operations_token=None)
    answer = app.test_client().get(
        "/metrics", environ_overrides=OUTSIDE, headers={"Authorization": "Bearer None"}
    )
    assert answer.status_code == 403
