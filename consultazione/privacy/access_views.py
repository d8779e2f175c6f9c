"""Which administrators looked at personal data, as the security log has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from redis import Redis

from consultazione.web.oversight.security_log import MOST_LINES, Kind, newest

# What counts as looking at, taking or giving a way to somebody's data.
KINDS = frozenset(
    {
        str(Kind.MAIL_READ),
        str(Kind.ACCOUNTS_READ),
        str(Kind.SECURITY_READ),
        str(Kind.DATA_TAKEN),
        "password_link.created",
        "password_link.confirmed",
        "person.blocked",
        "person.unblocked",
    }
)


@dataclass(frozen=True)
class Access:
    """That somebody looked at data. person_id: whose account did so."""

    at: datetime
    kind: str
    person_id: int | None
    path: str


def accesses(redis: Redis, *, limit: int) -> list[Access]:
    """The newest accesses first. RedisError if Redis is away."""
    lines = (line for _id, line in newest(redis, limit=MOST_LINES) if line["kind"] in KINDS)
    return [_access(line) for line, _number in zip(lines, range(limit), strict=False)]


def _access(line: Mapping[str, Any]) -> Access:
    return Access(datetime.fromisoformat(line["at"]), line["kind"], line["person"], line["path"])
