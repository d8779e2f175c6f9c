"""Events of opinion maps, each map in a stream of its own.

Who answered and what is no event: the log says that somebody did. What all answered is published
without names when the map is drawn, and the log keeps its digest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from consultazione.core.events import Event, FreeText


def opinions_stream(map_id: int) -> str:
    """The stream of an opinion map."""
    return f"opinions:{map_id}"


@dataclass(frozen=True, kw_only=True)
class OpinionMapOpened(
    Event, texts={"title": "opinion_map.title", "question": "opinion_map.question"}
):
    """A table asks what people think, until a moment; groups are shown from a least size on."""

    kind: ClassVar[str] = "opinion_map.opened"

    map_id: int
    table_id: int
    closes_at: datetime
    least_group: int
    title: FreeText
    question: FreeText


@dataclass(frozen=True, kw_only=True)
class OpinionProposed(Event, texts={"body": "opinion.body"}):
    """Somebody has proposed a statement of which others shall say what they think."""

    kind: ClassVar[str] = "opinion.proposed"

    map_id: int
    opinion_id: int
    number: int
    body: FreeText


@dataclass(frozen=True, kw_only=True)
class OpinionAdmitted(Event):
    """A statement is among those that people answer."""

    kind: ClassVar[str] = "opinion.admitted"

    map_id: int
    opinion_id: int


@dataclass(frozen=True, kw_only=True)
class OpinionRefused(Event, texts={"reason": "opinion.reason"}):
    """A proposed statement has not been admitted, with the reason."""

    kind: ClassVar[str] = "opinion.refused"

    map_id: int
    opinion_id: int
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class OpinionAnswered(Event):
    """Somebody has answered a statement, or has answered it anew."""

    kind: ClassVar[str] = "opinion.answered"

    map_id: int


@dataclass(frozen=True, kw_only=True)
class OpinionMapClosed(Event):
    """An opinion map takes no answers any more, and is drawn now."""

    kind: ClassVar[str] = "opinion_map.closed"

    map_id: int


@dataclass(frozen=True, kw_only=True)
class OpinionMapDrawn(Event):
    """An opinion map is drawn: who answered what is erased, and what was answered is published."""

    kind: ClassVar[str] = "opinion_map.drawn"

    map_id: int
    participants: int
    # SHA-256 of the published answers, and of the picture's canonical bytes; None with too few
    # people, of whom nothing is published.
    input_sha256: str | None
    picture_sha256: str | None
