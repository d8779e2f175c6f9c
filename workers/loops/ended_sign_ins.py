"""Ends sign-ins whose time is over, and closes the connections that rest on one that ended."""

from __future__ import annotations

from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.live.fanout import Fanout
from consultazione.live.room_names import sign_in_room
from consultazione.people.ended_sign_ins import end_outlived, take_ended

_EVERY = 0.5
_OUTLIVED_EVERY = 60.0


class OutlivedSignIns:
    """Sign-ins that nobody ended: they lasted, or were unused, for as long as they may."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def every(self) -> float:
        """A minute."""
        return _OUTLIVED_EVERY

    def turn(self) -> None:
        """End them, so that their connections end with them."""
        with self._database.transaction(SYSTEM) as tx:
            end_outlived(tx.session, tx.now)


class EndedSignIns:
    """What `sign_out` noted, on its way to every web process."""

    def __init__(self, database: Database, fanout: Fanout) -> None:
        self._database = database
        self._fanout = fanout

    def every(self) -> float:
        """Half a second."""
        return _EVERY

    def turn(self) -> None:
        """Have the connections closed; what Redis did not take is noted still."""
        with self._database.transaction(SYSTEM) as tx:
            for digest in take_ended(tx.session):
                self._fanout.end(sign_in_room(digest))
