"""Notices of convocation as a kind of numbered document."""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.documents.kinds import DocumentKind, register_kind
from consultazione.sittings.models import Sitting


def _titles(session: Session, ids: Collection[int]) -> dict[int, str]:
    query = select(Sitting.id, Sitting.title).where(Sitting.id.in_(ids))
    return dict(iter(session.execute(query)))


NOTICE = register_kind(
    DocumentKind(
        name="notice",
        label=_("Notice of convocation"),
        plural=_("Notices of convocation"),
        word="Avviso",
        titles=_titles,
    )
)
