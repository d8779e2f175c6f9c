"""No quorum: a sitting decides with any number of persons present."""

from __future__ import annotations

from typing import ClassVar

from consultazione.sittings.quorums.base import Hall, QuorumKind, QuorumTerms, Standing
from consultazione.sittings.quorums.types import Counts


class Nothing:
    """Requires nobody to be present."""

    kind: ClassVar[QuorumKind] = QuorumKind.NONE
    grounds: ClassVar[str] = ""

    def check(self, terms: QuorumTerms) -> None:
        """Accept any terms."""

    def standing(self, terms: QuorumTerms, hall: Hall) -> Standing:
        """Count nothing."""
        return Standing({}, {})

    def numbers(self, standing: Standing) -> Counts:
        """No numbers: this quorum is never missed."""
        return {}
