"""Events of accounts and the gateway of SPID and CIE. The gateway's name for nobody enters them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event


@dataclass(frozen=True, kw_only=True)
class GatewayLinked(Event):
    """A person can sign in by SPID or CIE from now on."""

    kind: ClassVar[str] = "gateway.linked"

    person_id: int


@dataclass(frozen=True, kw_only=True)
class GatewayUnlinked(Event):
    """A person cannot sign in by SPID or CIE any more."""

    kind: ClassVar[str] = "gateway.unlinked"

    person_id: int


@dataclass(frozen=True, kw_only=True)
class IdentifiedByGateway(Event):
    """SPID or CIE said who somebody is. level: as rules of who votes have it, 1 or 2."""

    kind: ClassVar[str] = "person.identified_by_gateway"

    person_id: int
    level: int
    # Of SPID, 1 to 3.
    spid_level: int
