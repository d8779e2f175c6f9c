"""Signing by entering one's password again: a simple electronic signature (eIDAS art. 25)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from consultazione.core.db import Transaction
from consultazione.people.commands.accounts import confirm_identity
from consultazione.people.credentials.identity_proof import Credentials, IdentityProof, prove_again


class Reauthenticated:
    """The actor enters their password again; the log binds the answer to the digest."""

    name: ClassVar[str] = "reauthenticated"

    def prove(
        self,
        credentials: Credentials | None,
        *,
        digest: str,
        given: Mapping[str, str],
        at_the_front: Callable[[], None],
    ) -> IdentityProof:
        """The proof for that digest alone; Invalid, naming the field, for another password."""
        password = given.get("password", "")
        return prove_again(
            credentials, password, purpose=_purpose(digest), at_the_front=at_the_front
        )

    def confirm(self, tx: Transaction, *, digest: str, proof: IdentityProof) -> None:
        """Spend the proof; Conflict if it is not the actor's, for that digest, and unused."""
        confirm_identity(tx, proof=proof, purpose=_purpose(digest))


def _purpose(digest: str) -> str:
    return f"answer {digest}"
