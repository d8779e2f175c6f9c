"""A bare application under gunicorn, with the options that the product gives it."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from consultazione.config import ROOT
from consultazione.embedded.process import wait_until
from tests.support.stack import free_port


@contextmanager
def serving(application: str, **settings: str) -> Iterator[str]:
    """Serve ``tests.bench.bare.APPLICATION`` until the end; the address, once it answers."""
    port = free_port()
    words = ["--worker-class", "gevent", "--workers", "1", "--worker-connections", "20000"]
    words += ["--log-level", "warning", "--no-control-socket", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *words, f"tests.bench.bare.{application}:app"],
        cwd=ROOT,
        env={**os.environ, **settings},
    )
    try:
        if not wait_until(lambda: _answers(port), seconds=30):
            raise RuntimeError(f"{application} did not answer")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/")
        connection.getresponse().read()
    except OSError:
        return False
    finally:
        connection.close()
    return True
