"""State against log: what each row must say by its events, and which rows say something else.

A feature declares in its `audit.py` how its rows follow from its events and registers that;
`consultazione.audits` imports them all. `differences` folds the entries forward and compares.
"""

from __future__ import annotations

from consultazione.core.audit.books import Audit, Book, books, owners, pairs, register
from consultazione.core.audit.compare import Difference, differences
from consultazione.core.audit.faults import state_faults
from consultazione.core.audit.rules import (
    Folded,
    Rule,
    adds,
    adds_each,
    does,
    drops,
    foretells,
    foretells_each,
    sets,
    sets_each,
)
from consultazione.core.audit.sources import (
    ACTOR,
    AT,
    FORGET,
    ITEM,
    NOTHING,
    NTH,
    OF_STREAM,
    Hashed,
    Is,
    Leaf,
    Part,
    Past,
    Said,
    Text,
    Worded,
    details,
    each_detail,
    hashed,
    if_said,
    leaf_of,
    one_after,
)

__all__ = [
    "ACTOR",
    "AT",
    "FORGET",
    "ITEM",
    "NOTHING",
    "NTH",
    "OF_STREAM",
    "Audit",
    "Book",
    "Difference",
    "Folded",
    "Hashed",
    "Is",
    "Leaf",
    "Part",
    "Past",
    "Rule",
    "Said",
    "Text",
    "Worded",
    "adds",
    "adds_each",
    "books",
    "details",
    "differences",
    "does",
    "drops",
    "each_detail",
    "foretells",
    "foretells_each",
    "hashed",
    "if_said",
    "leaf_of",
    "one_after",
    "owners",
    "pairs",
    "register",
    "sets",
    "sets_each",
    "state_faults",
]
