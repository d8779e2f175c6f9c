"""What a page of signing needs, whichever document is signed: the choices, and the proof."""

from __future__ import annotations

from enum import StrEnum
from typing import TypedDict

from sqlalchemy.orm import Session

from consultazione.documents.signatures.base import Site
from consultazione.documents.signatures.cades import Cades
from consultazione.documents.signatures.code import ByCode
from consultazione.documents.signatures.pades import Pades
from consultazione.documents.signatures.passkey import ByPasskey
from consultazione.documents.signatures.reauthenticated import Reauthenticated
from consultazione.people.passkeys.ceremony import options_to_use
from consultazione.people.passkeys.challenges import new_word
from consultazione.people.passkeys.queries import known_passkeys
from consultazione.people.second_step.queries import second_step_of


class Way(StrEnum):
    """The ways to sign that a page offers; a file says by its content which it is."""

    PASSWORD = Reauthenticated.name
    PASSKEY = ByPasskey.name
    CODE = ByCode.name
    FILE = "file"


def method_of(way: Way, content: bytes) -> str:
    """The name of the signing method; of a file as its first bytes say."""
    if way is not Way.FILE:
        return way.value
    return Pades.name if content.lstrip()[:5] == b"%PDF-" else Cades.name


class OwnWays(TypedDict, total=False):
    """The ways to sign that a person has set up.

    has_app: whether an app makes their codes. word, options: what the browser needs to sign with
    a passkey; missing if they have none.
    """

    has_app: bool
    word: str
    options: str


def own_ways(session: Session, person_id: int, digest: str, site: Site) -> OwnWays:
    """The ways to sign a document that a person has set up."""
    step, known = second_step_of(session, person_id), known_passkeys(session, person_id)
    has_app = step is not None and step.secret is not None
    if not known:
        return {"has_app": has_app}
    word = new_word(site.keys, digest)
    options = options_to_use(word, known, origin=site.origin)
    return {"has_app": has_app, "word": word, "options": options}
