"""Queries on what readers say of pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consultazione.core import log
from consultazione.zones.feedback.models import PageFeedback


@dataclass(frozen=True)
class PageCount:
    """How many found a page useful, and how many did not."""

    path: str
    yes: int
    no: int


@dataclass(frozen=True)
class Opinion:
    """What somebody wrote of a page."""

    id: int
    path: str
    useful: bool
    words: str
    given_at: datetime


def counts(session: Session, zone_id: int) -> list[PageCount]:
    """The pages of which somebody said something: first those that were useful to fewest."""
    yes = func.count().filter(PageFeedback.useful)
    no = func.count().filter(PageFeedback.useful.is_(False))
    query = (
        select(PageFeedback.path, yes, no)
        .where(PageFeedback.zone_id == zone_id)
        .group_by(PageFeedback.path)
        .order_by((yes - no), PageFeedback.path)
    )
    return [PageCount(path, useful, useless) for path, useful, useless in session.execute(query)]


def opinions(
    session: Session, zone_id: int, *, before: int | None = None, limit: int
) -> list[Opinion]:
    """What was said and not erased, the newest first; with words or without.

    before: only those with smaller ids, if given.
    """
    query = select(PageFeedback).where(
        PageFeedback.zone_id == zone_id, PageFeedback.erased_at.is_(None)
    )
    if before is not None:
        query = query.where(PageFeedback.id < before)
    found = list(session.scalars(query.order_by(PageFeedback.id.desc()).limit(limit)))
    words = log.words(session, [said.leaf for said in found])
    return [
        Opinion(said.id, said.path, said.useful, words.get(said.leaf, ""), said.given_at)
        for said in found
    ]
