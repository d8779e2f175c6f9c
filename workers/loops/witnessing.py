"""Asks witnesses to cosign the newest checkpoint, beside everything else a dispatcher does."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import structlog

from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.transparency.cosigning import (
    keep_cosignature,
    lacking,
    prove_growth,
    signed_note,
)
from consultazione.transparency.witness.asking import NotCosigned, Witness, ask

_EVERY = 1.0
_AGAIN_AFTER = 30.0  # a witness that did not cosign is asked again
_log = structlog.get_logger()


class Witnessing:
    """One thread asks, since a witness may take seconds, and no sitting waits for it.

    begin: how the asking is started; tests do it on the spot.
    """

    def __init__(
        self,
        database: Database,
        witnesses: Sequence[Witness],
        begin: Callable[[Callable[[], None]], Future[None]] | None = None,
    ) -> None:
        self._database = database
        self._witnesses = {witness.key.name: witness for witness in witnesses}
        self._begin = begin or ThreadPoolExecutor(1, "witnesses").submit
        self._asking: Future[None] | None = None
        self._not_before: dict[str, float] = {}

    def every(self) -> float:
        """A second."""
        return _EVERY

    def turn(self) -> None:
        """Begin to ask whoever has not cosigned, unless the last asking still goes on."""
        if self._asking is not None:
            if not self._asking.done():
                return
            self._asking.result()
        self._asking = self._begin(self.ask_all)

    def ask_all(self) -> None:
        """Ask each that is due, and keep what it signs."""
        now = time.monotonic()
        names = [name for name in self._witnesses if now >= self._not_before.get(name, 0.0)]
        if not names:
            return
        with self._database.snapshot() as session:
            due = lacking(session, names)
            if not due:
                return
            size, note = signed_note(session)
        for name, known in due.items():
            self._ask(self._witnesses[name], note, size, known)

    def _ask(self, witness: Witness, note: str, size: int, known: int) -> None:
        """Ask one; no transaction is open while it thinks."""

        def prove(old: int) -> list[bytes]:
            with self._database.snapshot() as session:
                return prove_growth(session, old, size)

        try:
            signature = ask(witness, note, size, known=known, prove=prove)
        except NotCosigned as error:
            self._not_before[witness.key.name] = time.monotonic() + _AGAIN_AFTER
            _log.warning("the public log was not cosigned", size=size, reason=str(error))
            return
        with self._database.transaction(SYSTEM) as tx:
            keep_cosignature(tx, size=size, signature=signature)
