"""State against log: what each row must say by its events, and which rows say something else.

A feature declares in its `audit.py` how its rows follow from its events and registers that;
`consultazione.audits` imports them all. `differences` folds the entries forward and compares.
"""

from __future__ import annotations

from consultazione.core.audit.compare import Difference, differences
from consultazione.core.audit.rules import (
    ACTOR,
    AT,
    FORGET,
    ITEM,
    NOTHING,
    NTH,
    OF_STREAM,
    Audit,
    Book,
    Folded,
    Hashed,
    Is,
    Leaf,
    Part,
    Past,
    Rule,
    Said,
    Text,
    Worded,
    adds,
    adds_each,
    books,
    does,
    drops,
    foretells,
    register,
    sets,
    sets_each,
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
    "differences",
    "does",
    "drops",
    "foretells",
    "register",
    "sets",
    "sets_each",
]
