"""Limits of the operating system."""

from __future__ import annotations

import resource
from collections.abc import Iterator

from consultazione.upkeep.doctor.case import Case, Finding, advice

# A connection of a browser is an open file; a sitting of 10,000 needs more than as many.
_LEAST, _GOOD = 4096, 65_536


def files_may_be_open(_case: Case) -> Iterator[Finding]:
    """The web may hold as many connections as a sitting has people."""
    _now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most == resource.RLIM_INFINITY or most >= _GOOD:
        return
    what = f"A process may have {most} files open, and each browser in a sitting is one."
    remedy = "Raise it to 65536 (LimitNOFILE of systemd, ulimits of containers)."
    yield Finding(what, remedy) if most < _LEAST else advice(what, remedy)
