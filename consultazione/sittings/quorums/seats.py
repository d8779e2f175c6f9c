"""A share of the table's seats: organisations for which somebody is there."""

from __future__ import annotations

from typing import ClassVar

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Invalid
from consultazione.sittings.quorums.base import Hall, QuorumKind, QuorumTerms, Standing
from consultazione.sittings.quorums.types import Counts

COUNTED = "seats"


class Seats:
    """So many percent of the organisations with a seat must be represented.

    An organisation counts once, however many speak for it. A part of a seat is a whole
    one: half of seven is four.
    """

    kind: ClassVar[QuorumKind] = QuorumKind.SEATS
    grounds: ClassVar[str] = "no_quorum_of_seats"

    def check(self, terms: QuorumTerms) -> None:
        """From one to a hundred percent."""
        if not 1 <= terms.percent <= 100:
            raise Invalid.at("percent", _("Write a whole number of percent from 1 to 100."))

    def standing(self, terms: QuorumTerms, hall: Hall) -> Standing:
        """The share in seats, rounded up exactly, and the organisations represented."""
        return Standing(
            {COUNTED: -(-terms.percent * hall.seats // 100)}, {COUNTED: hall.represented}
        )

    def numbers(self, standing: Standing) -> Counts:
        """How many organisations were needed and how many were represented."""
        return {"needed": standing.needed[COUNTED], "there": standing.there[COUNTED]}
