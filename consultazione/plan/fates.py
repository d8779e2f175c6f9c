"""How a proposal stands in the end: what its author, the table and the plan made of it.

The one answer for every page that shows a proposal, alone or in a list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.errors import Sentence
from consultazione.minutes.models import Conclusion
from consultazione.outcomes.models import OutcomeItem
from consultazione.plan.labels import STATE_TONES
from consultazione.plan.models import Contribution, ContributionState
from consultazione.proposals.answers.labels import TONES as VERDICT_TONES
from consultazione.proposals.answers.labels import VERDICTS
from consultazione.proposals.answers.queries import verdicts_of
from consultazione.proposals.labels import STATES, TONES
from consultazione.proposals.models import Proposal, ProposalState
from consultazione.proposals.referrals.queries import bodies_of
from consultazione.zones.models import Chapter

# Of several answers to what came of one proposal, the one that says most about it.
_WEIGHT = (
    ContributionState.TAKEN_IN,
    ContributionState.TAKEN_IN_PART,
    ContributionState.PENDING,
    ContributionState.NOT_OURS,
    ContributionState.REFUSED,
)
_ENTERED = frozenset({ContributionState.TAKEN_IN, ContributionState.TAKEN_IN_PART})


@dataclass(frozen=True)
class Fate:
    """A sentence of a few words, and the tone of its badge."""

    label: Sentence
    tone: str


@dataclass(frozen=True)
class _Answer:
    """What the plan office said of a proposal, and of which chapter."""

    state: ContributionState
    chapter: int


def fate_of(session: Session, proposal: Proposal) -> Fate:
    """How one proposal stands."""
    return fates(session, [proposal])[proposal.id]


def fates(session: Session, proposals: Iterable[Proposal]) -> dict[int, Fate]:
    """How each of several proposals stands, by its id, in three queries."""
    rows = list(proposals)
    decided = [row.id for row in rows if row.decided_at]
    answers, by_table = _answers(session, decided), _by_tables(session, rows)
    return {row.id: _fate(row, answers.get(row.id), by_table.get(row.id)) for row in rows}


def _by_tables(session: Session, rows: Sequence[Proposal]) -> dict[int, Fate]:
    """What tables answered, or the bodies that they forwarded proposals to, by proposal."""
    standing = [row.id for row in rows if row.is_standing]
    sent = {
        proposal_id: Fate(_("Forwarded to: %(body)s", body=name), "neutral")
        for proposal_id, name in bodies_of(session, standing).items()
    }
    verdicts = verdicts_of(session, standing)
    return sent | {key: Fate(VERDICTS[one], VERDICT_TONES[one]) for key, one in verdicts.items()}


def _fate(proposal: Proposal, answer: _Answer | None, by_table: Fate | None) -> Fate:
    state = proposal.state
    if state is ProposalState.WITHDRAWN and answer and answer.state in _ENTERED:
        label = _("Withdrawn by the author; chapter %(number)s has it", number=answer.chapter)
        return Fate(label, TONES[state])
    if answer is None and by_table is not None:
        return by_table
    if state is not ProposalState.ADMITTED or answer is None:
        return Fate(STATES[state], TONES[state])
    return Fate(_label(answer), STATE_TONES[answer.state])


def _label(answer: _Answer) -> Sentence:
    number = answer.chapter
    return {
        ContributionState.TAKEN_IN: _("Taken into chapter %(number)s", number=number),
        ContributionState.TAKEN_IN_PART: _("Taken in part into chapter %(number)s", number=number),
        ContributionState.PENDING: _("Waiting for the plan office’s answer"),
        ContributionState.NOT_OURS: _("Up to somebody else, says the plan office"),
        ContributionState.REFUSED: _("Not taken into the plan"),
    }[answer.state]


def _answers(session: Session, proposal_ids: list[int]) -> dict[int, _Answer]:
    """For each proposal that has come as far as the plan, the answer that says most."""
    if not proposal_ids:
        return {}
    query = (
        select(Conclusion.proposal_id, Contribution.state, Chapter.number)
        .join(OutcomeItem, OutcomeItem.conclusion_id == Conclusion.id)
        .join(Contribution, Contribution.item_id == OutcomeItem.id)
        .join(Chapter, Chapter.id == Contribution.chapter_id)
        .where(Conclusion.proposal_id.in_(proposal_ids))
    )
    rows = sorted(session.execute(query), key=lambda row: (_WEIGHT.index(row[1]), row[2]))
    found: dict[int, _Answer] = {}
    for proposal_id, state, number in rows:
        if proposal_id is not None:
            found.setdefault(proposal_id, _Answer(state, number))
    return found
