"""A quorum by persons: a fixed number of persons present."""

from __future__ import annotations

from typing import ClassVar

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Invalid
from consultazione.sittings.quorums.base import Hall, QuorumKind, QuorumTerms, Standing
from consultazione.sittings.quorums.types import Counts

COUNTED = "persons"


class Persons:
    """Requires a number of persons present, the chair included, whomever they speak for."""

    kind: ClassVar[QuorumKind] = QuorumKind.PERSONS
    grounds: ClassVar[str] = "no_quorum_of_persons"

    def check(self, terms: QuorumTerms) -> None:
        """Require at least one person."""
        if terms.least < 1:
            raise Invalid.at("least", _("Write how many persons must be present."))

    def standing(self, terms: QuorumTerms, hall: Hall) -> Standing:
        """Compare the number required with all persons present."""
        return Standing({COUNTED: terms.least}, {COUNTED: hall.persons})

    def numbers(self, standing: Standing) -> Counts:
        """`needed` and `there`, in persons."""
        return {"needed": standing.needed[COUNTED], "there": standing.there[COUNTED]}
