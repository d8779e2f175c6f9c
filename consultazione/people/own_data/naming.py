"""Giving a person a name: of several with one name, each gets a number by which to tell them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from consultazione.core.db import Transaction
from consultazione.core.revisions import revise
from consultazione.people.models import Person
from consultazione.people.own_data.names import name_key

_NAMES = 0x4E414D45  # "NAME"


@dataclass(frozen=True)
class Naming:
    """A name as it is compared with others, and the how-manieth it is of those that look alike."""

    key: str
    mark: int


def naming_of(tx: Transaction, display_name: str, person_id: int | None = None) -> Naming:
    """The number that a name gets: 1 for the first, which is shown without, then 2.

    person_id: who has the name from now on; None for a new account. Locks the name until the end
    of the transaction.
    """
    key = name_key(display_name)
    tx.session.execute(select(func.pg_advisory_xact_lock(_NAMES, func.hashtext(key))))
    highest = select(func.max(Person.name_mark)).where(Person.name_key == key)
    if person_id is not None:
        highest = highest.where(Person.id != person_id)
    return Naming(key, (tx.session.scalar(highest) or 0) + 1)


def new_person(tx: Transaction, display_name: str, **columns: Any) -> Person:
    """A new account under a name, numbered among those that look alike; the caller adds it.

    columns: the others of `Person`. The one place where accounts begin, so that none has a name
    that passes for somebody else's.
    """
    naming = naming_of(tx, display_name)
    names = {"display_name": display_name, "name_key": naming.key, "name_mark": naming.mark}
    return Person(**names, created_at=tx.now, **columns)


def rename(tx: Transaction, person: Person, display_name: str, *, reason: str | None) -> None:
    """Give a person who is locked another name, and keep the one of before."""
    naming = naming_of(tx, display_name, person.id)
    revise(tx, person, reason=reason, after={"display_name": display_name})
    person.name_key, person.name_mark = naming.key, naming.mark
