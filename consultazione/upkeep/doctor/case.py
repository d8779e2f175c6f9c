"""What the checks look at, and what they find."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

from consultazione.config import Settings


class Level(StrEnum):
    """A fault has to be mended, and makes the exit status 1; advice is worth a thought."""

    FAULT = "fault"
    ADVICE = "advice"


@dataclass(frozen=True)
class Finding:
    """Something that is wrong, and what to do about it: a sentence each."""

    what: str
    remedy: str
    level: Level = Level.FAULT


def advice(what: str, remedy: str) -> Finding:
    """A finding that makes nothing fail."""
    return Finding(what, remedy, Level.ADVICE)


@dataclass
class Case:
    """An installation under examination.

    now: the moment of it. session: of its database; None while that does not answer. is_ours:
    the database is that of `up` on this machine.
    """

    settings: Settings
    now: datetime
    session: Session | None = None
    is_ours: bool = False

    @property
    def reading(self) -> Session:
        """The session, for checks that run only if there is one."""
        assert self.session is not None
        return self.session

    def row(self, query: str, **values: Any) -> RowMapping:
        """The only row of a query."""
        return self.reading.execute(text(query), values).mappings().one()


Check = Callable[[Case], Iterator[Finding]]
