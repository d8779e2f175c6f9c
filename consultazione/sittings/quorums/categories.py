"""Least numbers by category: so many of each must be there."""

from __future__ import annotations

from typing import ClassVar

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Invalid
from consultazione.sittings.quorums.base import Hall, QuorumKind, QuorumTerms, Standing
from consultazione.sittings.quorums.types import Counts


class Categories:
    """So many persons of each category named must be in the sitting."""

    kind: ClassVar[QuorumKind] = QuorumKind.CATEGORIES
    grounds: ClassVar[str] = "no_quorum_of_categories"

    def check(self, terms: QuorumTerms) -> None:
        """At least one category, and at least one person of each."""
        if not terms.by_category or min(terms.by_category.values()) < 1:
            raise Invalid.at(
                "by_category", _("Write how many must be present of at least one category.")
            )

    def standing(self, terms: QuorumTerms, hall: Hall) -> Standing:
        """The numbers asked for, and how many of those categories are there."""
        counted = hall.by_category
        return Standing(
            {category.value: least for category, least in terms.by_category.items()},
            {category.value: counted.get(category, 0) for category in terms.by_category},
        )

    def numbers(self, standing: Standing) -> Counts:
        """Of how many categories there were too few, and how many were asked for."""
        return {"short": len(standing.lacking), "of": len(standing.needed)}
