"""Starts a child process: unprivileged, with a log, and ended when its parent ends."""

from __future__ import annotations

import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from consultazione.embedded.account import Account, passage_capability
from consultazione.embedded.errors import CannotStart

LONGEST_LOG = 5_000_000


@dataclass(frozen=True, kw_only=True)
class Launch:
    """The way to start a child process.

    death_signal: what the child gets when we die. reach: paths that it must be able to open.
    """

    command: Sequence[str | Path]
    log: Path
    death_signal: signal.Signals
    account: Account | None = None
    reach: tuple[Path, ...] = ()
    environment: Mapping[str, str] | None = None
    directory: Path | None = None

    def start(self) -> subprocess.Popen[bytes]:
        """Start the child in its own process group, so that Ctrl-C reaches only us."""
        _set_aside_when_long(self.log)
        with self.log.open("ab") as output:
            return subprocess.Popen(
                [*self._prefix(), *self.command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self.directory or "/",
                env=self.environment,
                process_group=0,
            )

    def _prefix(self) -> list[str]:
        """The setpriv command, which drops root and has the kernel end the child with us.

        It replaces itself with the command, so the child keeps the process id that we know.
        """
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            if self.account:
                raise CannotStart("setpriv is missing: install util-linux, or do not run as root.")
            return []
        death = f"--pdeathsig={self.death_signal.name.removeprefix('SIG')}"
        return [setpriv, death, *self._identity(), "--"]

    def _identity(self) -> list[str]:
        if self.account is None:
            return []
        identity = [f"--reuid={self.account.uid}", f"--regid={self.account.gid}", "--clear-groups"]
        closed = [path for path in self.reach if not self.account.can_enter(path)]
        if closed:
            capability = passage_capability()
            if capability is None:
                raise CannotStart(
                    f"{closed[0]} lies in a directory closed to other users: move it."
                )
            # Without the last option, access(2) ignores the capability of a user other than root.
            identity += [
                f"--inh-caps=+{capability}",
                f"--ambient-caps=+{capability}",
                "--securebits=+no_setuid_fixup",
            ]
        return identity


def _set_aside_when_long(log: Path) -> None:
    if log.exists() and log.stat().st_size > LONGEST_LOG:
        log.replace(log.with_name(f"{log.name}.1"))
