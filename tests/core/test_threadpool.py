"""Work done aside: its result and its errors come back, and come back only once."""

from __future__ import annotations

import subprocess
import sys

_PROGRAM = """
from gevent import monkey
monkey.patch_all()
from consultazione.core.threadpool import offload

def breaks():
    raise ValueError("seen by the caller")

assert offload(sum, [1, 2]) == 3
try:
    offload(breaks)
except ValueError as error:
    print(error)
"""


def test_an_error_reaches_the_caller_and_no_log() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True
    )
    assert done.stdout == "seen by the caller\n"
    assert done.stderr == ""
