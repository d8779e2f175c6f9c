"""The dispatcher: reads the log forward, tells browsers, and has jobs done.

One leads, the others stand by (`loops/leadership.py`). NOTIFY wakes it, a poll is the net
below. It acts before it moves its cursor: after a crash the next leader does the last batch
again, and a browser drops the numbers that it has. Each kind of work is a file of `loops`.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Sequence
from typing import Any

import psycopg
import structlog
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from consultazione import events, logs
from consultazione.config import Settings
from consultazione.core.db import Database, make_engine, open_database
from consultazione.core.db_limits import Limits
from consultazione.core.keys import KeyStore
from consultazione.core.text_keys import TextKeys
from consultazione.keys.stores import open_key_store
from consultazione.live.engine.manager import NotPublished
from consultazione.live.fanout import Fanout, RedisFanout
from consultazione.log_keys import LogKeys, log_keys, read_witnesses
from consultazione.transparency.witness.asking import Witness
from workers.loops.applause import ApplauseCount
from workers.loops.chats import Chats, ChatSweep
from workers.loops.ended_sign_ins import EndedSignIns, OutlivedSignIns
from workers.loops.erased_texts import ErasedTexts
from workers.loops.heartbeat import Heartbeat
from workers.loops.leadership import RETRY_AFTER, leadership, wait_for_append
from workers.loops.mail import MailSweep
from workers.loops.notices import NoticeMails, NoticeReminders
from workers.loops.pace import Pace
from workers.loops.public_log import PublicLog
from workers.loops.reminders import Reminders
from workers.loops.retention import Retention
from workers.loops.rhythm import Loop, Rhythm
from workers.loops.search import SearchIndex, SearchWords
from workers.loops.snapshots import Snapshots
from workers.loops.sweeps import (
    CopySweep,
    KeySweep,
    PollKeySweep,
    PresenceSweep,
    RehearsalSweep,
    invitation_sweep,
    mandate_sweep,
    opinion_sweep,
    sign_off_sweep,
    silence_sweep,
)
from workers.loops.tail import BATCH, Tail
from workers.loops.trust import TrustLists
from workers.loops.witnessing import Witnessing
from workers.queue import open_queue

assert events.ALL  # every event must be readable here

_POLL_EVERY = 0.25  # longest sleep: NOTIFY normally ends it at once
_log = structlog.get_logger()
_AWAY = (SQLAlchemyError, psycopg.Error, RedisError, NotPublished, OSError)


class Dispatcher:
    """The loops of a dispatcher, and what they share.

    log_keys: the key of the public log, which is not written without. witnesses: who cosigns it.
    """

    def __init__(
        self,
        database: Database,
        fanout: Fanout,
        queue: Queue,
        redis: Redis,
        keys: KeyStore,
        settings: Settings | None = None,
        *,
        log_keys: LogKeys | None = None,
        witnesses: Sequence[Witness] = (),
    ) -> None:
        self.pace = Pace()
        self.snapshots = Snapshots(database, fanout, self.pace)
        self.tail = Tail(database, fanout, self.snapshots.pending)
        self.notice_mails = NoticeMails(database)
        self.notice_reminders = NoticeReminders(database)
        self.reminders = Reminders(database, queue)
        self.outlived_sign_ins = OutlivedSignIns(database)
        self.ended_sign_ins = EndedSignIns(database, fanout)
        self.erased_texts = ErasedTexts(database)
        self.heartbeat = Heartbeat(database, fanout, self.pace)
        self.presence = PresenceSweep(database, redis)
        self.keys = KeySweep(database)
        self.mails = MailSweep(queue)
        self.retention = Retention(queue)
        self.poll_keys = PollKeySweep(database, keys)
        self.rehearsals = RehearsalSweep(database, redis)
        self.sign_offs = sign_off_sweep(database)
        self.opinions = opinion_sweep(database)
        self.copies = CopySweep(database)
        self.trust = TrustLists(settings)
        self.silence = silence_sweep(database)
        self.mandates = mandate_sweep(database)
        self.invitations = invitation_sweep(database)
        self.chats = Chats(database, fanout, self.pace)
        self.chat_sweep = ChatSweep(database)
        self.applause = ApplauseCount(database, fanout, redis)
        self.search = SearchIndex(database)
        self.search_words = SearchWords(database, queue)
        self.public_log: list[Loop] = []
        if log_keys is not None:
            self.public_log.append(PublicLog(database, log_keys))
        if witnesses:
            self.public_log.append(Witnessing(database, witnesses))

    def begin(self) -> None:
        """Catch up with what another leader may have left untold."""
        self.snapshots.begin()

    def loops(self) -> list[Loop]:
        """What has its turns beside the tail of the log."""
        return [
            self.snapshots,
            self.notice_mails,
            self.notice_reminders,
            self.reminders,
            self.outlived_sign_ins,
            self.ended_sign_ins,
            self.erased_texts,
            self.heartbeat,
            self.presence,
            self.keys,
            self.mails,
            self.retention,
            self.poll_keys,
            self.rehearsals,
            self.sign_offs,
            self.opinions,
            self.copies,
            self.silence,
            self.mandates,
            self.invitations,
            self.trust,
            self.chats,
            self.chat_sweep,
            self.applause,
            self.search,
            self.search_words,
            *self.public_log,
        ]


def main(settings: Settings) -> int:
    """Run until SIGTERM or SIGINT, as the leading dispatcher or standing by."""
    logs.set_up(settings.log_level)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    redis = Redis.from_url(settings.require_redis_url())
    url = settings.require_database_url()
    keys = open_key_store(settings)
    dispatcher = Dispatcher(
        open_database(url, pool_size=2, keys=keys, text_keys=TextKeys(settings.secrets_dir)),
        RedisFanout(settings.require_redis_url()),
        open_queue(redis),
        redis,
        keys,
        settings,
        log_keys=log_keys(settings),
        witnesses=read_witnesses(settings),
    )
    serve(make_engine(url, Limits(kept=1, most=2)), dispatcher, stop)
    return 0


def serve(engine: Engine, dispatcher: Dispatcher, stop: threading.Event) -> None:
    """Wait for the lock, then lead; start over whenever PostgreSQL or Redis goes away."""
    while not stop.is_set():
        try:
            with leadership(engine, stop) as connection:
                if connection is not None:
                    _lead(connection, dispatcher, stop)
        except _AWAY as error:
            _log.warning("dispatcher waits", reason=type(error).__name__)
            stop.wait(RETRY_AFTER)


def _lead(
    connection: psycopg.Connection[Any], dispatcher: Dispatcher, stop: threading.Event
) -> None:
    dispatcher.begin()
    rhythm = Rhythm(dispatcher.loops())
    while not stop.is_set():
        told = dispatcher.tail.forward()
        if told == 0:
            wait_for_append(connection, _POLL_EVERY)
        elif told < BATCH:
            time.sleep(dispatcher.pace.tick())
        rhythm.turn()
