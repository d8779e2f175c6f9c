"""What was voted on and signed behind a text of the plan: votes of the sitting, unions' answers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.outcomes.answers import Given, answer_to, told_of_item
from consultazione.outcomes.grounds import Grounds, grounds_behind
from consultazione.outcomes.models import Outcome, OutcomeItem, Party
from consultazione.outcomes.queries import WITH_ANSWERS
from consultazione.plan.models import Contribution


@dataclass(frozen=True)
class Voice:
    """What stands behind one contribution.

    told: the unions' answers to this conclusion as words. answers: each union with its answer to
    it; none if it gave none.
    """

    item: OutcomeItem
    outcome: Outcome
    grounds: Grounds
    told: str
    answers: list[tuple[Party, Given | None]]


def voices_behind(session: Session, contribution_ids: Collection[int]) -> list[Voice]:
    """What was voted and signed behind contributions, in the order of their ids."""
    found = _items(session, contribution_ids)
    grounds = grounds_behind(session, [item.id for item, _outcome in found.values()])
    return [_voice(item, outcome, grounds[item.id]) for item, outcome in found.values()]


def backing_behind(
    session: Session, contribution_ids: Collection[int]
) -> tuple[dict[int, str], set[int]]:
    """How the unions stand to what contributions say, and which rest on a vote that failed.

    The first as words, by contribution; the second are ids of contributions.
    """
    found = _items(session, contribution_ids)
    grounds = grounds_behind(session, [item.id for item, _outcome in found.values()])
    told = {of: told_of_item(outcome, item.id) for of, (item, outcome) in found.items()}
    failed = {
        of
        for of, (item, _outcome) in found.items()
        if any(vote.failed for vote in grounds[item.id].votes)
    }
    return told, failed


def _items(
    session: Session, contribution_ids: Collection[int]
) -> dict[int, tuple[OutcomeItem, Outcome]]:
    if not contribution_ids:
        return {}
    query = (
        select(Contribution.id, OutcomeItem, Outcome)
        .join(OutcomeItem, OutcomeItem.id == Contribution.item_id)
        .join(Outcome, Outcome.id == OutcomeItem.outcome_id)
        .options(*WITH_ANSWERS)
        .where(Contribution.id.in_(contribution_ids))
        .order_by(Contribution.id)
    )
    return {of: (item, outcome) for of, item, outcome in session.execute(query)}


def _voice(item: OutcomeItem, outcome: Outcome, grounds: Grounds) -> Voice:
    return Voice(
        item=item,
        outcome=outcome,
        grounds=grounds,
        told=told_of_item(outcome, item.id),
        answers=[(party, answer_to(party, item.id)) for party in outcome.parties],
    )
