"""Signing by entering one's password again: a simple electronic signature (eIDAS art. 25)."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from consultazione.core.db import Transaction
from consultazione.core.errors import Sentence
from consultazione.documents.signatures.base import Confirmed, Given
from consultazione.documents.signatures.report import Report
from consultazione.people.commands.accounts import confirm_identity
from consultazione.people.credentials.identity_proof import (
    Credentials,
    IdentityProof,
    credentials_of,
    prove_again,
)


class Reauthenticated:
    """The actor enters their password again; the log binds the answer to the digest."""

    name: ClassVar[str] = "reauthenticated"
    label: ClassVar[Sentence] = _("by their password, typed anew over this very text")
    choice: ClassVar[Sentence] = _("With your password")
    signs_text: ClassVar[bool] = False
    why_not: ClassVar[Sentence | None] = None

    def found(self, session: Session, *, person_id: int, digest: str) -> Credentials | None:
        """The hash that the password is compared with."""
        return credentials_of(session, person_id)

    def prove(
        self,
        found: Credentials | None,
        given: Given,
        *,
        digest: str,
        at_the_front: Callable[[], None],
    ) -> IdentityProof:
        """The proof for that digest alone; Invalid, naming the field, for another password."""
        return prove_again(
            found, given.password, purpose=_purpose(digest), at_the_front=at_the_front
        )

    def confirm(self, tx: Transaction, *, digest: str, proof: IdentityProof) -> Confirmed:
        """Spend the proof; Conflict if it is not the actor's, for that digest, and unused."""
        confirm_identity(tx, proof=proof, purpose=_purpose(digest))
        return Confirmed(Report(method=self.name, covers="digest"))


def _purpose(digest: str) -> str:
    return f"answer {digest}"
