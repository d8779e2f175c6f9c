"""The written rule of a table: who may attend, speak, propose and vote.

The steps form a ladder: each lets in all whom the steps before it let in. So whoever may vote at a
table of seated organisations may vote at one of accredited persons too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any, Protocol

from cattrs import structure

from consultazione.tables.models import TableKind


class Who(StrEnum):
    """Whom a table lets do something, from the few to the many.

    UNIONS: unions with a seat, by a valid mandate. ORGANISATIONS: all that have a seat.
    ACCREDITED: these, and persons admitted by act. IDENTIFIED: these, and persons whose identity
    was ascertained to the level that the rule asks for. ANYBODY: whoever has an account.
    """

    UNIONS = "unions"
    ORGANISATIONS = "organisations"
    ACCREDITED = "accredited"
    IDENTIFIED = "identified"
    ANYBODY = "anybody"


class Assurance(IntEnum):
    """How sure it is who a person is: what they wrote, an address that answers, a document shown.

    The steps follow the levels of assurance of Regulation (EU) 910/2014, art. 8, in their order,
    but make no claim to be them.
    """

    REGISTERED = 0
    ADDRESS_CONFIRMED = 1
    IDENTIFIED = 2


class Deed(StrEnum):
    """What the rule of a table speaks of."""

    ATTEND = "attend"
    SPEAK = "speak"
    PROPOSE = "propose"
    VOTE = "vote"


# More proxies than this in one hand would let a few decide for all.
MOST_PROXIES = 10

# Those who vote for an organisation, so that the poll counts organisations unless it says else.
BY_ORGANISATION = frozenset({Who.UNIONS, Who.ORGANISATIONS})


@dataclass(frozen=True, kw_only=True)
class TableRule:
    """Who may do what at one table.

    level: the assurance that IDENTIFIED asks for. hall: whether votes counted by hand in the hall
    may be those of people who are not registered as present. proxies: how many a person may hold
    in one sitting; 0 where whoever has a vote casts it themselves.
    """

    attend: Who = Who.ANYBODY
    speak: Who = Who.ANYBODY
    propose: Who = Who.ANYBODY
    vote: Who = Who.ANYBODY
    level: int = Assurance.IDENTIFIED
    hall: bool = True
    proxies: int = 0

    def who(self, deed: Deed) -> Who:
        """Whom the rule lets do a deed."""
        return Who(getattr(self, deed.value))


class Known(Protocol):
    """What is known of somebody at a table: as values, or as conditions of a query.

    seated: they speak by a valid mandate for an organisation with a seat. union: for one that is
    a union. accredited: they are admitted by act. assurance: how sure it is who they are.
    """

    @property
    def seated(self) -> Any: ...

    @property
    def union(self) -> Any: ...

    @property
    def accredited(self) -> Any: ...

    @property
    def assurance(self) -> Any: ...


def lets_in(who: Who, level: int, known: Known) -> Any:
    """Whether a step of the ladder lets somebody in: a truth value, or a condition of a query."""
    if who is Who.ANYBODY:
        return True
    if who is Who.UNIONS:
        return known.union
    if who is Who.ORGANISATIONS:
        return known.seated
    admitted = known.seated | known.accredited
    return admitted if who is Who.ACCREDITED else admitted | (known.assurance >= level)


# A zone that has not chosen otherwise. Whoever merely registers takes part everywhere but decides
# nowhere; at the union consultation the unions that sit there speak, propose and vote.
BUILT_IN: Mapping[TableKind, TableRule] = {
    TableKind.PLENARY: TableRule(vote=Who.IDENTIFIED),
    TableKind.THEMATIC: TableRule(vote=Who.IDENTIFIED),
    TableKind.CROSS_CUTTING: TableRule(vote=Who.IDENTIFIED),
    TableKind.UNION_CONSULTATION: TableRule(
        speak=Who.UNIONS, propose=Who.UNIONS, vote=Who.UNIONS, hall=False
    ),
}


def rule_of(document: Mapping[str, Any]) -> TableRule:
    """Read a stored rule."""
    return structure(dict(document), TableRule)
