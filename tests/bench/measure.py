"""Percentiles, and a PostgreSQL of one's own with the present schema."""

from __future__ import annotations

import shutil
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from consultazione import events, models
from consultazione.embedded import schema
from consultazione.embedded.postgres import Postgres
from tests.support.keys import SECRETS

assert events.ALL
assert models.ALL


def percentile(values: Sequence[float], percent: int) -> float:
    """The value below which `percent` of the values lie; of a single value, itself."""
    if len(values) < 2:
        return values[0]
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def milliseconds(seconds: Sequence[float]) -> dict[str, float]:
    """The median and the 95th percentile of durations, in milliseconds."""
    return {
        "p50 ms": round(percentile(seconds, 50) * 1000, 3),
        "p95 ms": round(percentile(seconds, 95) * 1000, 3),
    }


@contextmanager
def directory(prefix: str) -> Iterator[Path]:
    """A short directory that is removed at the end."""
    path = Path(tempfile.mkdtemp(prefix=prefix))
    path.chmod(0o755)
    try:
        yield path
    finally:
        shutil.rmtree(path)


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL as ``up`` runs it, fsync on, with an empty schema."""
    with directory("bench-") as place, Postgres(place / "pg") as server:
        schema.migrate(server.owner_url, server.url, SECRETS)
        yield server.url
