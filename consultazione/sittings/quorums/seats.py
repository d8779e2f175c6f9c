"""A quorum by seats: a share of the table's organisations must be represented."""

from __future__ import annotations

from typing import ClassVar

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Invalid
from consultazione.sittings.quorums.base import Hall, QuorumKind, QuorumTerms, Standing
from consultazione.sittings.quorums.types import Counts

COUNTED = "seats"


class Seats:
    """Requires a percentage of the organisations with a seat to have somebody present.

    An organisation counts once, however many persons speak for it. Fractions of a seat round
    up: half of seven seats is four.
    """

    kind: ClassVar[QuorumKind] = QuorumKind.SEATS
    grounds: ClassVar[str] = "no_quorum_of_seats"

    def check(self, terms: QuorumTerms) -> None:
        """Require a percentage from 1 to 100."""
        if not 1 <= terms.percent <= 100:
            raise Invalid.at("percent", _("Write a whole number of percent from 1 to 100."))

    def standing(self, terms: QuorumTerms, hall: Hall) -> Standing:
        """Compare the share, in seats and rounded up, with the organisations represented."""
        return Standing(
            {COUNTED: -(-terms.percent * hall.seats // 100)}, {COUNTED: hall.represented}
        )

    def numbers(self, standing: Standing) -> Counts:
        """`needed` and `there`, in organisations."""
        return {"needed": standing.needed[COUNTED], "there": standing.there[COUNTED]}
