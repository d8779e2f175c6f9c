"""Destroys the keys of texts that were erased, so that no remnant on a disk can be read."""

from __future__ import annotations

import structlog

from consultazione.core import log
from consultazione.core.db import Database
from consultazione.core.text_keys import TextKeysUnavailable

_EVERY = 1.0
# After so many it looks at all of them again: an old copy of the keys may have been put back.
_TURNS_TO_FORGET = 3600
_log = structlog.get_logger()


class ErasedTexts:
    """The second half of an erasure: the first is committed before this one sees it.

    In the other order, an erasure that was rolled back would have destroyed a text that stays.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._destroyed: set[int] = set()
        self._turns = 0

    def every(self) -> float:
        """A second."""
        return _EVERY

    def turn(self) -> None:
        """Destroy the keys of every erased text that still has one; failing that, say so."""
        self._turns += 1
        if self._turns % _TURNS_TO_FORGET == 0:
            self._destroyed.clear()
        try:
            with self._database.snapshot() as session:
                log.destroy_erased(session, destroyed=self._destroyed)
        except (OSError, TextKeysUnavailable) as error:
            _log.error("keys of erased texts are not destroyed yet", reason=str(error))
