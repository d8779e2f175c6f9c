"""Queries of moderation: the queue, the public register, and what a person has to do with it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session, joinedload

from consultazione.core.errors import NotFound
from consultazione.moderation.models import Appeal, Case, Report, Ruling, TextKind
from consultazione.people.models import Person
from consultazione.tables.holding.models import HeldState, HeldText
from consultazione.tables.models import ThematicTable

_WITH_CASE = (joinedload(Ruling.case), joinedload(Ruling.appeal))
# An appeal that somebody has to decide on.
_WAITS = and_(Appeal.decided_at.is_(None), Ruling.undone_at.is_(None))


@dataclass(frozen=True)
class Waiting:
    """A text that waits for a ruling. reports: how many; rules: by which, each once."""

    case: Case
    reports: int
    rules: Sequence[str]


def waiting_cases(session: Session, table_ids: Collection[int], *, limit: int) -> list[Waiting]:
    """The open cases at some tables, the oldest first."""
    rules = func.array_agg(Report.rule.distinct()).filter(Report.id.is_not(None))
    query = (
        select(Case, func.count(Report.id), rules)
        .outerjoin(Report, Report.case_id == Case.id)
        .where(Case.table_id.in_(list(table_ids)), Case.settled_at.is_(None))
        .group_by(Case.id)
        .order_by(Case.opened_at, Case.id)
        .limit(limit)
    )
    return [Waiting(case, count, found or ()) for case, count, found in session.execute(query)]


def waiting_appeals(session: Session, table_ids: Collection[int], *, limit: int) -> list[Ruling]:
    """The rulings at some tables with an appeal that waits, that due first first."""
    query = (
        select(Ruling)
        .join(Ruling.case)
        .join(Appeal, Appeal.ruling_id == Ruling.id)
        .options(*_WITH_CASE)
        .where(Case.table_id.in_(list(table_ids)), _WAITS)
        .order_by(Appeal.due_on, Ruling.id)
        .limit(limit)
    )
    return list(session.scalars(query))


@dataclass(frozen=True)
class Queue:
    """How much waits at some tables, and since when the oldest does; appeals apart.

    held: texts that nobody else sees before they are read; their oldest counts in `since` too.
    """

    cases: int
    held: int
    since: datetime | None
    appeals: int
    due_on: date | None


def queue_of(session: Session, table_ids: Collection[int], *, person_id: int) -> Queue:
    """How much waits for a person, who decides on no appeal against a ruling of theirs."""
    cases = select(func.count(), func.min(Case.opened_at)).where(
        Case.table_id.in_(list(table_ids)),
        Case.settled_at.is_(None),
        Case.author_id != person_id,
    )
    appeals = (
        select(func.count(), func.min(Appeal.due_on))
        .join(Ruling, Ruling.id == Appeal.ruling_id)
        .join(Case, Case.id == Ruling.case_id)
        .where(Case.table_id.in_(list(table_ids)), _WAITS)
        .where(Ruling.decided_by != person_id, Case.author_id != person_id)
    )
    held = select(func.count(), func.min(HeldText.held_at)).where(
        HeldText.table_id.in_(list(table_ids)),
        HeldText.state == HeldState.WAITING,
        HeldText.author_id != person_id,
    )
    number, since = session.execute(cases).one()
    waiting, held_since = session.execute(held).one()
    appealed, due_on = session.execute(appeals).one()
    oldest = min((moment for moment in (since, held_since) if moment), default=None)
    return Queue(number, waiting, oldest, appealed, due_on)


def reports_on(session: Session, kind: TextKind, text_id: int) -> list[Report]:
    """All reports of a text, the oldest first."""
    wanted = select(Report).filter_by(text_kind=kind, text_id=text_id).order_by(Report.id)
    return list(session.scalars(wanted))


def rulings_on(session: Session, kind: TextKind, text_id: int) -> list[Ruling]:
    """All rulings on a text, the newest first."""
    query = (
        select(Ruling)
        .join(Ruling.case)
        .options(*_WITH_CASE)
        .where(Case.text_kind == kind, Case.text_id == text_id)
    )
    return list(session.scalars(query.order_by(Ruling.id.desc())))


def get_ruling(session: Session, ruling_id: int) -> Ruling:
    """A ruling by id; NotFound if there is none."""
    ruling = session.get(Ruling, ruling_id, options=_WITH_CASE)
    if ruling is None:
        raise NotFound(_("There is no such ruling."))
    return ruling


def register_of(
    session: Session, zone_id: int, *, before: int = 0, limit: int
) -> list[tuple[Ruling, str]]:
    """The rulings of a zone with the names of their tables, the newest first; before: an id."""
    query = (
        select(Ruling, ThematicTable.name)
        .join(Ruling.case)
        .join(ThematicTable, ThematicTable.id == Case.table_id)
        .options(*_WITH_CASE)
        .where(ThematicTable.zone_id == zone_id)
        .order_by(Ruling.id.desc())
        .limit(limit)
    )
    if before:
        query = query.where(Ruling.id < before)
    return [(ruling, name) for ruling, name in session.execute(query)]


def rulings_about(session: Session, person_id: int, *, limit: int) -> list[Ruling]:
    """The rulings on a person's texts that did something to them, the newest first."""
    query = select(Ruling).join(Ruling.case).options(*_WITH_CASE)
    query = query.where(Case.author_id == person_id, Ruling.rule.is_not(None))
    return list(session.scalars(query.order_by(Ruling.id.desc()).limit(limit)))


