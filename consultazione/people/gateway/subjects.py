"""What the gateway says of somebody, and the digest by which they are found again.

The gateway's own name for a person (`sub`) can be their tax code, which anybody can compute from
a name and a birthday. So it is kept as a digest under the server's key: the database alone tells
nobody who it is.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field

from itsdangerous import BadData, URLSafeTimedSerializer

GOOD_FOR = 900
_LABEL = b"consultazione gateway subject 1\n"


@dataclass(frozen=True)
class Subject:
    """Whom the gateway has just let in here.

    digests: of its name for them, under the server's present key and then under earlier ones.
    level: of SPID, 1 to 3. name, email: as the gateway has them; empty if it tells none.
    """

    digests: tuple[bytes, ...] = field(repr=False)
    level: int
    name: str = field(default="", repr=False)
    email: str = field(default="", repr=False)


def digests_of(issuer: str, sub: str, keys: Sequence[str]) -> tuple[bytes, ...]:
    """The digests of a gateway's name for somebody. keys: the server's, the newest last."""
    told = f"{issuer}\n{sub}".encode()
    return tuple(hmac.digest(key.encode(), _LABEL + told, hashlib.sha256) for key in reversed(keys))


def word_of(subject: Subject, keys: Sequence[str]) -> str:
    """A signed word that stands for a subject in the browser's cookie for a quarter of an hour."""
    told = [[one.hex() for one in subject.digests], subject.level, subject.name, subject.email]
    return str(_signer(keys).dumps(told))


def subject_in(word: str, keys: Sequence[str]) -> Subject | None:
    """The subject that a word stands for; None if it is none of ours, or too old."""
    try:
        digests, level, name, email = _signer(keys).loads(word, max_age=GOOD_FOR)
    except BadData:
        return None
    return Subject(tuple(map(bytes.fromhex, digests)), int(level), str(name), str(email))


def _signer(keys: Sequence[str]) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(list(keys), salt="gateway subject")
