"""The rules of a sitting's quorum (*numero legale*): one small class a file, one line here.

How many must be there for a sitting to decide; how many must vote in a poll is that poll's
own rule.
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
