"""Comments on proposals. Their words stand in the log alone, sealed: so does what is indexed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.comments.models import Comment
from consultazione.core import log
from consultazione.core.columns import among
from consultazione.proposals.models import Proposal
from consultazione.search.kinds.base import Kind, Text
from consultazione.search.models import Band
from consultazione.tables.models import ThematicTable


class Comments(Kind):
    """Not those that are hidden, withdrawn or erased; titled by their proposal."""

    name = "comment"
    label = _("Comments")
    band = Band.COMMENTS
    families = ("comment.",)
    fields = ("comment_id",)
    model = Comment
    is_sealed = True

    def texts(self, session: Session, ids: Sequence[int]) -> Iterator[Text]:
        """The rule of `Comment.is_shown`."""
        query = (
            select(Comment, Proposal, ThematicTable.zone_id, ThematicTable.cycle_id)
            .join(Proposal, Proposal.id == Comment.proposal_id)
            .join(ThematicTable, ThematicTable.id == Proposal.table_id)
            .where(among(Comment.id, ids))
        )
        found = list(session.execute(query))
        words = log.words(session, [comment.leaf for comment, *_rest in found])
        for comment, proposal, zone_id, cycle_id in found:
            comment.keep(words.get(comment.leaf, ""))
            if comment.is_shown:
                yield Text(
                    object_id=comment.id,
                    zone_id=zone_id,
                    cycle_id=cycle_id,
                    table_id=proposal.table_id,
                    category=comment.category,
                    state=comment.position.value,
                    at=comment.at,
                    title=proposal.title,
                    body=comment.body,
                    endpoint="comments.show",
                    values={"comment_id": comment.id},
                )
