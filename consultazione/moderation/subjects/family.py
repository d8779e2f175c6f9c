"""What every kind of text that can be reported knows how to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.orm import Session

from consultazione.core.actor import Actor
from consultazione.core.db import Transaction
from consultazione.moderation.models import Action, TextKind


@dataclass(frozen=True)
class Subject:
    """A text as moderation sees it.

    words: what it says, also while it is hidden; empty once it is erased. about: the title of
    what it stands under. is_shown: True if readers read it now. home: endpoint and argument of
    the page on which it stands.
    """

    kind: TextKind
    id: int
    author_id: int
    zone_id: int
    table_id: int
    words: str
    about: str
    is_shown: bool
    home: tuple[str, dict[str, int]]


class Family(Protocol):
    """One kind of text; its commands ask for their own permissions."""

    @property
    def kind(self) -> TextKind:
        """Which kind it is."""

    @property
    def actions(self) -> Sequence[Action]:
        """What can be done with such a text."""

    def find(self, session: Session, text_id: int, /) -> Subject | None:
        """The text; None if there is none, or none any more."""

    def may_read(self, session: Session, actor: Actor, subject: Subject, /) -> bool:
        """True if the actor reads the text where it stands."""

    def hide(self, tx: Transaction, text_id: int, reason: str, /) -> None:
        """Hide it, for a reason that is public."""

    def show(self, tx: Transaction, text_id: int, reason: str, /) -> None:
        """Show it again, for a reason."""

    def erase(self, tx: Transaction, text_id: int, reason: str, /) -> None:
        """Erase it for good; Conflict where only an order of erasure does."""
