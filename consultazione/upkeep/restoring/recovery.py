"""PostgreSQL's own recovery: from a base along the write-ahead log, to its end or to a moment."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from consultazione.core import clock
from consultazione.embedded.paths import private_directory
from consultazione.embedded.postgres import Postgres
from consultazione.embedded.process import complaint, wait_until
from consultazione.upkeep.errors import Refused

# Of a large installation's log, which may take as long as it took to write it.
_MOST_SECONDS = 7 * 24 * 3600.0
_SEGMENT = re.compile(r"[0-9A-F]{24}(\.partial)?|[0-9A-F]{8}\.history")
_LAST = re.compile(r"last completed transaction was at log time (.+)")


class Recovering(Postgres):
    """A server that replays a write-ahead log before it serves, however long that takes."""

    def _wait_ready(self, process: subprocess.Popen[bytes]) -> None:
        wait_until(lambda: process.poll() is not None or self._is_ready(), seconds=_MOST_SECONDS)
        super()._wait_ready(process)


def copy_base(source: Path, target: Path, told: Callable[[int, int], None]) -> None:
    """Copy a base to where it is recovered. told: files that were copied, and of how many."""
    count = sum(1 for path in source.rglob("*") if path.is_file())
    done = 0

    def copied(start: str, end: str) -> object:
        nonlocal done
        result = shutil.copy2(start, end)
        done += 1
        told(done, count)
        return result

    shutil.copytree(source, target, copy_function=copied)
    target.chmod(0o700)


def recover(data: Path, wal: Path | None, until: datetime | None) -> None:
    """Recover a copied base; it is then a database that was stopped cleanly.

    wal: where the write-ahead log goes on; None for the base alone. Refused if the log does not
    reach the moment.
    """
    server = Recovering(data)
    own_all(data, server)
    if wal is None:
        _run(server)
        return
    staged = private_directory(data.with_name(f"{data.name}.wal"), server.account)
    _stage(wal, staged)
    own_all(staged, server)
    (data / "recovery.signal").touch()
    own_all(data / "recovery.signal", server)
    _run(Recovering(data, settings=_settings(staged, until)))
    shutil.rmtree(staged)


def own_all(path: Path, server: Postgres) -> None:
    """Give a path, with all in it, to the account that runs the server."""
    if server.account is not None:
        for one in [path, *path.rglob("*")]:
            server.account.owns(one)


def _settings(staged: Path, until: datetime | None) -> dict[str, str]:
    # In the shell's quotation marks, as the path may have blanks.
    settings = {
        "restore_command": f"cp '{staged}/%f' '%p' 2>/dev/null",
        "recovery_target_action": "promote",
        "recovery_target_timeline": "latest",
        "hot_standby": "off",
    }
    if until is not None:
        settings["recovery_target_time"] = clock.as_json(until)
    return settings


def _stage(wal: Path, staged: Path) -> None:
    """Copy a write-ahead log, with the piece that was not full yet under its whole name."""
    for path in sorted(wal.iterdir()):
        if _SEGMENT.fullmatch(path.name):
            target = staged / path.name.removesuffix(".partial")
            if not (path.suffix and target.exists()):
                shutil.copyfile(path, target)


def _run(server: Recovering) -> None:
    try:
        server.start()
    except Exception:
        said = server.log.read_text(errors="replace") if server.log.exists() else ""
        if "recovery ended before configured recovery target was reached" in said:
            found = _LAST.findall(said)
            ends = f" ({found[-1]})" if found else ""
            raise Refused(
                f"The backup ends before that moment{ends}: leave --until out to restore all of it."
            ) from None
        raise Refused(f"The database cannot be recovered: {complaint(server.log)}") from None
    finally:
        server.stop()
