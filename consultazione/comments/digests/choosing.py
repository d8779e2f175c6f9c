"""Which sentences stand for a discussion: those nearest to what most people have written.

A sentence is the set of its stems, weighed by how rare they are (TF-IDF); two are as near as the
cosine of their angle. Of each group sentences are taken one by one, each time the one that makes
the people of the group best represented: the greedy solution of facility location, a submodular
function (Lin and Bilmes 2011). Whoever is quoted for a group is not quoted for it again, and what
says the same is left out. People are represented and not comments, so that nobody gains by
writing often. Equal comments give equal digests: nothing is drawn by chance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from consultazione.comments.digests.models import Chosen, Group

Numbers = NDArray[np.float64]

# How many sentences stand for a group at most, and if there is no other group.
MOST_OF_GROUP, MOST_OF_ALL = 3, 6
# Fewer stems say too little.
LEAST_STEMS = 4
# From this cosine on two comments say something alike.
NEAR = 0.25
# From this one on they say the same, and one of them is enough.
SAME = 0.6
# Of more sentences every so manieth is compared: each with each are two million.
_SAMPLE = 1_500
# The rounding of the machine's linear algebra does not decide.
_DIGITS = 6


@dataclass(frozen=True)
class Sentence:
    """A sentence of a comment; `group` is for what it would stand."""

    group: Group
    comment_id: int
    author_id: int
    leaf: int
    start: int
    end: int
    stems: frozenset[str]


def choose(sentences: Sequence[Sentence]) -> list[Chosen]:
    """The sentences that stand for a discussion, by group, in each the most telling first."""
    telling = [one for one in sentences if len(one.stems) >= LEAST_STEMS]
    order = list(Group)
    telling.sort(key=lambda one: (order.index(one.group), one.comment_id, one.start))
    groups = [list(of) for _group, of in groupby(telling, key=lambda one: one.group)]
    most = MOST_OF_ALL if len(groups) == 1 else MOST_OF_GROUP
    return [chosen for of in groups for chosen in _of_group(_sampled(of), most)]


def _sampled(sentences: list[Sentence]) -> list[Sentence]:
    if len(sentences) <= _SAMPLE:
        return sentences
    places = np.linspace(0, len(sentences) - 1, _SAMPLE).astype(int)
    return [sentences[place] for place in places]


def _of_group(sentences: Sequence[Sentence], most: int) -> list[Chosen]:
    likeness = _likeness([one.stems for one in sentences])
    by_author = _nearest(likeness, [one.author_id for one in sentences])
    by_comment = _nearest(likeness, [one.comment_id for one in sentences])
    chosen: list[Chosen] = []
    authors = np.array([one.author_id for one in sentences])
    free = np.ones(len(sentences), dtype=bool)
    covered = np.zeros(by_author.shape[1])
    while len(chosen) < most and free.any():
        gains = np.round(np.maximum(by_author, covered).sum(axis=1) - covered.sum(), _DIGITS)
        best = int(np.where(free, gains, -1.0).argmax())
        one = sentences[best]
        chosen.append(_chosen(one, near=int((by_comment[best] >= NEAR).sum()) - 1))
        free &= (authors != one.author_id) & (likeness[best] < SAME)
        covered = np.maximum(covered, by_author[best])
    return chosen


def _likeness(stems: Sequence[frozenset[str]]) -> Numbers:
    """The cosines of all pairs. What stands in one sentence alone counts for its length only."""
    count = Counter(stem for one in stems for stem in one)
    rarity = {stem: np.log((1 + len(stems)) / (1 + number)) + 1 for stem, number in count.items()}
    shared = sorted(stem for stem, number in count.items() if number > 1)
    column = {stem: place for place, stem in enumerate(shared)}
    matrix = np.zeros((len(stems), len(shared)))
    for row, one in enumerate(stems):
        length = np.sqrt(sum(rarity[stem] ** 2 for stem in sorted(one)))
        for stem in one & column.keys():
            matrix[row, column[stem]] = rarity[stem] / length
    found: Numbers = matrix @ matrix.T
    np.fill_diagonal(found, 1.0)
    return np.round(found, _DIGITS)


def _nearest(likeness: Numbers, owners: Sequence[int]) -> Numbers:
    """How near each sentence is to the nearest one of each owner, a column an owner."""
    known, of = np.unique(owners, return_inverse=True)
    nearest = np.zeros((len(likeness), len(known)))
    for sentence, owner in enumerate(of):
        np.maximum(nearest[:, owner], likeness[:, sentence], out=nearest[:, owner])
    return nearest


def _chosen(one: Sentence, *, near: int) -> Chosen:
    return {
        "group": one.group.value,
        "comment_id": one.comment_id,
        "leaf": one.leaf,
        "start": one.start,
        "end": one.end,
        "near": near,
    }
