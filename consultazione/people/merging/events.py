"""Events of accounts that are joined, in the stream of the one that goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event, FreeText


@dataclass(frozen=True, kw_only=True)
class MergeProposed(Event, texts={"reason": "person_merge.reason"}):
    """An administrator holds two accounts to be of one human; a second one has to confirm it."""

    kind: ClassVar[str] = "person.merge_proposed"

    merge_id: int
    person_id: int
    into_id: int
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class PersonMerged(Event):
    """An account was joined to another of the same human; what it did is shown under that one."""

    kind: ClassVar[str] = "person.merged"

    person_id: int
    into_id: int


@dataclass(frozen=True, kw_only=True)
class MergeTurnedDown(Event):
    """Two accounts are not joined: they are of two, or nobody could tell."""

    kind: ClassVar[str] = "person.merge_turned_down"

    merge_id: int
    person_id: int
