"""Minutes, from their approval on: a draft is found by nobody, whoever may read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consultazione.core.columns import among
from consultazione.minutes.models import Minutes, MinutesState
from consultazione.search.kinds.base import Kind, Text, strings_in
from consultazione.sittings.models import Sitting

# What was said and decided; not who was there, whose names follow a rule of the zone.
_SAID = frozenset({"title", "body", "note", "question", "answer", "reason"})


class MinutesOfSittings(Kind):
    """By the title of their sitting and what their document says."""

    name = "minutes"
    label = _("Minutes")
    families = ("minutes.",)
    fields = ("minutes_id",)
    model = Minutes

    def texts(self, session: Session, ids: Sequence[int]) -> Iterator[Text]:
        """The rule of `minutes.queries.may_read` for a visitor."""
        query = (
            select(Minutes)
            .options(joinedload(Minutes.sitting).joinedload(Sitting.table))
            .where(among(Minutes.id, ids), Minutes.state != MinutesState.DRAFT)
        )
        for one in session.scalars(query):
            table = one.sitting.table
            yield Text(
                object_id=one.id,
                zone_id=table.zone_id,
                cycle_id=table.cycle_id,
                table_id=table.id,
                state=one.state.value,
                at=one.published_at or one.approved_at or one.composed_at,
                title=one.sitting.title,
                body="\n".join(strings_in(one.document or {}, _SAID)),
                endpoint="minutes.show",
                values={"minutes_id": one.id},
            )
