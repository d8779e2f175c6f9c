"""Makes leaves of new entries, and signs what the tree has become."""

from __future__ import annotations

from consultazione.core import clock
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.transparency.growth import BATCH, grow, is_due, publish
from consultazione.transparency.notes import Signer

_EVERY = 0.5


class PublicLog:
    """The tree over the log follows the log: in a minute, and at once where something ends.

    What has happened before there was a tree is caught up with batch by batch, between which the
    other loops have their turns.
    """

    def __init__(self, database: Database, signer: Signer) -> None:
        self._database = database
        self._signer = signer
        self._is_behind = False

    def every(self) -> float:
        """Half a second; no time at all while entries are waiting."""
        return 0.0 if self._is_behind else _EVERY

    def turn(self) -> None:
        """Grow the tree by a batch, and sign a checkpoint once nothing is left."""
        if not self._is_behind:
            with self._database.snapshot() as session:
                if not is_due(session, now=clock.now()):
                    return
        with self._database.transaction(SYSTEM) as tx:
            self._is_behind = grow(tx) == BATCH
            if not self._is_behind:
                publish(tx, signer=self._signer)
