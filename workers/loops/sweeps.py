"""Ends and forgets what has lasted long enough."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import structlog
from redis import Redis
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from consultazione.core import clock, idempotency, job_outbox
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database, Transaction
from consultazione.core.keys import KeysAway, KeyStore
from consultazione.core.log import EntryRow
from consultazione.italian import italian
from consultazione.live import frames, presence
from consultazione.live.silences import Silences
from consultazione.minutes.commands.approving_together import approve_by_silence
from consultazione.minutes.events import minutes_stream
from consultazione.minutes.queries import silent_drafts
from consultazione.minutes.signing.signers import uncopied_minutes
from consultazione.opinions.commands.maps import end_opinion_map
from consultazione.opinions.queries import overdue_maps
from consultazione.outcomes.commands.ending import end_sign_off
from consultazione.outcomes.events import outcome_stream
from consultazione.outcomes.queries import overdue_outcomes, uncopied_outcomes
from consultazione.people.invitations.commands import lapse_invitation
from consultazione.people.invitations.queries import lapsed_invitations
from consultazione.people.mandates.commands import announce_end
from consultazione.people.mandates.ending_soon import unannounced
from consultazione.sittings.lifecycle.commands.rehearsals import end_rehearsal
from consultazione.sittings.polls.sealing import sweep_keys
from consultazione.sittings.rehearsals import rehearsals_over
from workers.reactions import COPIES

_PRESENCE_EVERY = 15.0
_POLL_KEYS_EVERY = 60.0
_DEADLINES_EVERY = 60.0
_COPIES_EVERY = 60.0
_REST_EVERY = 600.0
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


class DeadlineSweep:
    """Ends what was open until a day that has passed.

    Each in a transaction of its own; killed in between, the next leader goes on with the rest.
    over: the ids of what is over, as of a day. end: ends one of them by its command.
    """

    def __init__(
        self,
        database: Database,
        over: Callable[[Session, date], list[int]],
        end: Callable[[Transaction, int], object],
    ) -> None:
        self._database, self._over, self._end = database, over, end

    def every(self) -> float:
        """A minute."""
        return _DEADLINES_EVERY

    def turn(self) -> None:
        """End what is over."""
        with self._database.snapshot() as session:
            over = self._over(session, clock.today())
        for one in over:
            with italian(), self._database.transaction(SYSTEM) as tx:
                self._end(tx, one)


def sign_off_sweep(database: Database) -> DeadlineSweep:
    """Ends the sign-off of outcomes: silence is recorded as silence."""
    return DeadlineSweep(
        database,
        over=lambda session, today: overdue_outcomes(session, today=today),
        end=lambda tx, one: end_sign_off(tx, outcome_id=one),
    )


def silence_sweep(database: Database) -> DeadlineSweep:
    """Approves the drafts of minutes that those present let pass without a request."""
    return DeadlineSweep(
        database,
        over=lambda session, today: silent_drafts(session, today=today),
        end=lambda tx, one: approve_by_silence(tx, minutes_id=one),
    )


def opinion_sweep(database: Database) -> DeadlineSweep:
    """Closes the opinion maps whose last moment has passed."""
    return DeadlineSweep(
        database,
        over=lambda session, _today: overdue_maps(session, now=clock.now()),
        end=lambda tx, one: end_opinion_map(tx, map_id=one),
    )


def mandate_sweep(database: Database) -> DeadlineSweep:
    """Reminds delegates of the end of their mandates."""
    return DeadlineSweep(
        database,
        over=lambda session, today: unannounced(session, at=clock.now(), today=today),
        end=lambda tx, one: announce_end(tx, mandate_id=one),
    )


def invitation_sweep(database: Database) -> DeadlineSweep:
    """Forgets invitations that nobody used."""
    return DeadlineSweep(
        database,
        over=lambda session, today: lapsed_invitations(session, today=today),
        end=lambda tx, one: lapse_invitation(tx, invitation_id=one),
    )


class CopySweep:
    """Has the copies to be signed written of outcomes and minutes that are older than such copies.

    A worker writes them, since typesetting takes seconds: here the job is owed that the entry of
    the outcome's opening, of its edition, or of the minutes' sealing owes by itself today.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def every(self) -> float:
        """A minute."""
        return _COPIES_EVERY

    def turn(self) -> None:
        """Owe what is missing; a job that is there already, in whatever state, stays as it is."""
        with self._database.transaction(SYSTEM) as tx:
            job_outbox.add_jobs(tx.session, _copies_owed(tx.session), at=tx.now)


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


def _copies_owed(session: Session) -> list[tuple[int, str]]:
    """The jobs that write the copies that are missing, as pairs of position and reaction.

    The newest entry that asks for the copy: an outcome that has an edition is copied as it has it.
    """
    streams = [outcome_stream(one) for one in uncopied_outcomes(session)]
    streams += [minutes_stream(one) for one in uncopied_minutes(session)]
    if not streams:
        return []
    asks = (
        select(EntryRow.position, EntryRow.kind)
        .ext(distinct_on(EntryRow.stream))
        .where(EntryRow.stream.in_(streams), EntryRow.kind.in_(COPIES))
        .order_by(EntryRow.stream, EntryRow.position.desc())
    )
    return [(position, COPIES[kind]) for position, kind in session.execute(asks)]
