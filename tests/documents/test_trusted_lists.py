"""Renewing the trusted lists: what passes is written, what does not leaves all as it was."""

from __future__ import annotations

import os
from dataclasses import replace
from http.client import HTTPMessage
from io import BytesIO
from pathlib import Path
from urllib.request import Request

import pytest
from pyhanko.sign.validation.qualified.eutl_parse import TLReference

from consultazione.config import read_settings
from consultazione.core import clock
from consultazione.documents.signatures.trusted_lists import (
    SecureRedirects,
    fetched,
    refresh,
)
from tests.support.trusted_list import trusted_list
from workers.loops.trust import TrustLists

_LISTS = "https://lists.example/"


def reference(territory: str) -> TLReference:
    """Where the list of a country is."""
    return TLReference(f"{_LISTS}{territory}", territory, [], frozenset())


def checked(content: str, _one: TLReference) -> None:
    """Stands for the check of a list's own signature."""
    if content != "good":
        raise ValueError(content)


def test_what_passes_is_written_and_the_rest_stays(tmp_path: Path) -> None:
    texts = {f"{_LISTS}IT": "good", f"{_LISTS}SM": "forged", _LISTS: "list of lists"}
    (tmp_path / "SM.xml").write_text("of yesterday")
    became = refresh(
        tmp_path,
        _LISTS,
        ("IT", "SM", "XX"),
        texts.__getitem__,
        references=lambda _text: [reference(code) for code in ("IT", "SM", "FR")],
        check=checked,
    )
    assert became["IT"] == "renewed"
    assert became["SM"] == "kept as it was: ValueError"
    assert became["XX"] == "not on the list of lists"
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        "IT.xml": "good",
        "SM.xml": "of yesterday",
    }


def test_a_list_of_lists_that_is_not_signed_renews_nothing(tmp_path: Path) -> None:
    asked: list[str] = []
    settings = replace(
        read_settings({"TRUST_DIR": str(tmp_path), "TRUST_LISTS": _LISTS}), trust_countries=("IT",)
    )

    def fetch(address: str) -> str:
        asked.append(address)
        return "<TrustServiceStatusList/>"

    loop = TrustLists(settings, fetch)
    loop.renew()
    assert asked == [_LISTS]
    assert list(tmp_path.iterdir()) == []


def test_it_is_due_once_a_day(tmp_path: Path) -> None:
    asked: list[str] = []
    settings = read_settings({"TRUST_DIR": str(tmp_path), "TRUST_LISTS": _LISTS})
    loop = TrustLists(settings, lambda address: asked.append(address) or "")

    def turned() -> int:
        loop.turn()
        if loop._running is not None:
            loop._running.join()
        return len(asked)

    (tmp_path / "IT.xml").write_text("today's")
    assert turned() == 0
    os.utime(tmp_path / "IT.xml", (0, 0))
    assert turned() == 1


def test_without_settings_nothing_is_due() -> None:
    asked: list[str] = []
    loop = TrustLists(read_settings({}), lambda address: asked.append(address) or "")
    loop.turn()
    loop.renew()
    assert (loop._running, asked) == (None, [])


@pytest.mark.parametrize("to", ["http://lists.example/", "ftp://lists.example/", "file:///etc/x"])
def test_a_list_is_fetched_by_https_alone_wherever_it_has_moved(to: str) -> None:
    with pytest.raises(ValueError, match=to):
        fetched(to)
    moved = Request(_LISTS), BytesIO(), 302, "Found", HTTPMessage()
    with pytest.raises(ValueError, match=to):
        SecureRedirects().redirect_request(*moved, to)
    followed = SecureRedirects().redirect_request(*moved, f"{_LISTS}IT")
    assert followed is not None
    assert followed.full_url == f"{_LISTS}IT"


def test_a_list_that_came_before_is_not_taken(tmp_path: Path) -> None:
    kept, older = (trusted_list("", number=n, until=clock.now()) for n in (9, 8))
    (tmp_path / "IT.xml").write_text(kept)
    became = refresh(
        tmp_path,
        _LISTS,
        ("IT",),
        lambda _address: older,
        references=lambda _text: [reference("IT")],
        check=lambda _text, _one: None,
    )
    assert became == {"IT": "kept as it was: what came is older"}
    assert (tmp_path / "IT.xml").read_text() == kept
