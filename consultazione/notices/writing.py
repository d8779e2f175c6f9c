"""Writes notices down: one row for each person, in one statement however many they are."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Date, literal, select
from sqlalchemy.dialects.postgresql import insert

from consultazione.core.db import Transaction
from consultazione.notices.choices import channel_for, is_told
from consultazione.notices.models import Channel, Group, Notice
from consultazione.people.models import Person

_FIELDS = ("person_id", "topic", "position", "subject_id", "due_on", "table_id", "made_at")


def write_notices(
    tx: Transaction,
    persons: Any,
    *,
    topic: str,
    group: Group,
    table_id: int | None,
    position: int | None = None,
    subject_id: int | None = None,
    due_on: date | None = None,
    but: int | None = None,
) -> None:
    """Write a notice for each of some persons who wants one. Idempotent: nobody is told twice.

    persons: ids, or a query that selects them. but: who did it, and need not be told.
    """
    channel = channel_for(group, table_id)
    occasion = [
        literal(topic),
        literal(position, Notice.position.type),
        literal(subject_id, Notice.subject_id.type),
        literal(due_on, Date()),
        literal(table_id, Notice.table_id.type),
        literal(tx.now, Notice.made_at.type),
    ]
    found = (
        select(Person.id, *occasion, channel)
        .where(Person.id.in_(persons), is_told(), channel != Channel.NONE)
        .where(Person.id.is_distinct_from(but))
    )
    statement = insert(Notice).from_select([*_FIELDS, "channel"], found)
    tx.session.execute(statement.on_conflict_do_nothing())
