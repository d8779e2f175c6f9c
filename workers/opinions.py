"""The job that draws an opinion map."""

from __future__ import annotations

from consultazione.core.db import Transaction
from consultazione.core.log import Entry
from consultazione.opinions.commands.maps import draw_opinion_map
from consultazione.opinions.events import OpinionMapClosed


def draw(tx: Transaction, entry: Entry) -> None:
    """A map was closed: draw it, publish what was answered, erase who answered it."""
    assert isinstance(entry.event, OpinionMapClosed)
    draw_opinion_map(tx, map_id=entry.event.map_id)
