"""`consultazione export` on a database of its own, as it runs on a machine."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import pytest
from sqlalchemy import Engine

from consultazione import archive_cli, archive_site
from consultazione.archive import export, verify
from consultazione.archive.bag import Bag
from consultazione.archive.crawl import Unanswered
from consultazione.archive.reading import Answer
from consultazione.archive_site import FrozenSite
from consultazione.config import Settings
from tests.support.archives import unpacked
from tests.support.factories import Factory
from tests.support.scratch_database import scratch_database


@pytest.fixture(scope="module")
def installed(engine: Engine, settings: Settings) -> Iterator[tuple[Settings, Factory]]:
    """An installation with a zone and a proposal."""
    with scratch_database(engine, "archived") as scratch:
        scratch.upgrade("head")
        make = Factory(scratch.database())
        make.comment()
        url = scratch.engine.url.render_as_string(hide_password=False)
        yield replace(settings, database_url=url), make


class Counted:
    """Has other processes answer, and counts how many addresses they were asked for."""

    def __init__(self) -> None:
        self.count = 0
        self._answers = archive_site._answers

    def __call__(self, pool: ProcessPoolExecutor, addresses: Sequence[str]) -> Iterator[Answer]:
        self.count += len(addresses)
        return self._answers(pool, addresses)


def exported(
    installed: tuple[Settings, Factory], to: Path, *, years: str = "", force: bool = False
) -> int:
    """Run the command; its exit status."""
    settings, make = installed
    years = years or make.cycle.years
    return archive_cli.main(settings, make.zone.slug, years, to, "archivio", force)


def test_it_writes_a_file_once(
    installed: tuple[Settings, Factory], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = tmp_path / "a.zip"
    assert exported(installed, to) == 0
    assert "documents" in capsys.readouterr().out
    assert verify.verify(str(unpacked(to, tmp_path / "a"))).faults == []
    before = to.read_bytes()
    assert exported(installed, to) == 1
    assert "is there already; --force takes its place" in capsys.readouterr().err
    assert exported(installed, to, force=True) == 0
    assert to.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "a.zip"]


def test_several_processes_write_the_same_bytes(
    installed: tuple[Settings, Factory], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    for count, to in ((1, tmp_path / "alone.zip"), (2, tmp_path / "helped.zip")):
        monkeypatch.setattr(os, "cpu_count", lambda count=count: count)
        monkeypatch.setattr(archive_site, "ALONE", 3)
        monkeypatch.setattr(archive_site, "LONG", 1)
        monkeypatch.setattr(archive_site, "_answers", counted := Counted())
        assert exported(installed, to) == 0
        asked.append(counted.count)
    assert asked[0] == 0 < asked[1]
    assert (tmp_path / "alone.zip").read_bytes() == (tmp_path / "helped.zip").read_bytes()


def test_a_helper_that_is_ended_is_told() -> None:
    class Broken:
        def map(self, *_given: object) -> Iterator[Answer]:
            raise BrokenProcessPool

    with pytest.raises(Unanswered, match="was ended"):
        list(archive_site._answers(Broken(), ["/"]))  # type: ignore[arg-type]


def test_a_cycle_that_there_is_not(
    installed: tuple[Settings, Factory], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exported(installed, tmp_path / "a.zip", years="1998-2000") == 1
    assert "there is no such cycle; nothing was written" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_nothing(
    installed: tuple[Settings, Factory],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(_bag: Bag, _out: BinaryIO) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(export, "pack", full)
    assert exported(installed, tmp_path / "a.zip") == 1
    assert "the disk is full" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_page_that_the_site_cannot_show_is_not_left_out(
    installed: tuple[Settings, Factory],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(FrozenSite, "get", lambda *_asked: Answer(503, "text/html", b""))
    assert exported(installed, tmp_path / "a.zip") == 1
    assert "the site answers 503; nothing was written" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
