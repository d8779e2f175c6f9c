"""A poll to open, before it is stored."""

from __future__ import annotations

from dataclasses import dataclass

from consultazione.sittings.polls.rules import Effect, Rules


@dataclass(frozen=True)
class PollDraft:
    """The question, kind, options and rules of a poll to open; weights by organisation id."""

    text: str
    kind: str
    options: tuple[str, ...]
    rules: Rules
    weights: dict[int, int]
    effect: Effect = Effect.BINDING
