"""Comments on blocks of the public draft, each of which the plan office answers."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, require
from consultazione.plan.discussion.events import BlockCommentAnswered, BlockCommented
from consultazione.plan.discussion.models import BlockComment
from consultazione.plan.discussion.steps import speak_of_block
from consultazione.plan.events import plan_stream


def comment_on_block(
    tx: Transaction, *, block_id: int, body: str, demo: bool = False
) -> BlockComment:
    """Comment on a block in the actor's voice, and return the comment.

    NotFound if there is no such block; Conflict unless the public draft is open for comments.
    """
    said = speak_of_block(tx, block_id, Permission.COMMENT_ON_BLOCK)
    comment = BlockComment(
        block_id=block_id,
        version=said.block.version,
        author_id=said.person_id,
        mandate_id=said.mandate_id,
        category=said.category,
        body=body,
        at=tx.now,
        demo=demo,
    )
    tx.session.add(comment)
    tx.flush()
    tx.record(
        plan_stream(said.block.chapter.cycle_id),
        BlockCommented(
            comment_id=comment.id,
            block_id=block_id,
            version=comment.version,
            mandate_id=comment.mandate_id,
            category=comment.category,
            body=FreeText(body),
        ),
    )
    return comment


def answer_block_comment(tx: Transaction, *, comment_id: int, answer: str) -> BlockComment:
    """Answer a comment, once; everybody can read the answer.

    Locks the comment FOR UPDATE. NotFound if there is no such comment; Conflict if it has its
    answer; Invalid on the field `answer` if that is empty.
    """
    of = {"of": BlockComment}
    comment = tx.session.get(BlockComment, comment_id, with_for_update=of)
    if comment is None:
        raise NotFound(_("There is no such comment."))
    chapter = comment.block.chapter
    require(tx.actor, Permission.ANSWER_BLOCK_COMMENT, zone_id=chapter.zone_id)
    if comment.answered_at is not None:
        raise Conflict(_("This comment has its answer, and the answer stands."))
    if not answer.strip():
        raise Invalid.at("answer", _("Write the answer: whoever commented will read it."))
    comment.answer, comment.answered_at = answer, tx.now
    answered = BlockCommentAnswered(
        comment_id=comment.id, block_id=comment.block_id, answer=FreeText(answer)
    )
    tx.record(plan_stream(chapter.cycle_id), answered)
    return comment
