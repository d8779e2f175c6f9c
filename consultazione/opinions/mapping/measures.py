"""What groups think of each statement, and how sure it is that they do.

P(v|g) = (1 + how many of a group gave answer v) / (2 + how many answered). A statement stands for a
group if its members give an answer more than others do, and more than half of them; it is common
ground if every group gives the same one. Both are tested at 90 % (one-tailed).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from consultazione.opinions.mapping.groups import Labels
from consultazione.opinions.mapping.matrix import AGREE, DISAGREE, Matrix, Numbers

# The 90 % quantile of the normal distribution.
SIGNIFICANT = 1.2815515655446004
DIRECTIONS = {"agree": AGREE, "disagree": DISAGREE}


@dataclass(frozen=True)
class Measures:
    """Of one answer, a row a group and a column a statement.

    counts: how many gave it. answered: how many answered. share: P(v|g). sure: the test of the
    share against a half. distinct: the test of it against that of all others.
    """

    counts: Numbers
    answered: Numbers
    share: Numbers
    sure: Numbers
    distinct: Numbers

    @property
    def common(self) -> Numbers:
        """For each statement the product of its shares over all groups: group-aware consensus."""
        found: Numbers = self.share.prod(axis=0)
        return found


def measures_of(matrix: Matrix, labels: Labels, value: int) -> Measures:
    """What each group thinks of each statement. labels: the group of each row."""
    member = np.eye(int(labels.max()) + 1)[labels].T
    gave, given = matrix.values == value, matrix.given
    counts, answered = member @ gave, member @ given
    others, others_answered = gave.sum(axis=0) - counts, given.sum(axis=0) - answered
    return Measures(
        counts,
        answered,
        share=(counts + 1) / (answered + 2),
        sure=_against_half(counts, answered),
        distinct=_against(counts, answered, others, others_answered),
    )


def _against_half(counts: Numbers, answered: Numbers) -> Numbers:
    """The test statistic of one proportion against a half, with one answer more of its kind."""
    found: Numbers = 2 * np.sqrt(answered + 1) * ((counts + 1) / (answered + 1) - 0.5)
    return found


def _against(counts: Numbers, answered: Numbers, others: Numbers, all_others: Numbers) -> Numbers:
    """The test statistic of two proportions, with one answer more of its kind on both sides."""
    inside, outside = answered + 1, all_others + 1
    pooled = (counts + others + 2) / (inside + outside)
    spread = np.sqrt(pooled * (1 - pooled) * (1 / inside + 1 / outside))
    difference = (counts + 1) / inside - (others + 1) / outside
    return np.divide(difference, spread, out=np.zeros_like(difference), where=spread > 0)
