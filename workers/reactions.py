"""The whole table of which event calls for which job, and the only importer of jobs."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from consultazione.archive.events import ArchiveRequested
from consultazione.comments.events import (
    CommentEdited,
    CommentErased,
    CommentHidden,
    CommentShown,
    CommentWithdrawn,
    CommentWritten,
)
from consultazione.core.db import Database, Transaction
from consultazione.core.events import Event
from consultazione.core.log import Entry, is_ephemeral
from consultazione.documents.events import DocumentRedacted, DocumentRegistered
from consultazione.minutes.events import (
    MinutesApproved,
    MinutesEditionIssued,
    MinutesPublished,
    MinutesSealed,
)
from consultazione.minutes.signing.events import MinutesSigned
from consultazione.notices import topics
from consultazione.notices.commands.telling import OWN
from consultazione.opinions.events import OpinionMapClosed
from consultazione.outcomes.events import OutcomeClosed, OutcomeEditionIssued, OutcomeOpened
from consultazione.privacy.events import DataRequested
from consultazione.proposals.events import ProposalEdited, ProposalFileAttached, ProposalSubmitted
from consultazione.sittings.events import SittingClosed
from consultazione.tables.events import MaterialPublished, MaterialReplaced
from workers import (
    archive,
    digests,
    materials,
    minutes,
    moderation,
    notices,
    opinions,
    outcomes,
    plan,
    proposals,
    seals,
    search_words,
)
from workers.mail import bulk, delivery, sweep
from workers.privacy import downloads, retention

Reaction = Callable[[Transaction, Entry], None]

# What people are told of has one reaction more, the same for all kinds.
_TELL: dict[str, Reaction] = {"tell_followers": notices.tell}
_OF_KIND: dict[type[Event], dict[str, Reaction]] = {
    SittingClosed: {"draft_minutes": minutes.draft},
    MinutesApproved: {"seal_minutes": minutes.seal},
    MinutesEditionIssued: {"seal_edition": minutes.seal_edition},
    MinutesSealed: {"freeze_minutes_copy": minutes.freeze_copy},
    MinutesSigned: {"seal_signed": minutes.seal_signed},
    MinutesPublished: {
        "open_outcome": outcomes.open_outcome,
        "seal_published": seals.seal_minutes,
    },
    OutcomeOpened: {"freeze_copy": outcomes.freeze_copy},
    OutcomeEditionIssued: {
        "freeze_edition": outcomes.freeze_copy,
        "seal_outcome_edition": seals.seal_outcome,
    },
    DocumentRegistered: {"seal_registered": seals.seal_registered},
    DocumentRedacted: {"seal_redacted": seals.seal_registered},
    OpinionMapClosed: {"draw_opinion_map": opinions.draw},
    MaterialPublished: {"read_material": materials.read},
    MaterialReplaced: {"read_replaced_material": materials.read},
    ProposalSubmitted: {"look_at_proposal": moderation.look_at_proposal},
    ProposalEdited: {"look_at_changed_proposal": moderation.look_at_proposal},
    CommentWritten: {
        "look_at_comment": moderation.look_at_comment,
        "digest_comments": digests.digest,
    },
    CommentEdited: {
        "look_at_changed_comment": moderation.look_at_comment,
        "digest_changed_comments": digests.digest,
    },
    CommentWithdrawn: {"digest_without_withdrawn": digests.digest},
    CommentHidden: {"digest_without_hidden": digests.digest},
    CommentShown: {"digest_with_shown": digests.digest},
    CommentErased: {"digest_without_erased": digests.digest},
    DataRequested: {"make_own_data": downloads.make},
    ProposalFileAttached: {"read_proposal_file": proposals.read_file},
    ArchiveRequested: {"make_archive": archive.make},
    OutcomeClosed: {"forward_outcome": plan.forward, "seal_outcome": seals.seal_outcome},
}

REACTIONS: dict[type[Event], dict[str, Reaction]] = {
    **_OF_KIND,
    **{event: _OF_KIND.get(event, {}) | _TELL for event in {*topics.BY_EVENT, *OWN}},
}

BY_NAME: dict[str, Reaction] = {
    name: reaction for reactions in REACTIONS.values() for name, reaction in reactions.items()
}

# What writes a document's copy to be signed, by the kind of entry that owes it.
COPIES = {
    event.kind: name
    for event, reactions in REACTIONS.items()
    for name, reaction in reactions.items()
    if reaction in (outcomes.freeze_copy, minutes.freeze_copy)
}
# What is owed beside the log, by the name under which a worker is reminded of it: given the
# number of what is owed, each settles it by itself.
BESIDE_LOG: dict[str, Callable[[Database, int], bool]] = {
    delivery.REMINDER: delivery.deliver,
    bulk.REMINDER: bulk.deliver_bulk,
    sweep.REMINDER: sweep.sweep,
    retention.REMINDER: retention.apply,
    search_words.REMINDER: search_words.count,
}


def owed_by(entries: Iterable[Entry]) -> list[tuple[int, str]]:
    """The jobs that entries call for, as pairs of position and reaction; a rehearsal has none."""
    return [
        (entry.position, name)
        for entry in entries
        if not is_ephemeral(entry.stream)
        for name in REACTIONS.get(type(entry.event), ())
    ]
