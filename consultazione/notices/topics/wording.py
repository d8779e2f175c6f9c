"""What several topics say in the same way."""

from __future__ import annotations

from sqlalchemy.orm import Session

from consultazione.core.errors import Sentence
from consultazione.minutes.models import Minutes
from consultazione.notices.told import Answerable, Told
from consultazione.outcomes.models import Outcome
from consultazione.people.models import Mandate, Person
from consultazione.proposals.queries import get_proposal
from consultazione.sittings.models import Sitting


def of_proposal(
    session: Session,
    proposal_id: int,
    sentence: Sentence,
    *,
    path: str = "",
    quote: str = "",
    comment_id: int | None = None,
) -> Told | None:
    """Something about a proposal; None if its author is blocked. path: its own page, if empty.

    comment_id: the comment on it that answers by mail go to.
    """
    proposal = get_proposal(session, proposal_id)
    if proposal.author.blocked_at is not None:
        return None
    return Told(
        title=proposal.title,
        sentence=sentence,
        path=path or f"/proposte/{proposal.id}",
        about=f"proposal:{proposal.id}",
        place=proposal.table.name,
        table_id=proposal.table_id,
        quote=quote,
        answerable=Answerable(proposal.id, comment_id),
    )


def of_sitting(sitting: Sitting, sentence: Sentence, *, quote: str = "") -> Told:
    """Something about a sitting."""
    return Told(
        title=sitting.title,
        sentence=sentence,
        path=f"/sedute/{sitting.id}",
        about=f"sitting:{sitting.id}",
        place=sitting.table.name,
        table_id=sitting.table_id,
        quote=quote,
    )


def of_minutes(minutes: Minutes, sentence: Sentence, *, anchor: str = "") -> Told:
    """Something about minutes."""
    sitting = minutes.sitting
    return Told(
        title=sitting.title,
        sentence=sentence,
        path=f"/verbali/{minutes.id}{anchor}",
        about=f"minutes:{minutes.id}",
        place=sitting.table.name,
        table_id=sitting.table_id,
    )


def of_outcome(outcome: Outcome, sentence: Sentence) -> Told:
    """Something about an outcome."""
    sitting = outcome.minutes.sitting
    return Told(
        title=sitting.title,
        sentence=sentence,
        path=f"/esiti/{outcome.id}",
        about=f"outcome:{outcome.id}",
        place=sitting.table.name,
        table_id=sitting.table_id,
    )


def who_spoke(person: Person, mandate: Mandate | None) -> str:
    """A name, with the organisation that the person spoke for."""
    if mandate is None:
        return person.display_name
    return f"{person.display_name}, {mandate.organisation.name}"
