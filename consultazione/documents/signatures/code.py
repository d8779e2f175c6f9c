"""Signing by a code of one's app (RFC 6238): a simple electronic signature (eIDAS art. 25)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Sentence
from consultazione.core.permissions import acting_person
from consultazione.documents.signatures.base import Confirmed, Given
from consultazione.documents.signatures.report import Report
from consultazione.people.second_step.proofs import (
    Enrolled,
    SecondProof,
    enrolled_of,
    prove_by_app,
    spend,
)


@dataclass
class SpentOnce:
    """That a code was right, for one document; good for one use."""

    digest: str
    code: SecondProof
    is_spent: bool = False


class ByCode:
    """The actor types the code that their app shows; the log binds the answer to the digest."""

    name: ClassVar[str] = "code"
    label: ClassVar[Sentence] = _("by a code of their own app, typed over this very text")
    choice: ClassVar[Sentence] = _("With a code of your app")
    signs_text: ClassVar[bool] = False
    why_not: ClassVar[Sentence | None] = None

    def found(self, session: Session, *, person_id: int, digest: str) -> Enrolled | None:
        """What the code is compared with."""
        return enrolled_of(session, person_id)

    def prove(
        self,
        found: Enrolled | None,
        given: Given,
        *,
        digest: str,
        at_the_front: Callable[[], None],
    ) -> SpentOnce:
        """The proof for that digest alone; Invalid on `code` for another code."""
        keys = given.site.keys
        return SpentOnce(
            digest, prove_by_app(found, given.code, keys=keys, at_the_front=at_the_front)
        )

    def confirm(self, tx: Transaction, *, digest: str, proof: SpentOnce) -> Confirmed:
        """Spend the proof; Conflict if it is not the actor's, for that digest, and unused."""
        if proof.is_spent or proof.digest != digest:
            raise Conflict(_("The code was for something else: type the next one."))
        proof.is_spent = True
        spend(tx, proof.code, acting_person(tx.actor))
        return Confirmed(Report(method=self.name, covers="digest"))
