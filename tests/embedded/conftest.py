"""A data directory with a short path, and commands run in another process."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from consultazione.config import ROOT

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def place() -> Iterator[Path]:
    """A data directory whose path leaves room for a socket's name."""
    path = Path(tempfile.mkdtemp(prefix="c-"))
    yield path
    shutil.rmtree(path)


@pytest.fixture
def free_port() -> int:
    """A free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def up(place: Path, free_port: int) -> Command:
    """Run ``consultazione up`` where it must refuse, and return the completed process."""

    def run(*prefix: str, **settings: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "DATA_DIR": str(place), "PORT": str(free_port), **settings}
        for external in ("DATABASE_URL", "REDIS_URL"):
            environment.pop(external, None)
        command = [*prefix, sys.executable, "-m", "consultazione", "up"]
        return subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=30
        )

    return run


@pytest.fixture
def unprivileged() -> tuple[str, ...]:
    """The prefix of a command that makes root's tests run it as an unprivileged user.

    The capability lets that user read the interpreter and the checkout wherever they are.
    """
    if os.geteuid() != 0:
        return ()
    capability = (
        "--inh-caps=+dac_read_search",
        "--ambient-caps=+dac_read_search",
        "--securebits=+no_setuid_fixup",
    )
    return ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *capability, "--")
