"""By which rules a poll is taken: who votes, how many are needed, what is shown when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cattrs import structure


class Majority(StrEnum):
    """How many votes carry: more than the rest, or a share of a number."""

    SIMPLE = "simple"
    ABSOLUTE = "absolute"
    TWO_THIRDS = "two_thirds"
    FOUR_FIFTHS = "four_fifths"


class MajorityOf(StrEnum):
    """The number that a share is taken of."""

    VOTERS = "voters"
    PRESENT = "present"
    ENTITLED = "entitled"


class QuorumOf(StrEnum):
    """How a quorum is written: as a number of votes, or as a percentage of those."""

    NUMBER = "number"
    PRESENT = "present"
    ENTITLED = "entitled"


class Franchise(StrEnum):
    """Who votes: every person, every organisation once, or organisations by weight."""

    PERSONS = "persons"
    ORGANISATIONS = "organisations"
    WEIGHTS = "weights"


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The rules of one poll.

    quorum: how many must vote, abstentions included; 0 is none. entitled: how many are
    entitled, where that is more than a table's seats or those present tell. changeable: a
    ballot may be changed while the poll is open. live: the tally is shown before the end.
    least, most: how many options a ballot may name. grades: the highest grade of a rating.
    """

    majority: Majority = Majority.SIMPLE
    majority_of: MajorityOf = MajorityOf.VOTERS
    quorum: int = 0
    quorum_of: QuorumOf = QuorumOf.NUMBER
    franchise: Franchise = Franchise.PERSONS
    entitled: int | None = None
    secret: bool = False
    changeable: bool = True
    live: bool = False
    least: int = 1
    most: int = 1
    grades: int = 5


@dataclass(frozen=True)
class Electorate:
    """Whom a result is counted against, in votes: those present, and all who are entitled."""

    present: int
    entitled: int


def needed(rules: Rules, electorate: Electorate, sides: int) -> int:
    """The least number of votes that is the majority asked for.

    sides: the votes that took a side; who abstained or left the ballot blank counts
    among the present and the entitled, but not among the voters.
    """
    of = majority_base(rules, electorate, sides)
    if rules.majority is Majority.TWO_THIRDS:
        return -(-2 * of // 3)
    if rules.majority is Majority.FOUR_FIFTHS:
        return -(-4 * of // 5)
    return of // 2 + 1


def majority_base(rules: Rules, electorate: Electorate, sides: int) -> int:
    """The number of which a majority is a share."""
    bases = {
        MajorityOf.VOTERS: sides,
        MajorityOf.PRESENT: electorate.present,
        MajorityOf.ENTITLED: electorate.entitled,
    }
    return bases[rules.majority_of]


def quorum_votes(rules: Rules, electorate: Electorate) -> int:
    """How many votes must be cast, abstentions included, for the poll to be valid."""
    if rules.quorum_of is QuorumOf.NUMBER:
        return rules.quorum
    of = electorate.present if rules.quorum_of is QuorumOf.PRESENT else electorate.entitled
    return -(-rules.quorum * of // 100)


def rules_of(stored: Mapping[str, Any]) -> Rules:
    """The rules as they were stored with a poll."""
    return structure(dict(stored), Rules)
