"""The interface of a signing method."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Protocol

from sqlalchemy.orm import Session

from consultazione.core.db import Transaction
from consultazione.core.errors import Sentence
from consultazione.documents.signatures.report import Report


@dataclass(frozen=True, kw_only=True)
class Site:
    """Where a signature is given.

    origin: the site's public address, as browsers write it; keys: those of the site, newest last,
    which sign challenges. trust: folder with trusted lists and roots; None if there is none.
    zone: the slug of the zone, whose own roots count besides.
    """

    origin: str = ""
    keys: tuple[str, ...] = field(default=(), repr=False)
    trust: Path | None = None
    zone: str = ""


@dataclass(frozen=True, kw_only=True)
class Given:
    """What a person has given to sign with; each method takes what is its own.

    file: the signed file. challenge: the word that the page was made with; assertion: what the
    browser answered to it, as JSON. code: of their app.
    """

    password: str = field(default="", repr=False)
    file: bytes = field(default=b"", repr=False)
    challenge: str = ""
    assertion: str = field(default="", repr=False)
    code: str = field(default="", repr=False)
    site: Site = Site()


@dataclass(frozen=True)
class Confirmed:
    """A signature that holds: what is said of it, and what proves it to others.

    file: the signed file, if there is one. evidence: what else anybody needs to check it.
    """

    report: Report
    file: bytes | None = field(default=None, repr=False)
    evidence: dict[str, str] | None = field(default=None, repr=False)


class SigningMethod(Protocol):
    """A way to prove that an answer to a document is the actor's own; stateless.

    A proof is made first, while no connection and no lock is held, and spent in the transaction
    of the answer. name: identifies the method in rows and events. label: how it is said of a
    signature; choice: how it is offered. signs_text: True if the person signs the document itself,
    so that no refusal can be signed with it. why_not: why it cannot be used; None if it can.
    """

    name: ClassVar[str]
    label: ClassVar[Sentence]
    choice: ClassVar[Sentence]
    signs_text: ClassVar[bool]
    why_not: ClassVar[Sentence | None]

    def found(self, session: Session, *, person_id: int, digest: str) -> Any:
        """What a short reading of the database finds for a proof over a document."""

    def prove(
        self, found: Any, given: Given, *, digest: str, at_the_front: Callable[[], None]
    ) -> Any:
        """The proof for that digest, of what the person has given; Invalid if it is wrong.

        at_the_front: called before anything costly begins; it may refuse.
        """

    def confirm(self, tx: Transaction, *, digest: str, proof: Any) -> Confirmed:
        """What holds if the proof is the actor's, for that digest, and unused; else refuse."""
