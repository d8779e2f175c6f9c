"""Makes leaves of new entries, and signs what the tree has become."""

from __future__ import annotations

import structlog

from consultazione.config import BadSetting
from consultazione.core import clock
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.log_keys import LogKeys
from consultazione.transparency.growth import BATCH, Forked, grow, publish
from consultazione.transparency.lookout import Lookout
from consultazione.transparency.notes import BadNote
from consultazione.transparency.queries import newest_checkpoint

EVERY = 0.5
_NEXT_BATCH = 0.2
_AGAIN_AFTER = 60.0
_log = structlog.get_logger()


class PublicLog:
    """The tree over the log follows the log: in a minute, and at once where something ends.

    What has happened before there was a tree is caught up with batch by batch, between which the
    other loops have their turns. A tree that does not continue the last checkpoint is not
    signed: the log says so each minute, until a person has looked at it.
    """

    def __init__(self, database: Database, keys: LogKeys) -> None:
        self._database = database
        self._keys = keys
        self._lookout = Lookout()
        self._is_behind = False
        self._is_barred = False

    def every(self) -> float:
        """Half a second; less while entries are waiting, but rooms and votes come first."""
        if self._is_barred:
            return _AGAIN_AFTER
        return _NEXT_BATCH if self._is_behind else EVERY

    def turn(self) -> None:
        """Grow the tree by a batch, and sign a checkpoint once nothing is left."""
        self._is_barred = False
        try:
            self._grow_and_sign()
        except (BadSetting, BadNote, Forked, OSError) as error:
            self._is_barred = True
            _log.error("the public log is not signed", reason=str(error))

    def _grow_and_sign(self) -> None:
        if not self._is_behind:
            with self._database.snapshot() as session:
                if not self._lookout.is_due(session, now=clock.now()):
                    return
        with self._database.transaction(SYSTEM) as tx:
            self._is_behind = grow(tx) == BATCH
            if not self._is_behind:
                signer, known = self._keys.signer(tx.session), self._keys.known(tx.session)
                publish(tx, signer=signer, known=known)
        if not self._is_behind:
            with self._database.snapshot() as session:
                newest = newest_checkpoint(session)
                if newest is not None:
                    self._keys.keep(session, newest.note)
