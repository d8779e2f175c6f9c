"""Signing by a passkey (W3C WebAuthn level 2): the authenticator signs the document's digest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Sentence
from consultazione.documents.signatures.base import Confirmed, Given
from consultazione.documents.signatures.report import Report
from consultazione.people.passkeys.ceremony import Known, Used, used
from consultazione.people.passkeys.queries import known_passkeys
from consultazione.people.passkeys.uses import note_use


@dataclass
class PasskeyProof:
    """That one of a person's passkeys signed the challenge for a digest; good for one use."""

    digest: str
    used: Used
    is_spent: bool = False


class ByPasskey:
    """A passkey of the actor signs a challenge that is made of the document's digest."""

    name: ClassVar[str] = "passkey"
    label: ClassVar[Sentence] = _("by a passkey of their own, over this very text")
    choice: ClassVar[Sentence] = _("With a passkey")
    signs_text: ClassVar[bool] = False
    why_not: ClassVar[Sentence | None] = None

    def found(self, session: Session, *, person_id: int, digest: str) -> Sequence[Known]:
        """The person's passkeys."""
        return known_passkeys(session, person_id)

    def prove(
        self,
        found: Sequence[Known],
        given: Given,
        *,
        digest: str,
        at_the_front: Callable[[], None],
    ) -> PasskeyProof:
        """The proof for that digest; Invalid on `assertion` if no passkey of theirs gave it."""
        at_the_front()
        site = given.site
        return PasskeyProof(
            digest,
            used(
                found,
                given.assertion,
                word=given.challenge,
                subject=digest,
                origin=site.origin,
                keys=site.keys,
            ),
        )

    def confirm(self, tx: Transaction, *, digest: str, proof: PasskeyProof) -> Confirmed:
        """Spend the proof; Conflict if it is for another digest, used, or the passkey is gone."""
        if proof.is_spent or proof.digest != digest:
            raise Conflict(_("The passkey has signed something else: use it once more."))
        proof.is_spent = True
        note_use(tx, proof.used)
        report = Report(method=self.name, covers="digest", fingerprint=proof.used.fingerprint)
        return Confirmed(report, evidence=proof.used.evidence)
