"""How far a job has come, told to those who wait for it on a page."""

from __future__ import annotations

from functools import cache

from consultazione.config import read_settings
from consultazione.live.contract import ProgressFrame
from consultazione.live.engine.manager import NotPublished
from consultazione.live.fanout import Fanout, RedisFanout


def report(stream: str, step: int, of: int, label: str) -> None:
    """Tell the followers of a stream; nobody's work stops because it could not be told."""
    payload: ProgressFrame = {"stream": stream, "step": step, "of": of, "label": label}
    try:
        fanout().publish(stream, "progress", payload)
    except NotPublished:
        return


@cache
def fanout() -> Fanout:
    """This process's way to the browsers."""
    return RedisFanout(read_settings().require_redis_url())
