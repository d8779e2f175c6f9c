"""What every answer tells a browser, whoever gives it, and what no browser of another site gets."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consultazione.config import Settings
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.live.server import create_socketio
from consultazione.people.commands.password_links import make_password_link
from tests.support.applications import new_app
from tests.support.factories import PASSWORD, Factory
from tests.support.upload_samples import PNG

SOCKET = "/socket.io/?EIO=4&transport=polling"
HERE = "https://zona.example"
EVIL = {"Origin": "https://evil.example"}


@pytest.fixture
def app(settings: Settings, database: Database, make: Factory) -> Flask:
    """An application with its Socket.IO edge, of a site whose public address is https."""
    assert make.zone.id
    app = new_app(replace(settings, public_url=HERE), database)
    create_socketio(app, queue=False)
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.mark.parametrize("path", ["/accedi", SOCKET, "/static/js/boot.js", "/api/v1/zone", "/no"])
def test_every_answer_is_protected(client: FlaskClient, path: str) -> None:
    headers = client.get(path, base_url=HERE, buffered=True).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
    for directive in ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert directive in headers["Content-Security-Policy"]


def test_what_a_connection_tells_is_kept_by_no_cache(client: FlaskClient) -> None:
    answer = client.get(SOCKET, base_url=HERE)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_document_stands_in_no_frame_of_another_site(
    client: FlaskClient, make: Factory, settings: Settings
) -> None:
    material = make.material(make.table(), settings.uploads_dir, name="foto.png", content=PNG)
    answer = client.get(f"/materiali/{material.id}/foto.png", base_url=HERE, buffered=True)
    policy = answer.headers["Content-Security-Policy"]
    for directive in ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "sandbox"):
        assert directive in policy


def test_another_site_opens_no_connection_and_reads_no_answer(client: FlaskClient) -> None:
    assert client.get(SOCKET, base_url=HERE, headers=EVIL).status_code == 400
    for path in ("/accedi", "/api/v1/zone"):
        headers = client.get(path, base_url=HERE, headers=EVIL).headers
        assert [name for name, _value in headers if name.startswith("Access-Control-")] == []


@pytest.mark.parametrize("path", ["/accedi", "/static/js/boot.js", "/api/v1/zone"])
def test_a_request_is_not_sent_back(client: FlaskClient, path: str) -> None:
    assert client.open(path, method="TRACE", base_url=HERE).status_code == 405


@pytest.mark.parametrize("path", ["/static/", "/static/js/", "/.git/config", "/var/"])
def test_no_folder_is_listed(client: FlaskClient, path: str) -> None:
    assert client.get(path, base_url=HERE).status_code == 404


def test_the_page_with_the_secret_of_a_link_is_kept_by_no_cache(
    client: FlaskClient, make: Factory
) -> None:
    with make.database.transaction(SYSTEM) as tx:
        secret = make_password_link(tx, zone_id=None, person_id=make.person().id)
    page = client.get(f"/password?chiave={secret}", base_url=HERE)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"


def test_cookies_are_signed_with_sha_256(client: FlaskClient, make: Factory) -> None:
    form = {"email": make.person().email, "password": PASSWORD}
    answer = client.post("/accedi", data=form, base_url=HERE)
    values = [cookie.partition(";")[0] for cookie in answer.headers.getlist("Set-Cookie")]
    assert len(values) == 2
    for value in values:
        assert len(urlsafe_b64decode(f"{value.rpartition('.')[2]}==")) == 32


def test_the_mark_of_a_form_is_signed_with_sha_256(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    page = client.get("/accedi", base_url=HERE).text
    mark = page.split('name="csrf_token" value="')[1].partition('"')[0]
    assert len(urlsafe_b64decode(f"{mark.rpartition('.')[2]}==")) == 32
