"""Outcomes: the conclusions of a table, which everybody may read while unions answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.columns import among
from consultazione.outcomes.models import Outcome
from consultazione.search.kinds.base import Kind, Text, strings_in
from consultazione.tables.models import ThematicTable

_SAID = frozenset({"title", "body"})


class Outcomes(Kind):
    """By the words of the document that is signed."""

    name = "outcome"
    label = _("Outcomes")
    families = ("outcome.",)
    fields = ("outcome_id",)
    model = Outcome

    def texts(self, session: Session, ids: Sequence[int]) -> Iterator[Text]:
        """Every outcome."""
        query = (
            select(Outcome, ThematicTable.zone_id, ThematicTable.cycle_id)
            .join(ThematicTable, ThematicTable.id == Outcome.table_id)
            .where(among(Outcome.id, ids))
        )
        for one, zone_id, cycle_id in session.execute(query):
            yield Text(
                object_id=one.id,
                zone_id=zone_id,
                cycle_id=cycle_id,
                table_id=one.table_id,
                state=one.state.value,
                at=one.opened_at,
                title=one.document["title"],
                body="\n".join(strings_in(one.document["items"], _SAID)),
                endpoint="outcomes.show",
                values={"outcome_id": one.id},
            )
