"""How long the server takes to search 100,000 proposals and 1,000,000 comments.

In one process, without a network: what is measured is the page, REST and PostgreSQL.
"""

from __future__ import annotations

import time
from collections.abc import Mapping

from flask.testing import FlaskClient
from sqlalchemy import create_engine

from consultazione.config import read_settings
from consultazione.core.db import open_web_database
from consultazione.embedded import schema
from consultazione.embedded.postgres import Postgres
from consultazione.embedded.valkey import Valkey
from tests.bench.measure import directory, milliseconds
from tests.bench.report import Limit
from tests.bench.search_rows import fill
from tests.support.applications import new_app
from tests.support.factories import Factory
from tests.support.keys import SECRETS, text_keys

_SEARCH, _SIMILAR = 50, 80
WORDS = {
    "in a third": "sportello",
    "in 2 %": "trasporti",
    "in 0.1 %": "lavanderie",
    "in a few": "parola7 parola13",
    "nowhere": "inesistente",
    "the beginning of one": "lavand",
    "two together": "sportello trasporto",
    "one wrong letter": "lavandreia",
}
TEXT = "Proposta parola17 parola527 per una lavanderia con trasporto e sportello parola7932"


def figures(*, quick: bool) -> tuple[dict[str, Mapping[str, float]], dict[str, Limit]]:
    """Median and 95th percentile by case, and the most that each may take."""
    sizes = {"proposals": 1_000, "comments": 10_000}
    if not quick:
        sizes = {"proposals": 100_000, "comments": 1_000_000}
    times = 10 if quick else 60
    found: dict[str, Mapping[str, float]] = {}
    with directory("search-") as place, Postgres(place / "pg") as server, Valkey(place / "v") as v:
        schema.migrate(server.owner_url, server.url, SECRETS)
        database = open_web_database(server.url, secret="of a benchmark", text_keys=text_keys())
        settings = read_settings({
            "DATABASE_URL": server.url, "REDIS_URL": v.url, "TESTING": "yes",
            "DATA_DIR": str(place), "SECRETS_DIR": str(SECRETS),
            "SECRET_KEY": "of a benchmark, nothing hides behind it",
        })  # fmt: skip
        make = Factory(database)
        fill(create_engine(server.url), create_engine(server.owner_url), make, **sizes)
        client = new_app(settings, database).test_client()
        for case, words in WORDS.items():
            found[f"everything: {case}"] = _asked(client, "/api/v1/search", {"q": words}, times)
        found["everything: the page"] = _asked(client, "/cerca", {"q": "trasporti"}, times)
        ask = "/api/v1/proposals/similar"
        found["similar proposals"] = _asked(client, ask, {"text": TEXT}, times)
    limits = {case: Limit("p95 ms", _SEARCH) for case in found}
    limits["similar proposals"] = Limit("p95 ms", _SIMILAR)
    return found, limits


def _asked(
    client: FlaskClient, path: str, asked: Mapping[str, str], times: int
) -> Mapping[str, float]:
    durations = []
    for turn in range(times + 5):
        begun = time.perf_counter()
        answer = client.get(path, query_string=dict(asked))
        if turn >= 5:  # the first ones fill caches, and have statements planned
            durations.append(time.perf_counter() - begun)
        assert answer.status_code == 200, answer.text
    return milliseconds(durations)
