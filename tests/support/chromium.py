"""The browser of the tests: found, installed where that is allowed, or named as missing.

``python -m tests.support.chromium`` is a step of ``make test``; the browser tests call `find`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import partial

# First the one that has no windows to draw: the tests take a third less of the processor with it.
PACKAGES = ("chromium-headless-shell", "chromium")
NAMES = (*PACKAGES, "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "No Chromium was found: install it (Debian: apt-get install chromium), "
    "or name its program in CHROMIUM."
)


def find() -> str | None:
    """The browser's program: CHROMIUM, or the first of its usual names on the PATH."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


def required() -> bool:
    """True where a missing browser must fail the tests rather than skip some of them."""
    return os.environ.get("CI") == "true"


def install() -> None:
    """Install Debian's Chromium when we are root on Debian; do nothing elsewhere."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return
    sys.stderr.write("Installing Chromium with apt-get\n")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt = partial(subprocess.run, env=environment, check=False)
    apt(["apt-get", "--quiet=2", "update"])
    for package in PACKAGES:
        apt(["apt-get", "--quiet=2", "install", "--yes", "--no-install-recommends", package])
        if find() is not None:
            return


def main() -> int:
    """Make sure that there is a browser; 1 when there must be one and there is none."""
    if find() is None:
        install()
    if find() is None:
        sys.stderr.write(f"{MISSING}\n")
        return int(required())
    return 0


if __name__ == "__main__":
    sys.exit(main())
