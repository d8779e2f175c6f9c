"""A data directory with a short path, and commands run as another process."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from consultazione.config import ROOT
from tests.support.stack import Command, free_port, places_of


@pytest.fixture
def place() -> Iterator[Path]:
    """A directory for data whose path leaves room for a socket's name."""
    path = Path(tempfile.mkdtemp(prefix="c-"))
    yield path
    shutil.rmtree(path)


@pytest.fixture(name="free_port")
def port() -> int:
    """A port that nothing listens on."""
    return free_port()


@pytest.fixture
def up(place: Path, free_port: int) -> Command:
    """Run ``consultazione up`` where it must refuse; the answer is what it said."""

    def run(*prefix: str, **settings: str) -> subprocess.CompletedProcess[str]:
        own = {**places_of(place), "PORT": str(free_port)}
        environment = {**os.environ, **own, **settings}
        for external in ("DATABASE_URL", "REDIS_URL"):
            environment.pop(external, None)
        command = [*prefix, sys.executable, "-m", "consultazione", "up"]
        return subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=30
        )

    return run


@pytest.fixture
def unprivileged() -> tuple[str, ...]:
    """What to put before a command so that root's tests run it as a user without rights.

    The capability lets it read the interpreter and the checkout wherever they lie.
    """
    if os.geteuid() != 0:
        return ()
    capability = (
        "--inh-caps=+dac_read_search",
        "--ambient-caps=+dac_read_search",
        "--securebits=+no_setuid_fixup",
    )
    return ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *capability, "--")
