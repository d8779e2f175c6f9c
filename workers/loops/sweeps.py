"""Ends and forgets what has lasted long enough."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import structlog
from redis import Redis

from consultazione.core import clock, idempotency
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.core.errors import Refusal
from consultazione.core.keys import KeysAway, KeyStore
from consultazione.italian import italian
from consultazione.live import frames, presence
from consultazione.live.silences import Silences
from consultazione.minutes.commands.approving_together import approve_by_silence
from consultazione.minutes.queries import silent_drafts
from consultazione.outcomes.commands.copying import freeze_outcome_copy
from consultazione.outcomes.commands.ending import end_sign_off
from consultazione.outcomes.queries import overdue_outcomes, uncopied_outcomes
from consultazione.sittings.lifecycle.commands.rehearsals import end_rehearsal
from consultazione.sittings.polls.sealing import sweep_keys
from consultazione.sittings.rehearsals import rehearsals_over

_PRESENCE_EVERY = 15.0
_POLL_KEYS_EVERY = 60.0
_SIGN_OFF_EVERY = 60.0
_REST_EVERY = 600.0
_JOBS_TAKE = timedelta(minutes=2)
_log = structlog.get_logger()


class PresenceSweep:
    """Ends the attendance of those whose connection has been gone for long."""

    def __init__(self, database: Database, redis: Redis) -> None:
        self._database = database
        self._redis = redis
        self._silences = Silences()

    def every(self) -> float:
        """A quarter of a minute."""
        return _PRESENCE_EVERY

    def turn(self) -> None:
        """Mark the silent as departed."""
        presence.sweep(self._database, self._redis, self._silences)


class KeySweep:
    """Forgets the keys of acts that nobody will send again."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def every(self) -> float:
        """Ten minutes."""
        return _REST_EVERY

    def turn(self) -> None:
        """Forget old keys."""
        with self._database.transaction(SYSTEM) as tx:
            idempotency.forget_old(tx.session, now=tx.now)


class PollKeySweep:
    """Destroys the keys of secret polls that are over, where their end could not."""

    def __init__(self, database: Database, keys: KeyStore) -> None:
        self._database = database
        self._keys = keys

    def every(self) -> float:
        """A minute."""
        return _POLL_KEYS_EVERY

    def turn(self) -> None:
        """Destroy them; a key store that is away has its turn later."""
        try:
            with self._database.snapshot() as session:
                over = sweep_keys(session, self._keys, now=clock.now())
        except KeysAway as error:
            _log.warning("the keys of secret polls were not swept", reason=str(error))
        else:
            if over:
                _log.info("keys of secret polls destroyed", count=len(over))


class SignOffSweep:
    """Ends the sign-off of outcomes whose deadline has passed.

    Each in a transaction of its own; killed in between, the next leader goes on with the rest.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def every(self) -> float:
        """A minute."""
        return _SIGN_OFF_EVERY

    def turn(self) -> None:
        """Record silence as silence, and close them."""
        with self._database.snapshot() as session:
            over = overdue_outcomes(session, today=clock.today())
        for outcome_id in over:
            with italian(), self._database.transaction(SYSTEM) as tx:
                end_sign_off(tx, outcome_id=outcome_id)


class CopySweep:
    """Writes the copies to be signed of outcomes that were opened before there were any.

    One a turn: the job of an outcome's opening writes that of a new one.
    """

    def __init__(self, database: Database, public_url: str) -> None:
        self._database = database
        self._public_url = public_url
        self._tried: set[int] = set()

    def every(self) -> float:
        """A minute."""
        return _SIGN_OFF_EVERY

    def turn(self) -> None:
        """Write the next that was not tried yet."""
        with self._database.snapshot() as session:
            ids = uncopied_outcomes(session, opened_before=clock.now() - _JOBS_TAKE)
        for outcome_id in [one for one in ids if one not in self._tried][:1]:
            self._tried.add(outcome_id)
            with suppress(Refusal), self._database.transaction(SYSTEM) as tx:
                freeze_outcome_copy(tx, outcome_id=outcome_id, public_url=self._public_url)


class SilenceSweep:
    """Approves the drafts of minutes that those present let pass without a request.

    Each in a transaction of its own; killed in between, the next leader goes on with the rest.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def every(self) -> float:
        """A minute."""
        return _SIGN_OFF_EVERY

    def turn(self) -> None:
        """Record silence as approval."""
        with self._database.snapshot() as session:
            silent = silent_drafts(session, today=clock.today())
        for minutes_id in silent:
            with self._database.transaction(SYSTEM) as tx:
                approve_by_silence(tx, minutes_id=minutes_id)


class RehearsalSweep:
    """Ends rehearsals that nobody has ended."""

    def __init__(self, database: Database, redis: Redis) -> None:
        self._database = database
        self._redis = redis

    def every(self) -> float:
        """Ten minutes."""
        return _REST_EVERY

    def turn(self) -> None:
        """End them, and forget who was present in sittings that are over."""
        with self._database.transaction(SYSTEM) as tx:
            for sitting_id in rehearsals_over(tx.session, now=tx.now):
                end_rehearsal(tx, sitting_id=sitting_id)
            going_on = frames.open_sittings(tx.session)
        presence.forget_ended(self._redis, going_on)
