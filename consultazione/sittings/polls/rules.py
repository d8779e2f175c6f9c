"""The rules of a poll: majority, quorum, franchise, secrecy; and the numbers they need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cattrs import structure


class Majority(StrEnum):
    """The majorities that a poll can require: the most votes, or a share of a base."""

    SIMPLE = "simple"
    ABSOLUTE = "absolute"
    TWO_THIRDS = "two_thirds"
    FOUR_FIFTHS = "four_fifths"


class MajorityOf(StrEnum):
    """The base of which a majority is a share."""

    VOTERS = "voters"
    PRESENT = "present"
    ENTITLED = "entitled"


class QuorumOf(StrEnum):
    """The unit of a poll's quorum: votes, or a percentage of those present or entitled."""

    NUMBER = "number"
    PRESENT = "present"
    ENTITLED = "entitled"


class Effect(StrEnum):
    """What a poll is for: to decide, or only to hear opinions (*sondaggio*)."""

    BINDING = "binding"
    CONSULTATIVE = "consultative"


class Franchise(StrEnum):
    """Who votes: each person, each organisation once, or organisations by weight."""

    PERSONS = "persons"
    ORGANISATIONS = "organisations"
    WEIGHTS = "weights"


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The rules of one poll.

    quorum: how many votes must be cast, abstentions included, in the unit of `quorum_of`; 0
    for none. entitled: how many are entitled to vote; None to derive it from the table.
    changeable: whether a ballot may be changed while the poll is open. live: whether the tally
    is shown before the end. least, most: how many options a ballot may name. grades: the
    highest grade of a rating.
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
    """The votes that a result is measured against: of those present, and of all entitled."""

    present: int
    entitled: int


def needed(rules: Rules, electorate: Electorate, sides: int) -> int:
    """Return the least number of votes that makes the majority required.

    sides: the votes that took a side. Abstentions and blank ballots count among those present
    and entitled, but not among the voters.
    """
    base = majority_base(rules, electorate, sides)
    if rules.majority is Majority.TWO_THIRDS:
        return -(-2 * base // 3)
    if rules.majority is Majority.FOUR_FIFTHS:
        return -(-4 * base // 5)
    return base // 2 + 1


def majority_base(rules: Rules, electorate: Electorate, sides: int) -> int:
    """Return the number of votes of which a majority is a share."""
    bases = {
        MajorityOf.VOTERS: sides,
        MajorityOf.PRESENT: electorate.present,
        MajorityOf.ENTITLED: electorate.entitled,
    }
    return bases[rules.majority_of]


def quorum_votes(rules: Rules, electorate: Electorate) -> int:
    """Return how many votes must be cast for the poll to be valid; percentages round up."""
    if rules.quorum_of is QuorumOf.NUMBER:
        return rules.quorum
    base = electorate.present if rules.quorum_of is QuorumOf.PRESENT else electorate.entitled
    return -(-rules.quorum * base // 100)


def rules_of(stored: Mapping[str, Any]) -> Rules:
    """Read the rules as a poll stores them."""
    return structure(dict(stored), Rules)
