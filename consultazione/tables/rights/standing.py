"""What is known of persons at a table, and why its rule does not let them do something."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.errors import Sentence
from consultazione.people.models import Category, Mandate, Organisation, Person
from consultazione.people.queries import Voice
from consultazione.tables.labels import refusal
from consultazione.tables.models import Seat, ThematicTable
from consultazione.tables.queries import admitted
from consultazione.tables.rules import Deed, TableRule, Who, lets_in, rule_of


@dataclass(frozen=True)
class Facts:
    """What is known of one person at a table; `rules.Known` explains each."""

    seated: bool = False
    union: bool = False
    accredited: bool = False
    assurance: int = 0


NOTHING_KNOWN = Facts()


def facts_of(
    session: Session, table_id: int, person_ids: Collection[int], *, at: datetime
) -> dict[int, Facts]:
    """What is known of persons at a table at a moment, by person id; of the unknown, nothing."""
    accredited = Person.id.in_(admitted(table_id, at))
    known = select(Person.id, Person.assurance, accredited).where(Person.id.in_(person_ids))
    persons = session.execute(known).all()
    spoken_for = _categories(session, table_id, person_ids, at)
    return dict.fromkeys(person_ids, NOTHING_KNOWN) | {
        person_id: Facts(
            seated=person_id in spoken_for,
            union=Category.UNION in spoken_for.get(person_id, ()),
            accredited=bool(is_admitted),
            assurance=assurance,
        )
        for person_id, assurance, is_admitted in persons
    }


def _categories(
    session: Session, table_id: int, person_ids: Collection[int], at: datetime
) -> dict[int, set[Category]]:
    """The categories of the seated organisations that each person speaks for, by person id."""
    query = (
        select(Mandate.person_id, Organisation.category)
        .join(Organisation, Organisation.id == Mandate.organisation_id)
        .join(Seat, Seat.organisation_id == Organisation.id)
        .where(Seat.table_id == table_id, Mandate.person_id.in_(person_ids), Mandate.is_valid(at))
    )
    found: dict[int, set[Category]] = {}
    for person_id, category in session.execute(query):
        found.setdefault(person_id, set()).add(category)
    return found


def why_not(rule: TableRule, deed: Deed, facts: Facts) -> Sentence | None:
    """Why a table's rule does not let somebody do a deed, and what helps; None if it does."""
    who = rule.who(deed)
    return None if lets_in(who, rule.level, facts) else refusal(deed, who)


def why_not_at(
    session: Session, table: ThematicTable, deed: Deed, person_id: int | None, *, at: datetime
) -> Sentence | None:
    """Why one person may not do a deed at a table; None if they may.

    person_id: None for a visitor, of whom nothing is known.
    """
    rule = rule_of(table.rule)
    if rule.who(deed) is Who.ANYBODY:
        return None
    ids = [] if person_id is None else [person_id]
    facts = facts_of(session, table.id, ids, at=at).get(person_id or 0, NOTHING_KNOWN)
    return why_not(rule, deed, facts)


def why_not_as(
    session: Session,
    table: ThematicTable,
    deed: Deed,
    person_id: int,
    voice: Voice,
    *,
    at: datetime,
) -> Sentence | None:
    """Why somebody may not do a deed at a table in the voice that they chose; None if they may."""
    sits = select(Seat.table_id).join(Mandate, Mandate.organisation_id == Seat.organisation_id)
    here = sits.where(Seat.table_id == table.id, Mandate.id == voice.mandate_id)
    seated = session.scalar(here) is not None
    known = facts_of(session, table.id, [person_id], at=at)[person_id]
    union = seated and voice.category is Category.UNION
    return why_not(rule_of(table.rule), deed, replace(known, seated=seated, union=union))
