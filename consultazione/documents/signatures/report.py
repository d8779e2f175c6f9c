"""What is kept of a signature: facts, without a language, that `sentences.py` puts into words."""

from __future__ import annotations

import unicodedata
from typing import Literal, NotRequired, TypedDict

from consultazione.documents.validation.told import Judged


class Report(TypedDict):
    """What was found of one signature.

    covers: the whole file, or the document by its digest. Of a certificate: signer, its name and
    no tax code; qualified: None if no trusted list said; valid_from, valid_to, claimed_at,
    stamped_at: moments in ISO 8601, the last two being the signer's own claim and that of a
    trusted time stamp. chain, revocation: whether they could be judged. lists_of: when the
    trusted list was issued; list_expired: if the next one was due by then. name_fits: whether the
    signer is called as who handed the file in.
    """

    method: str
    covers: Literal["file", "digest"]
    signer: NotRequired[str]
    issuer: NotRequired[str]
    fingerprint: NotRequired[str]
    qualified: NotRequired[bool | None]
    valid_from: NotRequired[str]
    valid_to: NotRequired[str]
    claimed_at: NotRequired[str | None]
    stamped_at: NotRequired[str | None]
    chain: NotRequired[Judged]
    revocation: NotRequired[Judged]
    lists_of: NotRequired[str | None]
    list_expired: NotRequired[bool]
    name_fits: NotRequired[bool]


def names_fit(certified: str, displayed: str) -> bool:
    """True if two names can be one person's: the words of one are all in the other.

    Capitals, accents, order and a second first name make no difference.
    """
    one, other = _words(certified), _words(displayed)
    return bool(one and other) and (one <= other or other <= one)


def _words(name: str) -> set[str]:
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return set("".join(c if c.isalnum() else " " for c in bare.casefold()).split())
