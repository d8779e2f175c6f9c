"""A step of an order: texts leave the log for good, and each stream says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select, update

from consultazione.comments.events import CommentErased
from consultazione.comments.models import Comment
from consultazione.core import log
from consultazione.core.db import Transaction
from consultazione.core.events import FreeText
from consultazione.core.log import TextRow
from consultazione.core.log.order_marks import mark_of
from consultazione.erasure.events import TextErased
from consultazione.erasure.finding import Place
from consultazione.erasure.models import ErasureOrder
from consultazione.proposals.models import Proposal
from consultazione.tables.events import table_stream
from consultazione.zones.feedback.events import FeedbackErased, feedback_stream
from consultazione.zones.feedback.models import PageFeedback


def erase_entries(tx: Transaction, order: ErasureOrder, places: Sequence[Place]) -> None:
    """Erase the texts at these places of the log; the chain of digests stays.

    An entry's text goes as a whole, since its digest covers all of it. The dispatcher destroys
    its key. Comments and opinions, whose words stand in the log alone, are marked as erased.
    """
    numbers: dict[str, set[int]] = defaultdict(set)
    leaves: list[int] = []
    for place in places:
        leaves += tx.session.scalars(
            select(TextRow.leaf).filter_by(position=place.position, field=place.column)
        )
        log.erase_text(tx.session, place.position, place.column)
        stream, number = place.row
        numbers[stream].add(int(number))
    _mark(tx, order, leaves)
    for stream, erased in sorted(numbers.items()):
        tx.record(stream, TextErased(order_id=order.id, numbers=sorted(erased)))


def _mark(tx: Transaction, order: ErasureOrder, leaves: Sequence[int]) -> None:
    """Have rows whose words stood in the log alone say by which order they went."""
    mark = mark_of(order.number)
    hidden = (
        update(Comment)
        .where(Comment.leaf.in_(leaves), Comment.proposal_id == Proposal.id)
        .values(hidden_at=tx.now, hidden_reason=mark)
        .returning(Comment.id, Proposal.id, Proposal.table_id)
    )
    for comment_id, proposal_id, table_id in tx.session.execute(hidden).all():
        erased = CommentErased(
            comment_id=comment_id,
            proposal_id=proposal_id,
            table_id=table_id,
            ground=FreeText(mark),
        )
        tx.record(table_stream(table_id), erased)
    given = PageFeedback.leaf.in_(leaves)
    opinions = update(PageFeedback).where(given).values(erased_at=tx.now).returning(PageFeedback.id)
    for feedback_id in tx.session.scalars(opinions).all():
        tx.record(feedback_stream(order.zone_id), FeedbackErased(feedback_id=feedback_id))
