"""Outcomes as originals of easy-to-read summaries."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from consultazione.documents.easy.subjects import Original, Subject, register_subject
from consultazione.outcomes.paper import TITLE
from consultazione.outcomes.queries import get_outcome


def _original(session: Session, outcome_id: int) -> Original:
    outcome = get_outcome(session, outcome_id)
    sitting, document = outcome.minutes.sitting, outcome.document
    return Original(
        zone_id=sitting.table.zone_id,
        zone=document["zone"],
        plan=document["plan"],
        title=TITLE,
        about=f"{document['table']['name']}. {document['title']}",
        digest=outcome.digest,
        table_id=sitting.table_id,
        writer_id=sitting.secretary_id,
        demo=document["demo"],
    )


OUTCOME = register_subject(
    Subject(
        name="outcome",
        label=_("Outcome submitted to the unions"),
        original=_original,
        endpoint="outcomes.show",
        parameter="outcome_id",
    )
)
