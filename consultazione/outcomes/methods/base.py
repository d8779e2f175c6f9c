"""The interface of a signing method."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Protocol

from consultazione.core.db import Transaction
from consultazione.people.credentials.identity_proof import Credentials


class SigningMethod(Protocol):
    """A way to prove that an answer to a document is the actor's own; stateless.

    A proof is made first, while no connection and no lock is held, and spent in the transaction
    of the answer. name: identifies the method in parties and events.
    """

    name: ClassVar[str]

    def prove(
        self,
        credentials: Credentials | None,
        *,
        digest: str,
        given: Mapping[str, str],
        at_the_front: Callable[[], None],
    ) -> Any:
        """The proof for that digest, of what the person has given; Invalid if it is wrong.

        at_the_front: called before anything costly begins; it may refuse.
        """

    def confirm(self, tx: Transaction, *, digest: str, proof: Any) -> None:
        """Return if the proof is the actor's, for that digest, and unused; refuse otherwise."""
