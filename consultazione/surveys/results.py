"""The numbers of a closed survey: pure, from answers without names to what everybody may see.

Of fewer people than the least group nothing is shown: not of a survey, not of a question, not of a
category. And since who knows the whole and all parts but one knows that one too, the rest of a
breakdown is either nobody or at least that many.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict


@dataclass(frozen=True)
class Answer:
    """What one person answered to one question, in which category."""

    category: str
    chosen: Sequence[int]


class QuestionResult(TypedDict):
    """How many answered a question, and chose what; None with too few.

    by_category: the same for categories of enough people, as (how many, chose what).
    """

    answers: int | None
    counts: list[int] | None
    by_category: dict[str, tuple[int, list[int]]]


def result_of(answers: Sequence[Answer], choices: int, *, least: int) -> QuestionResult:
    """The numbers of a question with so many choices."""
    if len(answers) < least:
        return {"answers": None, "counts": None, "by_category": {}}
    groups: dict[str, list[Answer]] = {}
    for answer in answers:
        groups.setdefault(answer.category, []).append(answer)
    shown = _shown({name: len(group) for name, group in groups.items()}, least) if choices else []
    return {
        "answers": len(answers),
        "counts": _counts(answers, choices),
        "by_category": {
            name: (len(groups[name]), _counts(groups[name], choices)) for name in shown
        },
    }


def _shown(sizes: Mapping[str, int], least: int) -> list[str]:
    """The categories that may be shown, the largest first, so that no small rest is left."""
    order = sorted(sizes, key=lambda name: (-sizes[name], name))
    shown = [name for name in order if sizes[name] >= least]
    while shown and 0 < sum(sizes.values()) - sum(sizes[name] for name in shown) < least:
        shown.pop()
    return shown if len(shown) > 1 or len(shown) < len(sizes) else []


def _counts(answers: Sequence[Answer], choices: int) -> list[int]:
    return [sum(place in answer.chosen for answer in answers) for place in range(choices)]
