"""Refused starts of ``consultazione up``: one clear line, and a non-zero status."""

from __future__ import annotations

import socket
import subprocess
from pathlib import Path

import pytest

from consultazione.embedded.errors import CannotStart
from consultazione.embedded.paths import DirectoryLock, socket_directory
from tests.support.stack import Command


def the_line(answer: subprocess.CompletedProcess[str]) -> str:
    """The only line on standard error of a refused start."""
    assert answer.returncode == 1, answer
    (line,) = answer.stderr.splitlines()
    return line


def test_taken_port(up: Command, free_port: int) -> None:
    with socket.create_server(("127.0.0.1", free_port)):
        assert f"Port {free_port} on 127.0.0.1 cannot be used" in the_line(up())


def test_data_of_another_version(up: Command, place: Path) -> None:
    (place / "postgres").mkdir()
    (place / "postgres" / "PG_VERSION").write_text("16\n")
    assert "written by PostgreSQL 16 and this is 18" in the_line(up())


def test_second_up_over_the_same_data(up: Command, place: Path) -> None:
    first = DirectoryLock(place / "up.lock")
    first.acquire()
    assert f"{place} is already in use by process" in the_line(up())
    first.release()


def test_directory_that_cannot_be_written(
    up: Command, place: Path, unprivileged: tuple[str, ...]
) -> None:
    place.chmod(0o555)
    assert f"{place} cannot be written (Permission denied)" in the_line(up(*unprivileged))


def test_bad_setting_has_a_status_of_its_own(up: Command) -> None:
    answer = up(PORT="many")
    assert answer.returncode == 2
    assert answer.stderr.startswith("consultazione: PORT='many'")


def test_socket_directory_of_somebody_else(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(place))
    open_to_all = socket_directory(place / "data", None)
    open_to_all.chmod(0o755)
    with pytest.raises(CannotStart, match="not a private directory of ours"):
        socket_directory(place / "data", None)


def test_socket_path_stays_short_below_a_deep_directory(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(place / ("deep" * 30)))
    directory = socket_directory(place / "data", None)
    assert len(str(directory / ".s.PGSQL.5432")) < 60
    directory.rmdir()