def reports_by(
    session: Session, person_id: int, *, limit: int
) -> list[tuple[Report, Ruling | None]]:
    """What a person has reported, the newest first, with the last ruling of each case."""
    last = _last_ruling().subquery()
    query = (
        select(Report, Ruling)
        .outerjoin(last, last.c.case_id == Report.case_id)
        .outerjoin(Ruling, Ruling.id == last.c.id)
        .where(Report.person_id == person_id)
        .order_by(Report.id.desc())
        .limit(limit)
    )
    return [(report, ruling) for report, ruling in session.execute(query)]


def has_reported(session: Session, kind: TextKind, text_id: int, person_id: int) -> bool:
    """True if a person has reported a text."""
    mine = select(Report.id).filter_by(text_kind=kind, text_id=text_id, person_id=person_id)
    return session.scalar(mine) is not None


def person_names(session: Session, ids: Collection[int]) -> dict[int, str]:
    """The names of persons by number, told apart as readers see them."""
    wanted = select(Person.id, Person.shown_name).where(Person.id.in_(list(ids)))
    return dict(iter(session.execute(wanted)))


def waiting_texts(session: Session, table_ids: Collection[int], *, limit: int) -> list[HeldText]:
    """The texts that wait at some tables, the oldest first."""
    query = (
        select(HeldText)
        .options(joinedload(HeldText.table))
        .where(HeldText.table_id.in_(list(table_ids)), HeldText.state == HeldState.WAITING)
        .order_by(HeldText.held_at, HeldText.id)
        .limit(limit)
    )
    return list(session.scalars(query))


def get_held(session: Session, held_id: int) -> HeldText:
    """A text that waits or did; NotFound if there is none."""
    held = session.get(HeldText, held_id, options=[joinedload(HeldText.table)])
    if held is None:
        raise NotFound(_("There is no such text, or none any more."))
    return held


def held_of(session: Session, person_id: int, *, limit: int) -> list[HeldText]:
    """What a person wrote that waits or did, the newest first."""
    wanted = select(HeldText).filter_by(author_id=person_id).order_by(HeldText.id.desc())
    return list(session.scalars(wanted.limit(limit)))


def _last_ruling() -> Select[int, int]:
    return select(Ruling.case_id, func.max(Ruling.id).label("id")).group_by(Ruling.case_id)
