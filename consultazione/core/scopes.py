"""What an API token may be used for: few scopes, each a group of REST operations."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from consultazione.core.actor import Actor


class Scope(StrEnum):
    """What a program may do with a token, within what its person may do."""

    READ = "read"
    WRITE = "write"
    SITTINGS = "sittings"
    PLAN = "plan"


ALL_SCOPES = frozenset(Scope)


@dataclass(frozen=True)
class TokenHolder:
    """Who stands behind a token, and what it is good for.

    scopes: values of `Scope`. unnoted: whether this use has to be written down.
    """

    actor: Actor
    scopes: frozenset[str]
    has_expired: bool
    unnoted: bool
