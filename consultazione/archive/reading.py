"""What an archive is made from: the site as a visitor reads it, and the cycle that is meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Select
from sqlalchemy.orm import Session

# What `archivio.json` says that an archive is.
FORMAT = "consultazione-archivio/1"


@dataclass(frozen=True)
class Answer:
    """What the site answers to a visitor.

    media_type: without parameters. moved_to: the address to which it leads on; None if it answers.
    """

    status: int
    media_type: str
    body: bytes
    moved_to: str | None = None

    @property
    def is_page(self) -> bool:
        """True for an HTML page that shows something."""
        return self.status == 200 and self.media_type == "text/html"


class Site(Protocol):
    """The site at one moment, as a visitor without an account reads it."""

    def get(self, address: str) -> Answer:
        """What it answers. address: a path with its query, or one that begins with the host."""

    def answers(self, addresses: Sequence[str]) -> Iterator[Answer]:
        """What it answers to each of many, in their order."""

    def is_of_cycle(self, path: str) -> bool:
        """True for the address of a page or a file of the cycle that is archived."""


@dataclass(frozen=True)
class Source:
    """A cycle, and how it is read: all at one moment.

    years: such as 2018-2020. streams: selects the names of the streams of its log. base: how the
    addresses of its lists begin.
    """

    session: Session
    site: Site
    zone: str
    zone_name: str
    lead_body: str
    years: str
    zone_id: int
    cycle_id: int
    streams: Select[str]
    demo: bool

    @property
    def base(self) -> str:
        """How the addresses of the cycle's lists begin, without a slash at the end."""
        return f"/zone/{self.zone}/{self.years}"


# Told how far an archive has come: the step that begins, how many there are, what it does.
Progress = Callable[[int, int, str], None]
