"""A fixed number of persons present, for whomever they speak."""

from __future__ import annotations

from typing import ClassVar

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Invalid
from consultazione.sittings.quorums.base import Hall, QuorumKind, QuorumTerms, Standing
from consultazione.sittings.quorums.types import Counts

COUNTED = "persons"


class Persons:
    """So many persons must be in the sitting, whoever presides included."""

    kind: ClassVar[QuorumKind] = QuorumKind.PERSONS
    grounds: ClassVar[str] = "no_quorum_of_persons"

    def check(self, terms: QuorumTerms) -> None:
        """At least one."""
        if terms.least < 1:
            raise Invalid.at("least", _("Write how many persons must be present."))

    def standing(self, terms: QuorumTerms, hall: Hall) -> Standing:
        """The number asked for, and all who are there."""
        return Standing({COUNTED: terms.least}, {COUNTED: hall.persons})

    def numbers(self, standing: Standing) -> Counts:
        """How many were needed and how many were there."""
        return {"needed": standing.needed[COUNTED], "there": standing.there[COUNTED]}
