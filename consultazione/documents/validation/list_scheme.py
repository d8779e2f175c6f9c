"""What an EU trusted list says of itself (ETSI TS 119 612, clause 5.3): its number and its days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from defusedxml.ElementTree import fromstring

_SCHEME = "{*}SchemeInformation/{*}"


@dataclass(frozen=True)
class Scheme:
    """number: higher in each later list. issued: when; until: by when the next one is due, if any.

    A list whose `until` is past counts as expired (clause 5.3.15).
    """

    number: int
    issued: datetime
    until: datetime | None

    def is_expired(self, moment: datetime) -> bool:
        """True if the next list should have come."""
        return self.until is not None and self.until < moment


def scheme_of(content: str) -> Scheme:
    """What a list says of itself; ValueError, or what the XML parser raises, if it says nothing."""
    root = fromstring(content.encode("utf-8"))

    def said(name: str) -> str:
        return (root.findtext(f"{_SCHEME}{name}") or "").strip()

    until = said("NextUpdate/{*}dateTime")
    return Scheme(
        number=int(said("TSLSequenceNumber")),
        issued=datetime.fromisoformat(said("ListIssueDateTime")),
        until=datetime.fromisoformat(until) if until else None,
    )
