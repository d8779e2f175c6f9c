"""No quorum: a sitting decides whoever is there."""

from __future__ import annotations

from typing import ClassVar

from consultazione.sittings.quorums.base import Hall, QuorumKind, QuorumTerms, Standing
from consultazione.sittings.quorums.types import Counts


class Nothing:
    """Nobody needs to be there."""

    kind: ClassVar[QuorumKind] = QuorumKind.NONE
    grounds: ClassVar[str] = ""

    def check(self, terms: QuorumTerms) -> None:
        """Any terms will do."""

    def standing(self, terms: QuorumTerms, hall: Hall) -> Standing:
        """Nothing is counted."""
        return Standing({}, {})

    def numbers(self, standing: Standing) -> Counts:
        """Nothing is missed."""
        return {}
