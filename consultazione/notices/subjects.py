"""What can be followed: for each kind how one is found, what it is called and where its page is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from consultazione.core.errors import NotFound
from consultazione.notices.models import SubjectKind
from consultazione.notices.places import chapter_path, table_path
from consultazione.outcomes.queries import get_outcome
from consultazione.proposals.queries import get_proposal
from consultazione.tables.queries import get_table
from consultazione.zones.models import Chapter


@dataclass(frozen=True)
class Subject:
    """Something that can be followed, as its page calls it. table_id: its table, if it has one."""

    kind: SubjectKind
    id: int
    title: str
    path: str
    table_id: int | None = None


def find_subject(session: Session, kind: SubjectKind, subject_id: int) -> Subject:
    """Something that can be followed, found as its page finds it; NotFound if there is none."""
    return _FINDERS[kind](session, subject_id)


def _table(session: Session, table_id: int) -> Subject:
    table = get_table(session, table_id)
    path = table_path(session, table)
    return Subject(SubjectKind.TABLE, table.id, table.name, path, table.id)


def _proposal(session: Session, proposal_id: int) -> Subject:
    proposal = get_proposal(session, proposal_id)
    path = f"/proposte/{proposal.id}"
    return Subject(SubjectKind.PROPOSAL, proposal.id, proposal.title, path, proposal.table_id)


def _outcome(session: Session, outcome_id: int) -> Subject:
    outcome = get_outcome(session, outcome_id)
    title, path = outcome.minutes.sitting.title, f"/esiti/{outcome.id}"
    return Subject(SubjectKind.OUTCOME, outcome.id, title, path, outcome.table_id)


def _chapter(session: Session, chapter_id: int) -> Subject:
    chapter = session.get(Chapter, chapter_id)
    if chapter is None:
        raise NotFound(_("The plan has no such chapter."))
    path = chapter_path(session, chapter)
    return Subject(SubjectKind.CHAPTER, chapter.id, chapter.title, path)


_FINDERS: Mapping[SubjectKind, Callable[[Session, int], Subject]] = {
    SubjectKind.TABLE: _table,
    SubjectKind.PROPOSAL: _proposal,
    SubjectKind.OUTCOME: _outcome,
    SubjectKind.CHAPTER: _chapter,
}
