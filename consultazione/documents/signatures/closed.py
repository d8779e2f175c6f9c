"""A way to sign that has its place, and cannot be used yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, NoReturn

from sqlalchemy.orm import Session

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Sentence
from consultazione.documents.signatures.base import Given


class Closed:
    """What such methods have in common: they say why they are closed."""

    name: ClassVar[str]
    why_not: ClassVar[Sentence | None]
    signs_text: ClassVar[bool] = True

    def found(self, session: Session, *, person_id: int, digest: str) -> None:
        """Nothing is read for it."""

    def prove(
        self, found: None, given: Given, *, digest: str, at_the_front: Callable[[], None]
    ) -> NoReturn:
        """Conflict, which says why it is closed."""
        raise Conflict(self.why_not or self.name)

    def confirm(self, tx: Transaction, *, digest: str, proof: None) -> NoReturn:
        """Conflict, which says why it is closed."""
        raise Conflict(self.why_not or self.name)
