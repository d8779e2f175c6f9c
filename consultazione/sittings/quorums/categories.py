"""A quorum by category: a least number of persons of each category."""

from __future__ import annotations

from typing import ClassVar

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Invalid
from consultazione.sittings.quorums.base import Hall, QuorumKind, QuorumTerms, Standing
from consultazione.sittings.quorums.types import Counts


class Categories:
    """Requires a least number of persons present from each category named."""

    kind: ClassVar[QuorumKind] = QuorumKind.CATEGORIES
    grounds: ClassVar[str] = "no_quorum_of_categories"

    def check(self, terms: QuorumTerms) -> None:
        """Require at least one category, and at least one person of each."""
        if not terms.by_category or min(terms.by_category.values()) < 1:
            raise Invalid.at(
                "by_category", _("Write how many must be present of at least one category.")
            )

    def standing(self, terms: QuorumTerms, hall: Hall) -> Standing:
        """Compare the numbers required with the persons present, by category code."""
        counted = hall.by_category
        return Standing(
            {category.value: least for category, least in terms.by_category.items()},
            {category.value: counted.get(category, 0) for category in terms.by_category},
        )

    def numbers(self, standing: Standing) -> Counts:
        """`short`: how many categories fall short. `of`: how many are required."""
        return {"short": len(standing.lacking), "of": len(standing.needed)}
