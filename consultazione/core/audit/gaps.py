"""What audits cannot know of a cycle that was restored from its archive, which withholds entries.

What an entry would say that is there without content nobody can compare: neither the columns of
which its kind speaks, nor, if it lets rows come or go, which rows there should be.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consultazione.core.audit.books import Audit
from consultazione.core.log import EntryRow
from consultazione.core.log.restored import restored_until

# By the family of a stream, the kinds of entries that are withheld there.
Withheld = Mapping[str, Collection[str]]


# Streams that no archive has: those of accounts.
_LEFT_OUT = frozenset({"person"})


@dataclass(frozen=True)
class Gap:
    """What is not known of a table.

    columns: those of which nobody knows what rows say; rows: whether it is which rows there are.
    until: the position up to which rows of other cycles may be missing (`absent`).
    """

    columns: frozenset[str] = frozenset()
    rows: bool = False
    until: int = 0


NO_GAP = Gap()


def withheld_kinds(session: Session) -> Withheld:
    """What kinds of entries have no content here; none unless an archive was restored."""
    until = restored_until(session)
    if not until:
        return {}
    family = func.split_part(EntryRow.stream, ":", 1)
    query = select(family, EntryRow.kind).where(
        EntryRow.position <= until, func.jsonb_typeof(EntryRow.data) == "null"
    )
    found: dict[str, set[str]] = {}
    for name, kind in session.execute(query.distinct()):
        found.setdefault(name, set()).add(kind)
    return found


def gap_of(audit: Audit, families: Collection[str], withheld: Withheld, *, until: int = 0) -> Gap:
    """What an audit cannot know if entries of some kinds are withheld.

    until: the position of the last restored entry; 0 if there is none.
    """
    kinds = {kind for family in families for kind in withheld.get(family, ())}
    if withheld and not _LEFT_OUT.isdisjoint(families):
        kinds = set(audit.rules)
    rules = [rule for kind in kinds & audit.rules.keys() for rule in audit.rules[kind]]
    if any(rule.act == "do" for rule in rules):
        return Gap(frozenset(audit.columns), rows=True, until=until)
    columns = frozenset(name for rule in rules for name in rule.columns)
    return Gap(columns, rows=any(rule.act != "set" for rule in rules), until=until)
