"""What pages ask before they draw a form: whether it is the time for it, and if not, why."""

from __future__ import annotations

from flask import g

from consultazione.core import clock
from consultazione.core.errors import Sentence
from consultazione.core.permissions import Permission
from consultazione.web.current_zone import current_cycle
from consultazione.web.request_db import snapshot
from consultazione.zones.phases.when import Path, barred_by, read_path


def barred_here(permission: str) -> Sentence | None:
    """Why a command would be refused now in the cycle of this page; None if it would not.

    The path is read once in a request. Templates know this as `barred("submit_proposal")`.
    """
    return barred_by(Permission[permission.upper()], _path_here())


def _path_here() -> Path:
    cycle_id = current_cycle().id
    if g.get("path_read", (None,))[0] != cycle_id:
        g.path_read = (cycle_id, read_path(snapshot(), cycle_id, at=clock.now()))
    path: Path = g.path_read[1]
    return path
