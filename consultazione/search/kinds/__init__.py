"""The registry: what is searched, one line a kind, in the order of the filter.

A new kind is one class in a module of its own and one line here. Existing objects are indexed by
`consultazione search rebuild --kind NAME`, new ones as the log tells of them.
"""

from __future__ import annotations

from collections.abc import Mapping

from consultazione.search.kinds.archive import Archive
from consultazione.search.kinds.base import Kind
from consultazione.search.kinds.comments import Comments
from consultazione.search.kinds.materials import Materials
from consultazione.search.kinds.minutes import MinutesOfSittings
from consultazione.search.kinds.norms import Norms
from consultazione.search.kinds.outcomes import Outcomes
from consultazione.search.kinds.plan import PlanBlocks
from consultazione.search.kinds.proposals import Proposals
from consultazione.search.kinds.tables import Tables

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Tables(),
        Proposals(),
        Comments(),
        MinutesOfSittings(),
        Outcomes(),
        PlanBlocks(),
        Materials(),
        Norms(),
        Archive(),
    )
}
