"""What everybody may read, made once and kept for all who ask for the same.

A process keeps texts (HTML, JSON) under keys that name everything they depend on: which thing,
which part, which language, and the numbers at which the streams behind it stood. So nothing has
to be cleared: what changes is asked for under another key. What is private is never kept here.

Whoever asks for what another request is making waits for it, and texts are made one at a time
with a rest after each, so that long ones take half of a process's time at most. Nobody waits
with a connection to the database in hand.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from threading import Event, Lock
from typing import Any

from flask import Flask, Response, current_app, render_template, request
from sqlalchemy.orm import Session

from consultazione.web.request_db import release_snapshot, snapshot

# Characters that a process keeps; the texts that were not asked for longest go first.
MOST_KEPT = 32 * 1024 * 1024


class PublicCache:
    """The texts that one process keeps.

    release: gives back what the caller holds, before it waits.
    """

    def __init__(
        self, most: int = MOST_KEPT, release: Callable[[], None] = release_snapshot
    ) -> None:
        self._most = most
        self._release = release
        self._kept: OrderedDict[Hashable, str] = OrderedDict()
        self._size = 0
        self._making: dict[Hashable, Event] = {}
        self._lock = Lock()
        self._turn = Lock()
        self._rested_at = 0.0

    def get(self, key: Hashable, make: Callable[[], str]) -> str:
        """The text that is kept under a key; made, once for all who ask meanwhile, if none is.

        make: reads with a snapshot that is as new as the key, or newer. What it raises goes to
        whoever makes; those who waited try in turn.
        """
        while True:
            with self._lock:
                if key in self._kept:
                    self._kept.move_to_end(key)
                    return self._kept[key]
                others = self._making.get(key)
                if others is None:
                    self._making[key] = Event()
            if others is None:
                return self._make(key, make)
            self._release()
            others.wait()

    def _make(self, key: Hashable, make: Callable[[], str]) -> str:
        try:
            with self._one_at_a_time():
                text = make()
            self._keep(key, text)
            return text
        finally:
            with self._lock:
                self._making.pop(key).set()

    def _keep(self, key: Hashable, text: str) -> None:
        with self._lock:
            self._kept[key] = text
            self._size += len(text)
            while self._size > self._most:
                _key, oldest = self._kept.popitem(last=False)
                self._size -= len(oldest)

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        if not self._turn.acquire(blocking=False):
            self._release()
            self._turn.acquire()
        try:
            if (rest := self._rested_at - time.monotonic()) > 0:
                self._release()
                time.sleep(rest)
            began = time.monotonic()
            yield
            ended = time.monotonic()
            self._rested_at = ended + (ended - began)
        finally:
            self._turn.release()


def init(app: Flask) -> None:
    """Give an application its cache."""
    app.extensions["public_cache"] = PublicCache()


def public_cache() -> PublicCache:
    """The application's cache."""
    found: PublicCache = current_app.extensions["public_cache"]
    return found


class RequestReader:
    """What a request reads with: its snapshot, what is kept, and the templates."""

    def snapshot(self) -> Session:
        """The session with which this request reads."""
        return snapshot()

    def keep(self, key: Hashable, make: Callable[[], str]) -> str:
        """The text under a key, made if none is kept."""
        return public_cache().get(key, make)

    def render(self, template: str, /, **values: Any) -> str:
        """A template filled in."""
        return render_template(template, **values)


READER = RequestReader()


def answer(key: Hashable, make: Callable[[], str]) -> Response:
    """JSON from the cache with an `ETag` (RFC 9110, 8.8.3); 304 to who has it already."""
    response = Response(mimetype="application/json")
    response.set_etag(sha256(repr(key).encode()).hexdigest()[:32], weak=True)
    response.make_conditional(request)
    if response.status_code != 304:
        response.set_data(public_cache().get(key, make))
    return response
