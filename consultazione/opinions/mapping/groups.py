"""Which participants stand together: k-means, with the number of groups that parts them best.

Everything is deterministic, so that whoever has the answers gets the same groups.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from consultazione.opinions.mapping.matrix import Numbers

MOST_GROUPS = 5
_STARTS = 5
_ROUNDS = 300
# People who stand closer than this stand in one place.
_DIGITS = 6
# To part 10,000 people takes 100 million distances; so many of them tell the same.
_SAMPLE = 2_000
Labels = NDArray[np.intp]


def groups_of(places: Numbers, *, least: int) -> Labels | None:
    """The group of each participant, numbered from 0 by size, the largest first.

    least: how many a group has at least. None if they cannot be parted into two such groups.
    """
    places = np.round(places, _DIGITS)
    best: Labels | None = None
    best_score = -1.0
    for count in range(2, MOST_GROUPS + 1):
        if len(np.unique(places, axis=0)) < count:
            break
        labels = _parted(places, count)
        if np.bincount(labels, minlength=count).min() < least:
            continue
        score = silhouette(places, labels)
        if score > best_score:
            best, best_score = labels, score
    return None if best is None else _by_size(best)


def silhouette(places: Numbers, labels: Labels) -> float:
    """How well groups are parted, from -1 to 1 (Rousseeuw 1987), over a sample of many."""
    sample = np.linspace(0, len(places) - 1, min(len(places), _SAMPLE)).astype(int)
    places, labels = places[sample], labels[sample]
    present, labels = np.unique(labels, return_inverse=True)
    if len(present) < 2:
        return -1.0
    distances = np.sqrt(_squares(places, places))
    member = np.eye(len(present))[labels]
    sizes = member.sum(axis=0)
    sums = distances @ member
    own = np.arange(len(labels)), labels
    within = sums[own] / np.maximum(1, sizes[labels] - 1)
    means = sums / sizes
    means[own] = np.inf
    nearest = means.min(axis=1)
    largest = np.maximum(within, nearest)
    scores = np.divide(nearest - within, largest, out=np.zeros_like(largest), where=largest > 0)
    return float(np.where(sizes[labels] > 1, scores, 0).mean())


def _parted(places: Numbers, count: int) -> Labels:
    """The best of several runs of k-means."""
    runs = list(_runs(places, count))
    return min(runs, key=lambda run: run[0])[1]


def _runs(places: Numbers, count: int) -> Iterator[tuple[float, Labels]]:
    random = np.random.default_rng(count)
    for _start in range(_STARTS):
        centres = _spread(places, count, random)
        for _round in range(_ROUNDS):
            squares = _squares(places, centres)
            labels = squares.argmin(axis=1)
            member = np.eye(count)[labels].T
            sizes = member.sum(axis=1, keepdims=True)
            moved = np.where(sizes > 0, member @ places / np.maximum(1, sizes), centres)
            if np.allclose(moved, centres, rtol=0, atol=1e-9):
                break
            centres = moved
        yield float(squares.min(axis=1).sum()), labels


def _spread(places: Numbers, count: int, random: Generator) -> Numbers:
    """First centres, far from each other (k-means++, Arthur and Vassilvitskii 2007)."""
    chosen = [places[random.integers(len(places))]]
    while len(chosen) < count:
        squares = _squares(places, np.array(chosen)).min(axis=1)
        chosen.append(places[random.choice(len(places), p=squares / squares.sum())])
    return np.array(chosen)


def _squares(places: Numbers, centres: Numbers) -> Numbers:
    """Squares of the distances from each place to each centre."""
    squares = (places**2).sum(axis=1)[:, np.newaxis] + (centres**2).sum(axis=1)
    found: Numbers = np.maximum(squares - 2 * places @ centres.T, 0)
    return found


def _by_size(labels: Labels) -> Labels:
    order = np.argsort(-np.bincount(labels), kind="stable")
    numbers = np.empty_like(order)
    numbers[order] = np.arange(len(order))
    found: Labels = numbers[labels]
    return found
