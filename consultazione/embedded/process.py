"""Finding, stopping and awaiting processes of the operating system."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import psutil

POLL_SECONDS = 0.02
FATAL_WITHIN = 5  # lines from the end; after a FATAL line a server only says that it stops


def wait_until(condition: Callable[[], bool], *, seconds: float) -> bool:
    """Poll `condition` until it is true (True) or the time is up (False)."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_SECONDS)
    return True


def stop(process: subprocess.Popen[bytes], request: signal.Signals, *, seconds: float) -> None:
    """Send a child the signal, then wait for its end; see `finish`."""
    if process.poll() is None:
        process.send_signal(request)
    finish(process, seconds=seconds)


def finish(process: subprocess.Popen[bytes], *, seconds: float) -> None:
    """Wait for a child to end, then kill what is left of its process group."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def servers_in(directory: Path, name: str) -> list[psutil.Process]:
    """The living processes called `name` whose working directory is `directory`.

    Servers change into their data directory, which identifies them without a pid file, whose
    number another process may have got since.
    """
    here = str(directory.resolve())
    return [p for p in psutil.process_iter() if _is_server(p, name, here)]


def end(processes: Iterable[psutil.Process], request: signal.Signals, *, seconds: float) -> None:
    """Signal processes that are not our children, wait, then kill those still alive."""
    targets = list(processes)
    for process in targets:
        with contextlib.suppress(psutil.Error):
            process.send_signal(request)
    wait_until(lambda: not any(map(alive, targets)), seconds=seconds)
    for process in filter(alive, targets):
        with contextlib.suppress(psutil.Error):
            process.kill()
    wait_until(lambda: not any(map(alive, targets)), seconds=seconds)


def alive(process: psutil.Process) -> bool:
    """True while the process runs; False for a zombie."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def complaint(log: Path) -> str:
    """Why the process that wrote this log ended: its last FATAL line, else its last line."""
    text = log.read_text(errors="replace") if log.exists() else ""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    fatal = [line for line in lines[-FATAL_WITHIN:] if "FATAL" in line]
    return (fatal or lines or ["it left no message"])[-1]


def _is_server(process: psutil.Process, name: str, directory: str) -> bool:
    try:
        return process.name() == name and process.cwd() == directory and alive(process)
    except psutil.Error:
        return False
