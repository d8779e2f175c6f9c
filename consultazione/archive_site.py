"""The site at one moment, as a visitor reads it: what an archive is made from.

The application answers inside this process, over the connection of the one snapshot; of a large
cycle it does so in several processes, which all take that snapshot.
"""

from __future__ import annotations

import multiprocessing
import secrets
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

from consultazione.app import create_app
from consultazione.archive.addresses import path_of
from consultazione.archive.crawl import Unanswered
from consultazione.archive.reading import Answer, Source
from consultazione.config import Settings
from consultazione.core import clock
from consultazione.core.db import Database, export_snapshot, open_database, take_snapshot
from consultazione.core.log import EntryRow
from consultazione.core.text_keys import TextKeys
from consultazione.embedded.loading import no_collecting
from consultazione.home.streams import streams_of
from consultazione.italian import italian
from consultazione.web.current_zone import FINDERS
from consultazione.web.public_cache import PublicCache
from consultazione.web.security import lift_limits
from consultazione.zones.places import Places

# Nothing is kept there: pages of visitors ask Valkey for nothing but how often they ask.
_NOWHERE = "redis://127.0.0.1:1/0"
# So many addresses are answered before other processes have begun.
ALONE = 60
Many = Callable[[Sequence[str]], Iterator[Answer]]
# A log of fewer entries is read before other processes have begun.
LONG = 1000


class FrozenSite:
    """The answers of an application to a visitor.

    base: how addresses of the cycle begin. many: answers to many addresses in their order, by
    other processes; None without them.
    """

    def __init__(
        self, app: Flask, session: Session, *, base: str, cycle_id: int, many: Many | None = None
    ) -> None:
        self._many, self._asked = many, 0
        self._client = app.test_client(use_cookies=False)
        self._routes = app.url_map.bind("localhost")
        self._session, self._base, self._cycle_id = session, base, cycle_id
        self._of_cycle: dict[tuple[str, Any], bool] = {}

    def get(self, address: str) -> Answer:
        """What the site answers; it is asked in Italian."""
        response = self._client.get(address, headers={"Accept-Language": "it"})
        moved_to = response.headers.get("Location")
        with response:
            return Answer(
                response.status_code,
                response.mimetype or "",
                response.get_data(),
                path_of(_without_host(moved_to)) if moved_to else None,
            )

    def answers(self, addresses: Sequence[str]) -> Iterator[Answer]:
        """What it answers to each of many, in their order."""
        self._asked += len(addresses)
        if self._many is None or self._asked <= ALONE:
            return map(self.get, addresses)
        return self._many(addresses)

    def is_of_cycle(self, path: str) -> bool:
        """True for a list of the cycle, and for an object that its feature places there."""
        path = path.partition("?")[0]
        if path == self._base or path.startswith(f"{self._base}/"):
            return True
        try:
            _endpoint, found = self._routes.match(path, method="GET")
        except HTTPException:
            return False
        return any(self._is_in(name, number) for name, number in found.items() if name in FINDERS)

    def _is_in(self, name: str, number: Any) -> bool:
        if (name, number) not in self._of_cycle:
            cycle_id = self._session.scalar(FINDERS[name](number))
            self._of_cycle[name, number] = cycle_id == self._cycle_id
        return self._of_cycle[name, number]


class _NoCache(PublicCache):
    """Makes each text when it is asked for, without a rest: nobody else waits here."""

    def get(self, key: Any, make: Any) -> str:
        del key
        text: str = make()
        return text


def site_over(session: Session, settings: Settings, text_keys: TextKeys) -> Flask:
    """An application whose visitors read with the connection of a session, and cannot write."""
    connection = session.connection()

    def reading() -> Session:
        return Session(connection, join_transaction_mode="rollback_only", expire_on_commit=False)

    database = Database(write=reading, read=reading, text_keys=text_keys)
    settings = replace(
        settings, redis_url=settings.redis_url or _NOWHERE, secret_key=secrets.token_hex(32)
    )
    app = create_app(settings, database)
    lift_limits(app)
    app.extensions["public_cache"] = _NoCache()
    app.jinja_env.globals["only_main"] = True
    return app


def source_of(
    session: Session, app: Flask, *, zone: str, years: str, many: Many | None = None
) -> Source:
    """The cycle of a zone as what is archived; NotFound if there is none. many: as for its site."""
    cycle = Places().at(session, zone, years).cycle
    base = f"/zone/{zone}/{cycle.years}"
    site = FrozenSite(app, session, base=base, cycle_id=cycle.id, many=many)
    return Source(
        session=session,
        site=site,
        zone=zone,
        zone_name=cycle.zone.name,
        lead_body=cycle.zone.lead_body,
        years=cycle.years,
        zone_id=cycle.zone_id,
        cycle_id=cycle.id,
        streams=streams_of(cycle.id),
        demo=cycle.zone.demo,
    )


def _without_host(address: str) -> str:
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


@contextmanager
def helpers(session: Session, settings: Settings, count: int) -> Iterator[Many | None]:
    """So many processes that see what a session sees; they begin at once.

    None for one, and for a short log: then this process is as fast.
    """
    length = session.scalar(select(func.max(EntryRow.position))) or 0
    if count < 2 or length < LONG:
        yield None
        return
    snapshot = export_snapshot(session)
    # Not by fork: a thread shows the progress, and connections are not to be shared.
    context = multiprocessing.get_context("spawn")
    begin = partial(_begin, settings, snapshot)
    with ProcessPoolExecutor(count, context, initializer=begin) as pool:
        for _process in range(count):
            pool.submit(_begun)
        yield partial(_answers, pool)


def _answers(pool: ProcessPoolExecutor, addresses: Sequence[str]) -> Iterator[Answer]:
    orders = [(address, clock.now()) for address in addresses]
    try:
        yield from pool.map(_answer, orders)
    except BrokenProcessPool:
        raise Unanswered("one of the processes that help was ended") from None


_SITES: list[FrozenSite] = []


def _begun() -> None:
    """Nothing: a process of the pool begins with the first thing that it is asked for."""


def _begin(settings: Settings, snapshot: str) -> None:
    """Make the site of this process, which lasts as long as the process does."""
    keys = TextKeys(settings.secrets_dir)
    database = open_database(settings.require_database_url(), pool_size=1, text_keys=keys)
    session = database.snapshot().__enter__()
    take_snapshot(session, snapshot)
    with italian(), no_collecting():
        app = site_over(session, settings, keys)
    _SITES.append(FrozenSite(app, session, base="", cycle_id=0))


def _answer(order: tuple[str, datetime]) -> Answer:
    address, now = order
    with clock.stopped_at(now), italian():
        return _SITES[0].get(address)
