"""The plan: what its office answered to a conclusion, and which sentence was written of it."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import Select
from sqlalchemy.orm import Session

from consultazione.core.actor import Actor
from consultazione.core.errors import Sentence
from consultazione.core.log import Entry
from consultazione.core.text import excerpt
from consultazione.notices.audience import followers
from consultazione.notices.models import Group, SubjectKind
from consultazione.notices.told import Told
from consultazione.outcomes.queries import get_outcome
from consultazione.plan.blocks.models import Block
from consultazione.plan.events import (
    AnswerCorrected,
    ContributionRedirected,
    ContributionRefused,
    ContributionTakenIn,
    ContributionTakenInPart,
)
from consultazione.plan.models import Contribution, ContributionState
from consultazione.plan.queries import get_block, get_contribution
from consultazione.proposals.models import Proposal

_Answered = (
    ContributionTakenIn,
    ContributionTakenInPart,
    ContributionRefused,
    ContributionRedirected,
    AnswerCorrected,
)


class _OfContribution:
    """What topics of contributions share: who is told."""

    def audience(self, session: Session, entry: Entry) -> Select[Any]:
        """Who follows the proposal, the outcome or the chapter."""
        contribution = _contribution(session, entry)
        return followers(
            entry.at,
            (SubjectKind.PROPOSAL, contribution.item.proposal_id),
            (SubjectKind.OUTCOME, contribution.item.outcome_id),
            (SubjectKind.CHAPTER, contribution.chapter_id),
        )


class ContributionSettled(_OfContribution):
    """The plan office answered: taken in, in part, refused, or up to somebody else."""

    name = "contribution_settled"
    group = Group.PROPOSALS
    events = _Answered[:4]

    def told(self, session: Session, entry: Entry, reader: Actor) -> Told | None:
        """The answer as it stands now, and the sentence of the plan if there is one."""
        contribution = _contribution(session, entry)
        if contribution.state is ContributionState.PENDING:
            return None
        block = _block(session, entry)
        return _told(session, contribution, _answer(contribution), block)


class AnswerChanged(_OfContribution):
    """The plan office corrected an answer."""

    name = "answer_changed"
    group = Group.PROPOSALS
    events = _Answered[4:]

    def told(self, session: Session, entry: Entry, reader: Actor) -> Told | None:
        """The answer as it stands now."""
        contribution = _contribution(session, entry)
        changed = _("The plan office has corrected its answer. It is now: %(answer)s",
                    answer=_answer(contribution))  # fmt: skip
        return _told(session, contribution, changed, _block(session, entry))


def _answer(contribution: Contribution) -> Sentence:
    number = contribution.chapter.number
    return {
        ContributionState.PENDING: _("It waits for the plan office."),
        ContributionState.TAKEN_IN: _(
            "It stands in chapter %(number)s of the plan.", number=number
        ),
        ContributionState.TAKEN_IN_PART: _(
            "It stands in part in chapter %(number)s of the plan.", number=number
        ),
        ContributionState.REFUSED: _("It was not taken into the plan. The answer says why."),
        ContributionState.NOT_OURS: _("It is up to somebody else. The answer says to whom."),
    }[contribution.state]


def _told(
    session: Session, contribution: Contribution, sentence: Sentence, block: Block | None
) -> Told | None:
    """About the proposal that it came from, or the sitting, if it came from none."""
    item = contribution.item
    outcome = get_outcome(session, item.outcome_id)
    proposal = session.get(Proposal, item.proposal_id) if item.proposal_id else None
    if proposal is not None and proposal.author.blocked_at is not None:
        return None
    is_there = block is not None and block.rank is not None
    return Told(
        title=proposal.title if proposal else outcome.minutes.sitting.title,
        sentence=sentence,
        path=f"/piano/paragrafi/{block.id}"
        if block is not None and is_there
        else f"/piano/contributi/{contribution.id}",
        about=f"proposal:{proposal.id}" if proposal else f"outcome:{outcome.id}",
        place=outcome.minutes.sitting.table.name,
        table_id=outcome.table_id,
        quote=excerpt(block.body) if block is not None and is_there else excerpt(item.body),
    )


def _block(session: Session, entry: Entry) -> Block | None:
    number = getattr(entry.event, "paragraph_id", None)
    return None if number is None else get_block(session, number)


def _contribution(session: Session, entry: Entry) -> Contribution:
    assert isinstance(entry.event, _Answered)
    return get_contribution(session, entry.event.contribution_id)
