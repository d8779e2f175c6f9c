"""The interface of a signing method."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Protocol

from consultazione.core.db import Transaction


class SigningMethod(Protocol):
    """A way to prove that an answer to a document is the actor's own; stateless.

    name: identifies the method in parties and events.
    """

    name: ClassVar[str]

    def confirm(self, tx: Transaction, *, digest: str, proof: Mapping[str, str]) -> None:
        """Return if the proof is the actor's, for that digest; raise Invalid otherwise."""
