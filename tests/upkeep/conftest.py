"""A place for data, backups and keys, and commands run as another process."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def place() -> Iterator[Path]:
    """A directory that the account of the servers may pass through."""
    path = Path(tempfile.mkdtemp(prefix="k-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)
