"""The stems of texts that stand in clear nowhere, as digests under a key that can be destroyed.

A comment's words are sealed in the log, so that an erased one can be read from nothing that is
left (docs/erasure.md). An index of its words in clear would undo that: stems would lie in the
files of the database, and in its statistics. So each stem is stored as a keyed digest of 63 bits.
The key is one of those of texts (`core.text_keys`), named by its leaf. After an erasure all is
digested anew under another key and the old one destroyed (`rekeying`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

from consultazione.core.text_keys import keys_of
from consultazione.search.kinds.base import plain_words

_BYTES = 8
_POSITIVE = 2**63 - 1
_PERSON = b"search stems"
_STEMS = text(
    "SELECT tsvector_to_array(to_tsvector('italian_plain', body))"
    " FROM unnest(CAST(:bodies AS text[])) WITH ORDINALITY AS given (body, place) ORDER BY place"
)


def stems_of(session: Session, bodies: Sequence[str]) -> list[list[str]]:
    """The different stems of each text, in one statement; stop words have none."""
    if not bodies:
        return []
    given = {"bodies": [plain_words(body) for body in bodies]}
    return [list(found or ()) for found in session.scalars(_STEMS, given)]


def sealed(session: Session, leaf: int, stems: Iterable[str]) -> list[int]:
    """The digests of stems under the key of a leaf, each a number that a bigint holds."""
    key = keys_of(session).tree(session).key(leaf)
    return [_digest(key, stem) for stem in stems]


def _digest(key: bytes, stem: str) -> int:
    made = hashlib.blake2b(stem.encode(), key=key, digest_size=_BYTES, person=_PERSON).digest()
    return int.from_bytes(made) & _POSITIVE
