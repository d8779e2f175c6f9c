"""What puts a text before somebody who moderates without a report; nothing is hidden by it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consultazione.comments.models import Comment
from consultazione.core import log
from consultazione.moderation.models import Signal, TextKind
from consultazione.moderation.settings import settings_of
from consultazione.moderation.subjects import Subject
from consultazione.proposals.models import Proposal
from consultazione.tables.models import ThematicTable

_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
_MOST_LINKS = 3
# So many texts of one person within that time are a flood.
_MOST_WRITTEN = 8
_WITHIN = timedelta(minutes=15)
# Of so many texts of the same person, one that says nearly the same; from so many characters on.
_LOOKED_AT = 20
_ALIKE = 0.8
_SHORTEST = 60


def signals_of(session: Session, subject: Subject, *, at: datetime) -> list[Signal]:
    """What is striking about a text, in the order of `Signal`; nothing as a rule."""
    return list(_signals(session, subject, at))


def _signals(session: Session, subject: Subject, at: datetime) -> Iterator[Signal]:
    if len(_LINK.findall(subject.words)) > _MOST_LINKS:
        yield Signal.LINKS
    if _written_since(session, subject.author_id, at - _WITHIN) > _MOST_WRITTEN:
        yield Signal.FLOOD
    if len(subject.words) >= _SHORTEST and _says_the_same(session, subject):
        yield Signal.COPY
    if _holds_listed_word(session, subject):
        yield Signal.WORDS


def _written_since(session: Session, author_id: int, since: datetime) -> int:
    proposals = select(func.count()).where(
        Proposal.author_id == author_id, Proposal.submitted_at >= since
    )
    comments = select(func.count()).where(Comment.author_id == author_id, Comment.at >= since)
    return (session.scalar(proposals) or 0) + (session.scalar(comments) or 0)


def _says_the_same(session: Session, subject: Subject) -> bool:
    """True if the author's latest texts hold one that says nearly the same."""
    text = folded(subject.words)
    return any(
        likeness(text, folded(other)) >= _ALIKE
        for other in _latest(session, subject)
        if abs(len(other) - len(subject.words)) < len(subject.words) * (1 - _ALIKE) * 2
    )


def _latest(session: Session, subject: Subject) -> Sequence[str]:
    if subject.kind is TextKind.PROPOSAL:
        query = select(Proposal.title + "\n\n" + Proposal.body).where(
            Proposal.author_id == subject.author_id, Proposal.id != subject.id
        )
        query = _in_cycle_of(query, subject)
        return session.scalars(query.order_by(Proposal.id.desc()).limit(_LOOKED_AT)).all()
    leaves = select(Comment.leaf).join(Proposal, Proposal.id == Comment.proposal_id)
    leaves = _in_cycle_of(leaves, subject).where(
        Comment.author_id == subject.author_id, Comment.id != subject.id
    )
    newest = session.scalars(leaves.order_by(Comment.id.desc()).limit(_LOOKED_AT)).all()
    return list(log.words(session, newest).values())


def _in_cycle_of(query: Any, subject: Subject) -> Any:
    """Only what stands in the same cycle: in a later one the same may be proposed again."""
    cycle = select(ThematicTable.cycle_id).where(ThematicTable.id == subject.table_id)
    tables = select(ThematicTable.id).where(ThematicTable.cycle_id == cycle.scalar_subquery())
    return query.where(Proposal.table_id.in_(tables))


def _holds_listed_word(session: Session, subject: Subject) -> bool:
    """True if a word of the zone's list stands in the text, whole, whatever its case or accents."""
    listed = settings_of(session, subject.zone_id).words.splitlines()
    words = [re.escape(folded(word)) for word in listed if word.strip()]
    if not words:
        return False
    return re.search(rf"\b(?:{'|'.join(words)})\b", folded(subject.words)) is not None


def likeness(one: str, other: str) -> float:
    """How much of two texts is the same, from 0 to 1: the Dice coefficient of their trigrams.

    It takes as long as the texts are; what aligns them letter by letter takes hours over some.
    """
    trigrams = [Counter(text[at : at + 3] for at in range(len(text))) for text in (one, other)]
    shared, whole = trigrams[0] & trigrams[1], len(one) + len(other)
    return 2 * shared.total() / whole if whole else 1.0


def folded(text: str) -> str:
    """A text as it is compared: small letters, without accents, one blank between words."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())
