"""The site at one moment, as a visitor reads it: what an archive is made from.

The application answers inside this process, over the connection of the one snapshot.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

from consultazione.app import create_app
from consultazione.archive.addresses import path_of
from consultazione.archive.reading import Answer, Source
from consultazione.config import Settings
from consultazione.core.db import Database
from consultazione.core.text_keys import TextKeys
from consultazione.home.streams import streams_of
from consultazione.web.current_zone import FINDERS
from consultazione.web.public_cache import PublicCache
from consultazione.web.security import lift_limits
from consultazione.zones.places import Places

# Nothing is kept there: pages of visitors ask Valkey for nothing but how often they ask.
_NOWHERE = "redis://127.0.0.1:1/0"
# So many addresses are answered before other processes have begun.
ALONE = 60
Many = Callable[[Sequence[str]], Iterator[Answer]]


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
