"""The whole table of which event calls for which job, and the only importer of jobs."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from consultazione.archive.events import ArchiveRequested
from consultazione.core.db import Transaction
from consultazione.core.events import Event
from consultazione.core.log import Entry, is_ephemeral
from consultazione.minutes.events import MinutesApproved, MinutesEditionIssued, MinutesPublished
from consultazione.outcomes.events import OutcomeClosed, OutcomeEditionIssued, OutcomeOpened
from consultazione.sittings.events import SittingClosed
from workers import archive, minutes, outcomes, plan, seals

Reaction = Callable[[Transaction, Entry], None]

REACTIONS: dict[type[Event], dict[str, Reaction]] = {
    SittingClosed: {"draft_minutes": minutes.draft},
    MinutesApproved: {"seal_minutes": minutes.seal},
    MinutesEditionIssued: {"seal_edition": minutes.seal_edition},
    MinutesPublished: {
        "open_outcome": outcomes.open_outcome,
        "seal_published": seals.seal_minutes,
    },
    OutcomeOpened: {"freeze_copy": outcomes.freeze_copy},
    OutcomeEditionIssued: {
        "freeze_edition": outcomes.freeze_copy,
        "seal_outcome_edition": seals.seal_outcome,
    },
    ArchiveRequested: {"make_archive": archive.make},
    OutcomeClosed: {"forward_outcome": plan.forward, "seal_outcome": seals.seal_outcome},
}

BY_NAME: dict[str, Reaction] = {
    name: reaction for reactions in REACTIONS.values() for name, reaction in reactions.items()
}


def owed_by(entries: Iterable[Entry]) -> list[tuple[int, str]]:
    """The jobs that entries call for, as pairs of position and reaction; a rehearsal has none."""
    return [
        (entry.position, name)
        for entry in entries
        if not is_ephemeral(entry.stream)
        for name in REACTIONS.get(type(entry.event), ())
    ]
