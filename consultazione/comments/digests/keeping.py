"""Making a digest anew when enough has been written since.

Nothing is recorded: the digest follows from the comments, and holds no words of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, delete, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from consultazione.comments.digests.choosing import Sentence, choose
from consultazione.comments.digests.models import DiscussionDigest, Group
from consultazione.comments.digests.sentences import sentences_of
from consultazione.comments.models import Comment
from consultazione.core import log
from consultazione.core.db import Transaction
from consultazione.tables.events import table_stream

# From so many comments on a discussion is long.
LEAST_COMMENTS = 15
# It is made anew once a tenth more were written, and at least these.
_LEAST_NEW = 3
# Of more comments the newest are read.
MOST_COMMENTS = 2_000
_SHOWN = (Comment.hidden_at.is_(None), Comment.withdrawn_at.is_(None))
_NO_WORD = re.compile(r"[\W_]+")
_STEMS = text(
    "SELECT tsvector_to_array(to_tsvector('italian_plain', body))"
    " FROM unnest(CAST(:bodies AS text[])) WITH ORDINALITY AS given (body, place) ORDER BY place"
)


def keep_digest(
    tx: Transaction, *, proposal_id: int, table_id: int, number: int, is_new: bool
) -> bool:
    """Make the digest of a proposal's comments anew if it is due; True if it was. Idempotent.

    number: of the entry of the table's stream that calls for it: of a hundred that come together
    the first one's job reads all, and those of the others find it done. is_new: a comment was
    written, for which alone nothing is made anew; else one was changed, hidden, shown again,
    withdrawn or erased.
    """
    session = tx.session
    kept = session.get(DiscussionDigest, proposal_id)
    if kept is not None and kept.number >= number:
        return False
    head = log.head(session, table_stream(table_id))  # before the comments, which may be newer
    written = _count(session, proposal_id)
    if written < LEAST_COMMENTS:
        session.execute(delete(DiscussionDigest).where(DiscussionDigest.proposal_id == proposal_id))
        return kept is not None
    if kept is not None and is_new and not _is_due(session, kept, written):
        return False
    comments = _read(session, proposal_id)
    row = {
        "proposal_id": proposal_id,
        "number": head,
        "comments": len(comments),
        "made_at": tx.now,
        "sentences": choose(list(_sentences(session, comments))),
    }
    made = insert(DiscussionDigest).values(row)
    later = DiscussionDigest.number < made.excluded.number
    session.execute(
        made.on_conflict_do_update(index_elements=["proposal_id"], set_=row, where=later)
    )
    return True


def _is_due(session: Session, kept: DiscussionDigest, written: int) -> bool:
    since = _count(session, kept.proposal_id, Comment.at > kept.made_at)
    return since >= max(_LEAST_NEW, written // 10)


def _count(session: Session, proposal_id: int, *which: ColumnElement[bool]) -> int:
    query = select(func.count()).where(Comment.proposal_id == proposal_id, *_SHOWN, *which)
    return session.scalar(query) or 0


def _read(session: Session, proposal_id: int) -> list[Comment]:
    """The comments that everybody may read, with their words, the oldest first."""
    query = select(Comment).where(Comment.proposal_id == proposal_id, *_SHOWN)
    found = list(session.scalars(query.order_by(Comment.id.desc()).limit(MOST_COMMENTS)))
    words = log.words(session, [comment.leaf for comment in found])
    for comment in found:
        comment.keep(words.get(comment.leaf, ""))
    return [comment for comment in reversed(found) if comment.is_shown]


def _sentences(session: Session, comments: Sequence[Comment]) -> Iterator[Sentence]:
    """What may stand in a digest: of replies, which take no position, only what they ask."""
    said = [
        (comment, start, end, group)
        for comment in comments
        for start, end in sentences_of(comment.body)
        if (group := _group(comment, comment.body[start:end]))
    ]
    stems = _stems(session, [comment.body[start:end] for comment, start, end, _group in said])
    for (comment, start, end, group), found in zip(said, stems, strict=True):
        yield Sentence(
            group, comment.id, comment.author_id, comment.leaf, start, end, frozenset(found)
        )


def _group(comment: Comment, sentence: str) -> Group | None:
    if sentence.rstrip("\"'»”’)]*_").endswith("?"):
        return Group.QUESTIONS
    return None if comment.parent_id else Group(comment.position.value)


def _stems(session: Session, sentences: Sequence[str]) -> list[list[str]]:
    """The different stems of each sentence, in one statement; stop words have none."""
    if not sentences:
        return []
    given = {"bodies": [_NO_WORD.sub(" ", sentence) for sentence in sentences]}
    return [list(found or ()) for found in session.scalars(_STEMS, given)]
