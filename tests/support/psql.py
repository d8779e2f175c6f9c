"""Statements given to the real psql, as somebody at the console would type them."""

from __future__ import annotations

import subprocess

from consultazione.embedded.postgres import _binary
from tests.support.scratch_database import Scratch


def psql(scratch: Scratch, *statements: str) -> str:
    """Run statements in one transaction; returns what psql complains of, "" if nothing."""
    url = scratch.engine.url.set(drivername="postgresql")
    text = "".join(f"{statement};\n" for statement in ("BEGIN", *statements, "COMMIT"))
    address = url.render_as_string(hide_password=False)
    done = subprocess.run(
        [_binary("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", address],
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )
    assert bool(done.returncode) == bool(done.stderr)
    return done.stderr
