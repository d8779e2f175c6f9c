"""The picture of a map: its groups, what they share and what divides them, as plain numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from string import ascii_uppercase
from typing import TypedDict

import numpy as np

from consultazione.opinions.mapping.groups import Labels, groups_of
from consultazione.opinions.mapping.matrix import AGREE, DISAGREE, PASS, Matrix, Numbers
from consultazione.opinions.mapping.measures import (
    DIRECTIONS,
    SIGNIFICANT,
    Measures,
    measures_of,
)
from consultazione.opinions.mapping.places import places_of

# Who answered fewer statements stands in no group: their place would be a guess.
LEAST_ANSWERS = 7
# Statements named as standing for a group, as common ground, and as dividing.
MOST_NAMED = 5
# The drawing has so many cells in each direction: with more people, dots would cover each other.
_CELLS = 24


class Tally(TypedDict):
    """How many agreed, disagreed and passed."""

    agree: int
    disagree: int
    passed: int


class OfStatement(Tally):
    """What all think of a statement, and each group, in the order of the groups."""

    number: int
    groups: list[Tally]


class Stand(TypedDict):
    """A statement that stands for a group, with its answer to it: agree or disagree."""

    statement: int
    answer: str


class Group(TypedDict):
    """People who stand together; name: A, B, C ..."""

    name: str
    size: int
    stands: list[Stand]


class Cell(TypedDict):
    """A place of the drawing, from 0 to 24 both ways, with how many of a group are there."""

    x: int
    y: int
    group: str
    count: int


class Picture(TypedDict):
    """A map as it is published.

    participants: who answered anything; placed: those in groups. groups: empty where people do not
    part into groups of the least size. common: statements with the same answer in every group.
    dividing: statements on which groups differ most.
    """

    participants: int
    placed: int
    groups: list[Group]
    statements: list[OfStatement]
    common: list[Stand]
    dividing: list[int]
    cells: list[Cell]


def picture_of(matrix: Matrix, *, least_group: int) -> Picture | None:
    """The picture of answers; None with fewer people than two groups of the least size have.

    Equal answers give an equal picture, up to the rounding of the machine's linear algebra.
    """
    if len(matrix.values) < 2 * least_group:
        return None
    enough = matrix.given.sum(axis=1) >= min(LEAST_ANSWERS, len(matrix.statements))
    placed = Matrix(matrix.statements, matrix.values[enough])
    places = places_of(placed)
    parted = groups_of(places, least=least_group) if len(places) >= 2 * least_group else None
    labels = np.zeros(len(places), dtype=np.intp) if parted is None else parted
    measured = (
        {name: measures_of(placed, labels, value) for name, value in DIRECTIONS.items()}
        if len(places)
        else {}
    )
    sizes = [] if parted is None else np.bincount(labels).tolist()
    return {
        "participants": len(matrix.values),
        "placed": len(places),
        "groups": [
            {
                "name": ascii_uppercase[group],
                "size": size,
                "stands": _stands(placed.statements, measured, group),
            }
            for group, size in enumerate(sizes)
        ],
        "statements": list(_statements(matrix, placed, labels, len(sizes))),
        "common": _common(placed.statements, measured),
        "dividing": _dividing(placed.statements, measured["agree"]) if sizes else [],
        "cells": _cells(places, labels) if sizes else [],
    }


def _stands(numbers: tuple[int, ...], measured: Mapping[str, Measures], group: int) -> list[Stand]:
    """What stands for a group, the surest first."""
    found = []
    for answer, of in measured.items():
        sure = (of.sure[group] > SIGNIFICANT) & (of.distinct[group] > SIGNIFICANT)
        sure &= of.share[group] > 0.5
        found += [(-float(of.distinct[group, at]), at, answer) for at in np.flatnonzero(sure)]
    return [
        {"statement": numbers[at], "answer": answer}
        for _rank, at, answer in sorted(found)[:MOST_NAMED]
    ]


def _common(numbers: tuple[int, ...], measured: Mapping[str, Measures]) -> list[Stand]:
    """On what all groups agree, or which they all reject, the surest first."""
    found = []
    for answer, of in measured.items():
        sure = ((of.sure > SIGNIFICANT) & (of.share > 0.5)).all(axis=0)
        found += [(-float(of.common[at]), at, answer) for at in np.flatnonzero(sure)]
    return [
        {"statement": numbers[at], "answer": answer}
        for _rank, at, answer in sorted(found)[:MOST_NAMED]
    ]


def _dividing(numbers: tuple[int, ...], agreeing: Measures) -> list[int]:
    """On what the shares of groups that agree lie farthest apart, at least a third."""
    apart = agreeing.share.max(axis=0) - agreeing.share.min(axis=0)
    order = np.argsort(-apart, kind="stable")[:MOST_NAMED]
    return [numbers[at] for at in order if apart[at] > 1 / 3]


def _statements(
    matrix: Matrix, placed: Matrix, labels: Labels, groups: int
) -> Iterator[OfStatement]:
    for at, number in enumerate(matrix.statements):
        yield {
            "number": number,
            **_tally(matrix.values[:, at]),
            "groups": [_tally(placed.values[labels == group, at]) for group in range(groups)],
        }


def _tally(column: Numbers) -> Tally:
    return {
        "agree": int((column == AGREE).sum()),
        "disagree": int((column == DISAGREE).sum()),
        "passed": int((column == PASS).sum()),
    }


def _cells(places: Numbers, labels: Labels) -> list[Cell]:
    """People by cells of the drawing; both directions have the same scale."""
    low, span = places.min(axis=0), float(np.ptp(places, axis=0).max()) or 1.0
    cells = np.rint((places - low) / span * _CELLS).astype(int)
    counted = Counter(zip(cells[:, 0].tolist(), cells[:, 1].tolist(), labels.tolist(), strict=True))
    return [
        {"x": x, "y": y, "group": ascii_uppercase[group], "count": count}
        for (x, y, group), count in sorted(counted.items())
    ]
