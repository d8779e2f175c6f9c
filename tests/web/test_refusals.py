"""Every kind of refusal has a status of its own, for pages and for programs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from typing import NoReturn

import pytest
from flask import Flask

from consultazione.core.errors import Refusal
from tests.support.factories import Factory
from tests.support.source import modules

STATUS = {
    "AddressTaken": 422,
    "Busy": 503,
    "CannotBind": 422,
    "CannotCount": 503,
    "CannotTypeset": 422,
    "Conflict": 409,
    "Crowded": 503,
    "FileRefused": 422,
    "GatewayAway": 503,
    "Full": 503,
    "Invalid": 422,
    "KeyLost": 409,
    "NotAllowed": 403,
    "NotFound": 404,
    "Overtaken": 409,
    "QueueFull": 503,
    "ScannerAway": 503,
    "SignedOut": 401,
    "TimeNotStamped": 503,
    "TokenExpired": 401,
    "TooMany": 429,
    "TooSoon": 429,
    "TypesetterBusy": 503,
    "Unsure": 422,
    "ReaderBusy": 503,
    "ReadersBusy": 503,
    "VersionConflict": 409,
}

_REFUSES = re.compile(r"class \w+\((Refusal|NotFound|NotAllowed|Conflict|Invalid)\)")


def kinds() -> list[type[Refusal]]:
    """The subclasses of Refusal in the product, whatever module they stand in."""
    for module in modules().values():
        if _REFUSES.search(module.path.read_text()):
            import_module(module.name)
    found = sorted(_below(Refusal), key=lambda kind: kind.__name__)
    return [kind for kind in found if kind.__module__ in modules()]


def _below(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)


@pytest.fixture(autouse=True)
def _zone(make: Factory) -> None:
    assert make.zone


def test_every_kind_of_refusal_is_known_here() -> None:
    assert {kind.__name__ for kind in kinds()} == set(STATUS)


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("path", ["/refuses", "/api/v1/refuses"])
def test_a_refusal_is_answered_with_its_status(app: Flask, path: str, kind: type[Refusal]) -> None:
    def refuse() -> NoReturn:
        raise kind("You cannot do this because it is a test.")

    app.add_url_rule(path, view_func=refuse)
    answer = app.test_client().get(path, headers={"Accept-Language": "en"})
    assert answer.status_code == STATUS[kind.__name__]
    assert "You cannot do this because it is a test." in answer.text
    assert ("Retry-After" in answer.headers) == (answer.status_code == 503)
    title = "The request cannot be read"  # what a status without a title of its own is called
    assert title not in answer.text
    if path.startswith("/api/"):
        assert answer.mimetype == "application/problem+json"
        assert answer.get_json()["status"] == answer.status_code
