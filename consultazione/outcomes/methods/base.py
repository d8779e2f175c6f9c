"""What every way to sign can do; a way is one small class without state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Protocol

from consultazione.core.db import Transaction


class SigningMethod(Protocol):
    """A way to show that an answer over a digest is the actor's own.

    name: how parties and events call the way.
    """

    name: ClassVar[str]

    def confirm(self, tx: Transaction, *, digest: str, proof: Mapping[str, str]) -> None:
        """Return if the proof is the actor's, over that digest; else raise Invalid."""
