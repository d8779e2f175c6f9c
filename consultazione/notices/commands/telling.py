"""Telling people of an entry of the log, for a worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy.dialects.postgresql import insert

from consultazione.comments.events import CommentWritten
from consultazione.core.actor import VISITOR
from consultazione.core.db import Transaction
from consultazione.core.events import Event
from consultazione.core.log import Entry
from consultazione.core.permissions import Permission, require
from consultazione.notices import topics
from consultazione.notices.composing import told_of
from consultazione.notices.models import Follow, SubjectKind
from consultazione.notices.told import Topic
from consultazione.notices.writing import write_notices
from consultazione.people.queries import actors_of
from consultazione.proposals.events import ProposalSubmitted

# What is older is no news: an import tells of years, and its entries come all at once.
NEWS = timedelta(days=7)
# Of which entries who did it follows what it is about from then on.
OWN: Mapping[type[Event], Callable[[Any], tuple[SubjectKind, int]]] = {
    ProposalSubmitted: lambda event: (SubjectKind.PROPOSAL, event.proposal_id),
    CommentWritten: lambda event: (SubjectKind.PROPOSAL, event.proposal_id),
}


def tell_followers(tx: Transaction, *, entry: Entry) -> None:
    """Write a notice of an entry for each person whom it concerns and who may read it.

    Who did it follows it from now on, unless they have stopped before. Idempotent.
    """
    require(tx.actor, Permission.TELL_FOLLOWERS)
    _follow_own(tx, entry)
    if entry.at >= tx.now - NEWS:
        for topic in topics.BY_EVENT.get(type(entry.event), ()):
            _tell(tx, topic, entry)


def _follow_own(tx: Transaction, entry: Entry) -> None:
    subject = OWN.get(type(entry.event))
    if subject is None or entry.actor_id is None:
        return
    kind, subject_id = subject(entry.event)
    row = {"person_id": entry.actor_id, "kind": kind, "subject_id": subject_id, "since": entry.at}
    tx.session.execute(insert(Follow).values(row).on_conflict_do_nothing())


def _tell(tx: Transaction, topic: Topic, entry: Entry) -> None:
    """What every visitor may read is told to all in one statement; else each is asked about."""
    audience: Any = topic.audience(tx.session, entry)
    told = told_of(tx.session, topic, entry, VISITOR)
    if told is None:
        readers = actors_of(tx.session, set(tx.session.scalars(audience)))
        may_read = {
            person_id: told
            for person_id, reader in readers.items()
            if (told := told_of(tx.session, topic, entry, reader)) is not None
        }
        if not may_read:
            return
        audience, told = list(may_read), next(iter(may_read.values()))
    write_notices(
        tx,
        audience,
        topic=topic.name,
        group=topic.group,
        table_id=told.table_id,
        position=entry.position,
        but=entry.actor_id,
    )
