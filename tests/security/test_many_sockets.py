"""Connections by the hundred and rooms by the thousand: refused with a reason, and soon ended."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from websocket import WebSocket, create_connection
from werkzeug.serving import make_server

from consultazione.config import Settings
from consultazione.core.db import Database
from consultazione.live.brakes import socket_places
from consultazione.live.brakes.socket_places import SocketPlaces, network_of
from consultazione.live.server import create_socketio
from consultazione.web.oversight import security_log
from tests.support.applications import new_app
from tests.support.factories import Factory
from tests.support.socketio_browser import Browser
from tests.support.socketio_wire import has_ended

MOST = 3


@pytest.fixture
def app(settings: Settings, database: Database) -> Flask:
    return new_app(replace(settings, anonymous_sockets_per_address=MOST), database)


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """A server of the application that lets three visitors of a network in."""
    with served(app) as found:
        yield found


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address of a server of an application, as long as it is needed."""
    create_socketio(app, queue=False)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def opened(address: str, cookie: str = "locale=it", **headers: str) -> WebSocket:
    """A connection on which nobody has spoken yet."""
    url = f"ws://{address}/socket.io/?EIO=4&transport=websocket"
    socket = create_connection(url, timeout=4, suppress_origin=True, cookie=cookie, header=headers)
    assert socket.recv().startswith("0")
    return socket


def introduced(address: str, cookie: str = "locale=it") -> tuple[WebSocket, str]:
    """A connection that has asked to be let in, and the answer."""
    socket = opened(address, cookie)
    socket.send("40")
    return socket, str(socket.recv())


def cookie_in(browser: FlaskClient) -> str:
    """What a browser sends of the session that it keeps."""
    cookie = browser.get_cookie("consultazione")
    assert cookie is not None
    return f"consultazione={cookie.value}"


def test_a_network_has_so_many_visitors_and_the_next_is_told_why(address: str) -> None:
    inside = [introduced(address) for _ in range(MOST)]
    assert all(answer.startswith("40") for _, answer in inside)
    for _ in range(2):
        refused, answer = introduced(address)
        assert answer.startswith("44")
        assert json.loads(answer[2:])["data"] == {"retry_after": 30}
        assert json.loads(answer[2:])["message"]
        assert has_ended(refused)
    inside.pop()[0].close()
    inside.append(introduced(address))
    assert inside[-1][1].startswith("40")
    for socket, _ in inside:
        socket.close()


def test_who_says_nothing_does_not_stay(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket_places, "ARRIVES_WITHIN", 0.0)
    silent = opened(address)
    speaks, _ = introduced(address)
    assert has_ended(silent)
    speaks.close()


def test_a_connection_joins_as_many_rooms_as_a_page_has(app: Flask) -> None:
    browser = Browser(app, create_socketio(app, queue=False), app.test_client())
    answers = [browser.ask("follow", {"stream": f"table:{n}", "after": 0}) for n in range(1, 12)]
    assert [answer["ok"] for answer in answers] == [True] * 8 + [False] * 3
    assert answers[-1]["error"] == "too_many"
    assert browser.ask("follow", {"stream": "table:1", "after": 0})["ok"]


def test_who_signed_in_has_places_of_their_own_in_every_window(
    app: Flask, address: str, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket_places, "MOST_OF_A_MEMBER", MOST + 1)
    member = make.citizen()
    cookies = [cookie_in(make.sign_in(app.test_client(), member)) for _ in range(2)]
    inside = [introduced(address, cookies[n % 2]) for n in range(MOST + 1)]
    assert all(answer.startswith("40") for _, answer in inside)
    refused, answer = introduced(address, cookies[0])
    assert answer.startswith("44")
    visitor, answer = introduced(address)
    assert answer.startswith("40")
    for socket in [refused, visitor, *(socket for socket, _ in inside)]:
        socket.close()


def test_a_member_is_not_counted_with_the_network(app: Flask) -> None:
    places = SocketPlaces(MOST)
    for number in range(100):
        connection, member = f"c{number}", str(number % 5)
        assert places.arrive(connection, "192.0.2.1")
        assert places.introduce(connection, "192.0.2.1", member)
    assert not places.introduce("one more", "192.0.2.1", "4")
    assert places.introduce("a visitor", "192.0.2.1", "")
    places.leave("c4")
    places.leave("c4")
    assert places.introduce("one more", "192.0.2.1", "4")
    assert not places.introduce("and another", "192.0.2.1", "4")


def test_too_many_that_arrive_at_once_are_refused_before_they_speak(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket_places, "MOST_ARRIVING", 2)
    places = SocketPlaces(MOST)
    assert [places.arrive(str(n), "192.0.2.1") for n in range(3)] == [True, True, False]
    assert places.arrive("4", "192.0.2.2")
    assert places.introduce("0", "192.0.2.1", "")
    assert places.arrive("5", "192.0.2.1")


def test_behind_a_trusted_proxy_what_is_noted_has_the_senders_address(
    settings: Settings, database: Database, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = make.sitting()
    app = new_app(replace(settings, trusted_proxies=1), database)
    lines: list[dict[str, object]] = []
    monkeypatch.setattr(security_log.SecurityLog, "write", lambda _log, line: lines.append(line))
    with served(app) as address:
        socket = opened(address, **{"X-Forwarded-For": "198.51.100.7, 203.0.113.9"})
        socket.send("40")
        assert str(socket.recv()).startswith("40")
        socket.send(f'420["hand.raise",{{"sitting":{sitting.id}}}]')
        assert "not_allowed" in str(socket.recv())
        socket.close()
    assert [line["address"] for line in lines] == ["203.0.113.9"]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "nonsense", "unknown"),
    ],
)
def test_a_network_is_what_trusted_proxies_say(proxies: int, forwarded: str, expected: str) -> None:
    environ = {"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": forwarded}
    assert network_of(environ, proxies) == expected
