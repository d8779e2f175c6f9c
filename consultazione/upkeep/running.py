"""Runs a program of PostgreSQL to its end, and tells how far it is."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from consultazione.upkeep.errors import Refused

_SHARE = re.compile(rb"\((\d+)%\)")
_CHUNK = 4096


def run(
    command: Sequence[str | Path],
    environment: Mapping[str, str],
    *,
    what: str,
    told: Callable[[int], None] = lambda _percent: None,
) -> None:
    """Run a program. told: per cent, as it prints them. Refused with its last line if it fails.

    environment: in the place of ours but for the PATH; its words are C's. what: it does, for
    the refusal.
    """
    own = {"PATH": os.defpath, "LC_MESSAGES": "C", **environment}
    with subprocess.Popen(
        list(map(str, command)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=own,
        umask=0o077,
    ) as process:
        assert process.stderr is not None
        last = _follow(process.stderr, told)
    if process.returncode:
        raise Refused(f"{what}: {last or f'status {process.returncode}'}")


def _follow(output: IO[bytes], told: Callable[[int], None]) -> str:
    """Read to the end; the last line that tells of no progress."""
    kept = b""
    while chunk := os.read(output.fileno(), _CHUNK):
        for share in _SHARE.findall(chunk):
            told(int(share))
        kept = (kept + chunk)[-_CHUNK:]
    lines = [line.strip() for line in kept.replace(b"\r", b"\n").split(b"\n")]
    said = [line for line in lines if line and not _SHARE.search(line)]
    return said[-1].decode(errors="replace") if said else ""
