"""The norms and guidelines of a zone's library, which everybody may read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.columns import among
from consultazione.search.kinds.base import Kind, Text
from consultazione.zones.library.models import Citation


class Norms(Kind):
    """By title, number and issuer; dated by their own day."""

    name = "norm"
    label = _("Norms and guidelines")
    families = ("citation.",)
    fields = ("citation_id",)
    model = Citation

    def texts(self, session: Session, ids: Sequence[int]) -> Iterator[Text]:
        """Every citation."""
        for one in session.scalars(select(Citation).where(among(Citation.id, ids))):
            yield Text(
                object_id=one.id,
                zone_id=one.zone_id,
                at=datetime.combine(one.on_day, time(), tzinfo=UTC),
                title=one.title,
                body=" ".join(filter(None, (one.issuer, one.number, one.cited_in))),
                endpoint="zones.library",
                values={"_anchor": f"norma-{one.id}"},
            )
