"""A question as it is put, before there is a poll."""

from __future__ import annotations

from dataclasses import dataclass

from consultazione.sittings.polls.rules import Rules


@dataclass(frozen=True)
class PollDraft:
    """What is asked, with which options, by which rules; weights by organisation."""

    text: str
    kind: str
    options: tuple[str, ...]
    rules: Rules
    weights: dict[int, int]
