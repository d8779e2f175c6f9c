"""Which state belongs to a database: the file named by the id that the database holds.

The id is random and made with the state, so that a new database never meets an old state,
and a database that has lost its state says so instead of going on with another.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from consultazione.core.columns import Base
from consultazione.core.text_keys.state_file import StateFile, TextKeysUnavailable
from consultazione.core.text_keys.tree import Tree

_INFO = "text_keys"
_TREE = "text_keys.tree"


class TextKeyState(Base):
    """The one row that says which state holds the keys of this database's texts.

    clear_copies: texts were stored in clear before, and their old copies must still be
    removed from the files of the database.
    """

    __tablename__ = "text_key_state"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    clear_copies: Mapped[bool]


class TextKeys:
    """The keys of one database's texts, found in a directory at their first use."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._state: StateFile | None = None

    def attach(self, session: Session) -> None:
        """Let what works with a session find these keys (`keys_of`)."""
        session.info[_INFO] = self

    def tree(self, session: Session) -> Tree:
        """The keys as a session found them first; TextKeysUnavailable if they cannot be read."""
        found = session.info.get(_TREE)
        if not isinstance(found, Tree):
            found = session.info[_TREE] = self._of(session).tree()
        return found

    def destroy(self, session: Session, leaves: Iterable[int]) -> None:
        """Destroy the keys of some leaves for ever; nothing happens where that is done."""
        self._of(session).destroy(leaves)

    def prepare(self, session: Session, *, has_texts: bool) -> None:
        """Make the state if there is none yet; TextKeysUnavailable if there was one.

        has_texts: whether the database holds texts, which no new state could open.
        """
        if has_texts:
            self.tree(session)
        elif not self._of(session).exists():
            self.make(session)

    def make(self, session: Session) -> Tree:
        """Make a state under a new id, and have the database hold that id."""
        made = uuid.uuid4()
        self._state = state_of(self._directory, made)
        self._state.create()
        session.execute(update(TextKeyState).values(id=made))
        return self._state.tree()

    def _of(self, session: Session) -> StateFile:
        if self._state is None:
            self._state = state_of(self._directory, session.scalars(select(TextKeyState.id)).one())
        return self._state


def keys_of(session: Session) -> TextKeys:
    """The keys that were attached to a session; TextKeysUnavailable if none were."""
    found = session.info.get(_INFO)
    if not isinstance(found, TextKeys):
        raise TextKeysUnavailable(
            "This part of the program has no keys of texts: open its database with them."
        )
    return found


def state_of(directory: Path, state_id: uuid.UUID) -> StateFile:
    """The file of a state in a directory."""
    return StateFile(directory / f"text-keys-{state_id}")
