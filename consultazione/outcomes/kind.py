"""Outcomes as a kind of numbered document."""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.documents.kinds import DocumentKind, register_kind
from consultazione.minutes.models import Minutes
from consultazione.outcomes.models import Outcome
from consultazione.sittings.models import Sitting


def titles(session: Session, ids: Collection[int]) -> dict[int, str]:
    """What outcomes are called: as the sittings that concluded them."""
    query = (
        select(Outcome.id, Sitting.title)
        .join(Outcome.minutes)
        .join(Minutes.sitting)
        .where(Outcome.id.in_(ids))
    )
    return dict(iter(session.execute(query)))


OUTCOME = register_kind(
    DocumentKind(
        name="outcome",
        label=_("Outcome submitted to the unions"),
        plural=_("Outcomes submitted to the unions"),
        word="Esito",
        titles=titles,
        endpoint="outcomes.show",
        parameter="outcome_id",
    )
)
UNION_RECORD = register_kind(
    DocumentKind(
        name="union_record",
        label=_("Record of the union consultation"),
        plural=_("Records of the union consultation"),
        word="Verbale di concertazione",
        titles=titles,
    )
)
