"""Reading a digest: each sentence is cut out of its comment now, if everybody may read that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consultazione.comments.digests.models import Chosen, DiscussionDigest, Group
from consultazione.comments.models import Comment
from consultazione.core import log
from consultazione.people.models import Mandate

_WITH_AUTHOR = (
    joinedload(Comment.author),
    joinedload(Comment.mandate).joinedload(Mandate.organisation),
)


@dataclass(frozen=True)
class Quoted:
    """A sentence of a comment; near: how many other comments say something like it."""

    comment: Comment
    body: str
    near: int
    group: Group


@dataclass(frozen=True)
class Digest:
    """A digest as it is read now: when it was made, of how many comments, what they say."""

    made_at: datetime
    comments: int
    sentences: list[Quoted]

    @property
    def groups(self) -> dict[Group, list[Quoted]]:
        """The sentences of each group that has some."""
        found: dict[Group, list[Quoted]] = {}
        for quoted in self.sentences:
            found.setdefault(quoted.group, []).append(quoted)
        return found


def digest_of(session: Session, proposal_id: int) -> Digest | None:
    """The digest of a proposal's comments; None if there is none, or nothing is left of it.

    Left out is what was hidden, withdrawn, changed or erased since it was made.
    """
    kept = session.get(DiscussionDigest, proposal_id)
    if kept is None or not kept.sentences:
        return None
    ids = {chosen["comment_id"] for chosen in kept.sentences}
    found = list(session.scalars(select(Comment).options(*_WITH_AUTHOR).where(Comment.id.in_(ids))))
    words = log.words(session, [comment.leaf for comment in found])
    for comment in found:
        comment.keep(words.get(comment.leaf, ""))
    shown = {comment.id: comment for comment in found if comment.is_shown}
    quoted = [
        _quoted(shown[chosen["comment_id"]], chosen)
        for chosen in kept.sentences
        if chosen["comment_id"] in shown and shown[chosen["comment_id"]].leaf == chosen["leaf"]
    ]
    return Digest(kept.made_at, kept.comments, quoted) if quoted else None


def _quoted(comment: Comment, chosen: Chosen) -> Quoted:
    said = comment.body[chosen["start"] : chosen["end"]]
    return Quoted(comment, said, chosen["near"], Group(chosen["group"]))
