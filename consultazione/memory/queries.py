"""Queries on the archive, on assessments, and on the past cycles of a zone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consultazione.core.errors import NotFound
from consultazione.memory.models import (
    ArchiveDocument,
    ArchivePage,
    Assessment,
    AssessmentComment,
    PriorityLink,
)
from consultazione.outcomes.models import Outcome, OutcomeItem
from consultazione.people.models import Mandate
from consultazione.zones.models import Cycle

PAGES_AT_ONCE = 20


def documents(session: Session, zone_id: int) -> list[ArchiveDocument]:
    """The documents of a zone's archive, the latest years first."""
    query = (
        select(ArchiveDocument)
        .where(ArchiveDocument.zone_id == zone_id)
        .order_by(
            ArchiveDocument.first_year.desc(), ArchiveDocument.last_year.desc(), ArchiveDocument.id
        )
    )
    return list(session.scalars(query))


def documents_of(rows: Iterable[ArchiveDocument], cycle: Cycle) -> list[ArchiveDocument]:
    """Those that are about years of a cycle."""
    return [
        row
        for row in rows
        if row.first_year <= cycle.last_year and row.last_year >= cycle.first_year
    ]


def get_document(session: Session, document_id: int) -> ArchiveDocument:
    """A document of an archive by id; NotFound if there is none."""
    document = session.get(ArchiveDocument, document_id)
    if document is None:
        raise NotFound(_("There is no such document."))
    return document


def pages_after(session: Session, document_id: int, *, after: int, limit: int) -> list[ArchivePage]:
    """The pages of a document that have text, with numbers above `after`."""
    query = select(ArchivePage).where(
        ArchivePage.document_id == document_id, ArchivePage.number > after
    )
    return list(session.scalars(query.order_by(ArchivePage.number).limit(limit)))


def cycle_of_years(session: Session, zone_id: int, years: str) -> Cycle:
    """The cycle of a zone that `years` names, such as 2015-2017; NotFound if there is none."""
    first, dash, last = years.partition("-")
    if not (dash and first.isdecimal() and last.isdecimal() and len(years) == len("2015-2017")):
        raise NotFound(_("There is no such cycle."))
    cycle = session.scalar(
        select(Cycle)
        .options(joinedload(Cycle.zone))
        .filter_by(zone_id=zone_id, first_year=int(first), last_year=int(last))
    )
    if cycle is None:
        raise NotFound(_("There is no such cycle."))
    return cycle


def is_over(cycle: Cycle, today: date) -> bool:
    """True once the years of a cycle have passed, so that its promises can be assessed."""
    return cycle.last_year < today.year


def links_between(session: Session, cycle_id: int, earlier_cycle_id: int) -> list[PriorityLink]:
    """What is said of priorities from an earlier cycle to a later one."""
    query = (
        select(PriorityLink)
        .options(joinedload(PriorityLink.priority), joinedload(PriorityLink.earlier))
        .where(PriorityLink.cycle_id == cycle_id, PriorityLink.earlier_cycle_id == earlier_cycle_id)
        .order_by(PriorityLink.id)
    )
    return list(session.scalars(query))


def get_link(session: Session, link_id: int) -> PriorityLink:
    """A link between priorities by id; NotFound if there is none."""
    link = session.get(PriorityLink, link_id)
    if link is None:
        raise NotFound(_("There is no such link between priorities."))
    return link


def get_assessment(session: Session, assessment_id: int) -> Assessment:
    """An assessment by id, with what it assesses; NotFound if there is none."""
    assessment = session.get(
        Assessment,
        assessment_id,
        options=[
            joinedload(Assessment.priority),
            joinedload(Assessment.item),
            joinedload(Assessment.cycle).joinedload(Cycle.zone),
        ],
    )
    if assessment is None:
        raise NotFound(_("There is no such assessment."))
    return assessment


def comments(session: Session, assessment_id: int) -> list[AssessmentComment]:
    """The comments on an assessment, oldest first, with who spoke for which organisation."""
    query = (
        select(AssessmentComment)
        .options(
            joinedload(AssessmentComment.author),
            joinedload(AssessmentComment.mandate).joinedload(Mandate.organisation),
        )
        .where(AssessmentComment.assessment_id == assessment_id)
        .order_by(AssessmentComment.id)
    )
    return list(session.scalars(query))


def get_comment(session: Session, comment_id: int) -> AssessmentComment:
    """A comment on an assessment by id; NotFound if there is none."""
    comment = session.get(AssessmentComment, comment_id)
    if comment is None:
        raise NotFound(_("There is no such comment."))
    return comment


def outcome_of(session: Session, item_id: int) -> Outcome:
    """The outcome in which a conclusion stands."""
    query = select(Outcome).join(OutcomeItem, OutcomeItem.outcome_id == Outcome.id)
    return session.scalars(query.where(OutcomeItem.id == item_id)).one()
