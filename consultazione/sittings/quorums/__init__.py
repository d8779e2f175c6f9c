"""The registry of the quorum rules of a sitting (*numero legale*): a class each, a line here.

A sitting's quorum is how many must be present for it to decide. How many must vote in a poll
is one of the rules of that poll.
"""

from __future__ import annotations

from consultazione.sittings.quorums.base import QuorumKind, QuorumRule
from consultazione.sittings.quorums.categories import Categories
from consultazione.sittings.quorums.nothing import Nothing
from consultazione.sittings.quorums.persons import Persons
from consultazione.sittings.quorums.seats import Seats

_ALL: tuple[QuorumRule, ...] = (Nothing(), Persons(), Seats(), Categories())
QUORUMS: dict[QuorumKind, QuorumRule] = {rule.kind: rule for rule in _ALL}

if set(QUORUMS) != set(QuorumKind) or len(QUORUMS) != len(_ALL):
    raise TypeError("each kind of quorum has one rule")
