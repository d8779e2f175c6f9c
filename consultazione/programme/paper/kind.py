"""The approved annual programme as a kind of numbered document."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from consultazione.documents.kinds import DocumentKind, register_kind
from consultazione.programme.models import AnnualProgramme


def _titles(session: Session, ids: Collection[int]) -> Mapping[int, str]:
    """Programmes are called by their year."""
    query = select(AnnualProgramme.id, AnnualProgramme.year)
    rows = session.execute(query.where(AnnualProgramme.id.in_(ids)))
    return {number: str(year) for number, year in rows}


def _cycle(programme_id: Any) -> Select[int]:
    return select(AnnualProgramme.cycle_id).where(AnnualProgramme.id == programme_id)


PROGRAMME = register_kind(
    DocumentKind(
        name="programme",
        label=_("Annual programme"),
        plural=_("Annual programmes"),
        word="Programma attuativo annuale",
        titles=_titles,
        cycle_of=_cycle,
        is_sealed=True,
    )
)
