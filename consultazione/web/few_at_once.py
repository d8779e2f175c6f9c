"""Limits how many searches of a process run at once; the others wait without a connection.

Visitors and members each have places of their own: a flood of visitors who search leaves
members theirs, and leaves visitors of other pages their connections.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from threading import BoundedSemaphore
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _

from consultazione.core.errors import Refusal
from consultazione.web.request_db import actor, release_snapshot

_AT_ONCE = 4
_WAIT_SECONDS = 2.0
_PLACES = {is_member: BoundedSemaphore(_AT_ONCE) for is_member in (True, False)}


class Crowded(Refusal):
    """Too many do the same at this moment; nothing was done."""

    code = "busy"
    status = 503
    retry_after = 5


def few_at_once(argument: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let a view take a place while its address has that query argument.

    Crowded if none is free within two seconds.
    """

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def placed(*args: Any, **kwargs: Any) -> Any:
            return (
                _placed(view, *args, **kwargs)
                if request.args.get(argument)
                else view(*args, **kwargs)
            )

        return placed

    return decorate


def _placed(view: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    release_snapshot()
    places = _PLACES[actor().is_signed_in]
    if not places.acquire(timeout=_WAIT_SECONDS):
        raise Crowded(_("Very many are searching at this moment: try again in a few seconds."))
    try:
        return view(*args, **kwargs)
    finally:
        release_snapshot()
        places.release()
