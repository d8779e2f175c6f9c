"""Queries on texts that came on paper."""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consultazione.core.errors import NotFound
from consultazione.tables.on_paper.models import PaperText

_WITH_PLACE = (joinedload(PaperText.table), joinedload(PaperText.person))


def get_paper(session: Session, paper_id: int) -> PaperText:
    """A text on paper by the number of its receipt; NotFound if there is none."""
    found = session.get(PaperText, paper_id, options=_WITH_PLACE)
    if found is None:
        raise NotFound(_("There is no such receipt."))
    return found


def paper_by_code(session: Session, code: str) -> PaperText:
    """A text on paper by the code of its receipt, however it is typed; NotFound if none has it."""
    folded = "".join(sign for sign in code.upper() if sign.isalnum())
    query = select(PaperText).options(*_WITH_PLACE).where(PaperText.code == folded)
    found = session.scalar(query)
    if found is None:
        raise NotFound(_("There is no such receipt: check the letters of its code."))
    return found


def papers_of(session: Session, author_ids: Collection[int]) -> dict[int, PaperText]:
    """The texts on paper that speak as these accounts, by account."""
    query = select(PaperText).where(PaperText.person_id.in_(author_ids))
    return {paper.person_id: paper for paper in session.scalars(query)}
