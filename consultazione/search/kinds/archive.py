"""Documents of the zone's past planning, with the text of their pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy import func, literal, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session

from consultazione.core.columns import among
from consultazione.memory.models import ArchiveDocument, ArchivePage
from consultazione.search.kinds.base import MOST_CHARACTERS, Kind, Text


class Archive(Kind):
    """Dated by the day on which they were recorded."""

    name = "archive"
    label = _("Archive of past years")
    families = ("archive_document.",)
    fields = ("document_id",)
    model = ArchiveDocument

    def texts(self, session: Session, ids: Sequence[int]) -> Iterator[Text]:
        """Every document."""
        whole = func.string_agg(
            ArchivePage.body, aggregate_order_by(literal("\n"), ArchivePage.number)
        )
        body = (
            select(func.left(whole, MOST_CHARACTERS))
            .where(ArchivePage.document_id == ArchiveDocument.id)
            .scalar_subquery()
        )
        query = select(ArchiveDocument, body).where(among(ArchiveDocument.id, ids))
        for one, text in session.execute(query):
            yield Text(
                object_id=one.id,
                zone_id=one.zone_id,
                at=one.recorded_at,
                title=one.title,
                body=f"{one.body} {one.years}\n{text or ''}",
                endpoint="memory.document",
                values={"archive_document_id": one.id},
            )
