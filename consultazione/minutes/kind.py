"""Minutes as a kind of numbered document."""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.documents.kinds import DocumentKind, register_kind
from consultazione.minutes.models import Minutes
from consultazione.sittings.models import Sitting


def _titles(session: Session, ids: Collection[int]) -> dict[int, str]:
    query = select(Minutes.id, Sitting.title).join(Minutes.sitting).where(Minutes.id.in_(ids))
    return dict(iter(session.execute(query)))


MINUTES = register_kind(
    DocumentKind(
        name="minutes",
        label=_("Minutes of a sitting"),
        plural=_("Minutes of sittings"),
        word="Verbale",
        titles=_titles,
        endpoint="minutes.show",
        parameter="minutes_id",
    )
)
