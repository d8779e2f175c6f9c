"""Events of proxies, in the sitting's stream of attendance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.people.models import Category
from consultazione.sittings.proxies.models import ProxyEnd


@dataclass(frozen=True, kw_only=True)
class ProxyGiven(Event, texts={"written_act": "proxy.written_act"}):
    """Somebody has given their vote in one sitting to another person, by a written act."""

    kind: ClassVar[str] = "proxy.given"

    proxy_id: int
    sitting_id: int
    giver_id: int
    mandate_id: int | None
    organisation_id: int | None
    category: Category
    holder_id: int
    written_act: FreeText


@dataclass(frozen=True, kw_only=True)
class ProxyEnded(Event):
    """A proxy is over: it was withdrawn, or who gave it has come into the sitting."""

    kind: ClassVar[str] = "proxy.ended"

    proxy_id: int
    sitting_id: int
    reason: ProxyEnd
