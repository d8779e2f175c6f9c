"""Proposals, by title and text; refused and withdrawn ones too, as their list shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from consultazione.core.columns import among
from consultazione.proposals.models import Proposal
from consultazione.search.kinds.base import Kind, Text
from consultazione.search.models import Band


class Proposals(Kind):
    """In the text that stands; earlier versions are found on the proposal's page."""

    name = "proposal"
    label = _("Proposals")
    band = Band.PROPOSALS
    families = ("proposal.",)
    fields = ("proposal_id",)
    silent = frozenset({
        "proposal.supported", "proposal.support_renewed", "proposal.support_withdrawn",
    })  # fmt: skip
    model = Proposal

    def texts(self, session: Session, ids: Sequence[int]) -> Iterator[Text]:
        """The rule of `proposals.search`: every proposal that was handed in."""
        query = (
            select(Proposal)
            .join(Proposal.table)
            .options(contains_eager(Proposal.table))
            .where(among(Proposal.id, ids))
        )
        for one in session.scalars(query):
            yield Text(
                object_id=one.id,
                zone_id=one.table.zone_id,
                cycle_id=one.table.cycle_id,
                table_id=one.table_id,
                category=one.category,
                state=one.state.value,
                at=one.submitted_at,
                title=one.title,
                body=one.body,
                endpoint="proposals.show",
                values={"proposal_id": one.id},
            )
