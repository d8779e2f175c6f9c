"""How often stems stand in papers and proposals, as PostgreSQL's own statistics have it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

# What a stem counts of which there are no statistics: they name the common ones.
RARE = 0.0005
_FREQUENCIES = text(
    "SELECT stem, often FROM pg_stats,"
    " unnest(CAST(CAST(most_common_elems AS text) AS text[]), most_common_elem_freqs)"
    " AS common (stem, often)"
    " WHERE schemaname = current_schema() AND tablename = 'search_entry' AND attname = 'words'"
    " AND stem = ANY(:stems)"
)


def frequencies(session: Session, stems: Sequence[str]) -> dict[str, float]:
    """In which share of texts each stem stands, RARE at least."""
    known: dict[str, float] = dict(iter(session.execute(_FREQUENCIES, {"stems": list(stems)})))
    return {stem: known.get(stem) or RARE for stem in stems}
