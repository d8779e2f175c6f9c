"""Queries on opinion maps. What a person answered is read for that person alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from flask_babel import lazy_gettext as _
from numpy.typing import NDArray
from sqlalchemy import String, cast, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from consultazione.core.errors import NotFound
from consultazione.opinions.models import (
    Opinion,
    OpinionAnswer,
    OpinionInput,
    OpinionMap,
    OpinionState,
)

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Progress:
    """How far somebody is: the next opinion to answer, None for none, and of how many how many."""

    next: Opinion | None
    answered: int
    all: int


def maps_of(session: Session, table_id: int) -> list[OpinionMap]:
    """The opinion maps of a table, the newest first."""
    query = select(OpinionMap).filter_by(table_id=table_id).order_by(OpinionMap.id.desc())
    return list(session.scalars(query.limit(100)))


def get_map(session: Session, map_id: int) -> OpinionMap:
    """An opinion map with its table and opinions; NotFound if there is none."""
    found = session.get(
        OpinionMap,
        map_id,
        options=[joinedload(OpinionMap.table), selectinload(OpinionMap.opinions)],
    )
    if found is None:
        raise NotFound(_("There is no such opinion map."))
    return found


def get_opinion(session: Session, opinion_id: int) -> Opinion:
    """An opinion by id; NotFound if there is none."""
    opinion = session.get(Opinion, opinion_id)
    if opinion is None:
        raise NotFound(_("There is no such statement."))
    return opinion


def admitted(opinion_map: OpinionMap) -> list[Opinion]:
    """The opinions that people answer."""
    return [one for one in opinion_map.opinions if one.state is OpinionState.ADMITTED]


def waiting(opinion_map: OpinionMap) -> list[Opinion]:
    """The opinions on which nobody has decided yet, the oldest first."""
    return [one for one in opinion_map.opinions if one.state is OpinionState.WAITING]


def proposed_by(opinion_map: OpinionMap, person_id: int | None) -> list[Opinion]:
    """The opinions that a person proposed, whatever became of them."""
    return [one for one in opinion_map.opinions if person_id and one.author_id == person_id]


def answers_of(session: Session, map_id: int, person_id: int | None) -> dict[int, int]:
    """What a person answered so far, by the opinion's id."""
    query = (
        select(OpinionAnswer.opinion_id, OpinionAnswer.value)
        .join(Opinion, Opinion.id == OpinionAnswer.opinion_id)
        .where(Opinion.map_id == map_id, OpinionAnswer.person_id == person_id)
    )
    return {row.opinion_id: row.value for row in session.execute(query)}


def progress_of(
    opinion_map: OpinionMap, answers: dict[int, int], person_id: int | None
) -> Progress:
    """What somebody is asked next: everybody in an order of their own, so that none is favoured."""
    asked = sorted(admitted(opinion_map), key=lambda one: _order(one.id, person_id or 0))
    return Progress(
        next=next((one for one in asked if one.id not in answers), None),
        answered=sum(one.id in answers for one in asked),
        all=len(asked),
    )


def count_participants(session: Session, map_id: int) -> int:
    """How many persons have answered anything in an open map."""
    query = select(func.count(OpinionAnswer.person_id.distinct())).join(
        Opinion, Opinion.id == OpinionAnswer.opinion_id
    )
    return session.scalar(query.where(Opinion.map_id == map_id)) or 0


def answers_by_person(session: Session, map_id: int) -> Iterator[tuple[Whole, Whole]]:
    """Of each person the numbers of the opinions answered, and the answers; in no telling order.

    Lists come as text, since numpy reads millions of numbers out of it faster than the driver.
    """
    query = (
        select(
            func.string_agg(cast(Opinion.number, String), ","),
            func.string_agg(cast(OpinionAnswer.value, String), ","),
        )
        .join(Opinion, Opinion.id == OpinionAnswer.opinion_id)
        .where(Opinion.map_id == map_id, Opinion.state == OpinionState.ADMITTED)
        .group_by(OpinionAnswer.person_id)
        .order_by(func.random())
    )
    for numbers, values in session.execute(query):
        yield _numbers(numbers), _numbers(values)


def published_answers(session: Session, map_id: int) -> bytes:
    """All answers of a map that was drawn, as CSV in UTF-8; NotFound if they are not published."""
    row = session.get(OpinionInput, map_id)
    if row is None:
        raise NotFound(_("The answers are published when the map is drawn."))
    return row.content


def overdue_maps(session: Session, *, now: datetime) -> list[int]:
    """The ids of open maps whose last moment has passed."""
    query = select(OpinionMap.id).where(OpinionMap.closed_at.is_(None), OpinionMap.closes_at <= now)
    return list(session.scalars(query.order_by(OpinionMap.id)))


def _numbers(told: str) -> Whole:
    return np.fromstring(told, dtype=np.int64, sep=",")


def _order(opinion_id: int, person_id: int) -> int:
    """A number that looks random, and is the same each time (Knuth, TAOCP 6.4)."""
    return (opinion_id * 2654435761 ^ (person_id + 1) * 40503) % 2**32
