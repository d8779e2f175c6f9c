"""The worker's process, as it is when it starts."""

from __future__ import annotations

import subprocess
import sys

_MISSING = """
import workers.worker
from consultazione.core.events import registry
known = set(registry())
import consultazione.events
print(*sorted(set(registry()) - known))
"""


def test_a_worker_can_read_every_kind_of_event() -> None:
    """In a process of its own: here other tests have imported everything already."""
    asked = subprocess.run(
        [sys.executable, "-c", _MISSING], capture_output=True, text=True, check=True
    )
    assert asked.stdout.split() == []
