"""Keys of texts, each of which can be destroyed for ever without touching the others.

A text is encrypted under a key of its own, the key of a *leaf*: a number that the database
draws once for each text. All keys follow from one small state, a tree (`tree`), which stands
in a file outside of PostgreSQL and of DATA_DIR (`state_file`). To destroy the key of a leaf
is to rewrite that file so that the leaf's key no longer follows from it: whatever remains of
the text on a disk, in the write-ahead log or in a copy of the database is then noise.
`keyring` finds the state that belongs to a database; `sealing` encrypts and decrypts.

What this protects from, and from what it cannot: docs/erasure.md.
"""

from __future__ import annotations

from consultazione.core.text_keys.keyring import TextKeys, TextKeyState, keys_of, state_of
from consultazione.core.text_keys.sealing import Damaged, open_sealed, seal
from consultazione.core.text_keys.state_file import StateFile, TextKeysUnavailable
from consultazione.core.text_keys.tree import KeyDestroyed, Tree

__all__ = [
    "Damaged",
    "KeyDestroyed",
    "StateFile",
    "TextKeyState",
    "TextKeys",
    "TextKeysUnavailable",
    "Tree",
    "keys_of",
    "open_sealed",
    "seal",
    "state_of",
]
