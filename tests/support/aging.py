"""The database of an old sitting, which grows older with each revision that a test asks for."""

from __future__ import annotations

from contextlib import ExitStack

from sqlalchemy import Engine

from tests.support.old_rows import store_an_old_sitting
from tests.support.scratch_database import Scratch, scratch_database

FIRST = "0001"


class Aging:
    """Keeps the sitting at the revision that was last asked for, to be copied.

    To come to the last revisions takes seconds. The tests ask for one after the other, so that
    few migrations are left to apply; for an earlier one it begins anew.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._open = ExitStack()
        self._begin()

    def at(self, revision: str) -> str:
        """The name of the database, which now is at that revision."""
        if revision < self._revision:  # numbers of four digits, or `head`
            self.close()
            self._begin()
        if revision != self._revision:
            self._scratch.upgrade(revision)
            self._revision = revision
        return "aging"

    def close(self) -> None:
        """Drop the database."""
        self._open.close()

    def _begin(self) -> None:
        self._scratch = self._open.enter_context(scratch_database(self.engine, "aging"))
        self._scratch.upgrade(FIRST)
        store_an_old_sitting(self._scratch)
        self._revision = FIRST


class Old(Scratch):
    """A copy, made when it is first used, at the revision that it is first taken to, or at 0001."""

    def __init__(self, aging: Aging) -> None:
        self._aging = aging
        self._open = ExitStack()
        self._copy: Scratch | None = None

    @property
    def engine(self) -> Engine:  # type: ignore[override]
        """An engine on the copy."""
        return self._made(FIRST).engine

    def upgrade(self, revision: str) -> None:
        """Apply migrations up to a revision: at first in the database that is copied."""
        if self._copy is None:
            self._made(revision)
        else:
            self._copy.upgrade(revision)

    def downgrade(self, revision: str) -> None:
        """Undo migrations down to a revision."""
        self._made(FIRST).downgrade(revision)

    def close(self) -> None:
        """Drop the copy."""
        self._open.close()

    def _made(self, revision: str) -> Scratch:
        if self._copy is None:
            copy = scratch_database(
                self._aging.engine, "scratch", template=self._aging.at(revision)
            )
            self._copy = self._open.enter_context(copy)
        return self._copy
