"""The approved plan as a kind of numbered document."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from consultazione.documents.kinds import DocumentKind, register_kind
from consultazione.zones.models import Cycle


def _titles(session: Session, cycle_ids: Collection[int]) -> Mapping[int, str]:
    """Plans are called by their years."""
    rows = session.scalars(select(Cycle).where(Cycle.id.in_(cycle_ids)))
    return {cycle.id: cycle.years for cycle in rows}


def _cycle(cycle_id: Any) -> Select[int]:
    return select(Cycle.id).where(Cycle.id == cycle_id)


PLAN = register_kind(
    DocumentKind(
        name="plan",
        label=_("Zone plan"),
        plural=_("Zone plans"),
        word="Piano di zona",
        titles=_titles,
        cycle_of=_cycle,
        is_sealed=True,
    )
)
