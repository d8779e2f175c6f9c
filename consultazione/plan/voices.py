"""What was voted on and signed behind a text of the plan: votes of the sitting, unions' answers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consultazione.minutes.models import Conclusion
from consultazione.outcomes.models import OutcomeItem, Party
from consultazione.plan.models import Contribution
from consultazione.sittings.polls.models import Poll, PollOption, PollState
from consultazione.sittings.polls.sentences import grounds_of


@dataclass(frozen=True)
class Vote:
    """A poll on the point of a conclusion, closed, and the sentence that says how it ended."""

    poll: Poll
    ended: str


@dataclass(frozen=True)
class Voices:
    """The votes, in the order of their closing, and the unions' answers with their notes."""

    votes: list[Vote]
    parties: list[Party]


def voices_behind(session: Session, contribution_ids: Collection[int]) -> Voices:
    """What was voted and signed behind contributions."""
    ids = list(contribution_ids)
    items = select(OutcomeItem.id).join(Contribution, Contribution.item_id == OutcomeItem.id)
    behind = OutcomeItem.id.in_(items.where(Contribution.id.in_(ids)))
    outcomes = select(OutcomeItem.outcome_id).where(behind)
    answers = (
        select(Party)
        .options(joinedload(Party.organisation))
        .where(Party.outcome_id.in_(outcomes))
        .order_by(Party.outcome_id, Party.organisation_id)
    )
    points = select(Conclusion.point_id).join(
        OutcomeItem, OutcomeItem.conclusion_id == Conclusion.id
    )
    closed = (Poll.state == PollState.CLOSED) & Poll.point_id.in_(points.where(behind))
    polls = list(session.scalars(select(Poll).where(closed).order_by(Poll.closed_at, Poll.id)))
    return Voices(_ended(session, polls), list(session.scalars(answers)))


def _ended(session: Session, polls: list[Poll]) -> list[Vote]:
    query = select(PollOption).where(PollOption.poll_id.in_([poll.id for poll in polls]))
    options: dict[int, list[str]] = {}
    for option in session.scalars(query.order_by(PollOption.poll_id, PollOption.rank)):
        options.setdefault(option.poll_id, []).append(option.label)
    return [
        Vote(poll, grounds_of(poll.result, options.get(poll.id, [])))
        for poll in polls
        if poll.result
    ]
