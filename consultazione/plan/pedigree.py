"""The pedigree of a paragraph, and the way forward of a proposal.

The pedigree goes back: outcome item, the unions' answers to it, minutes, vote, moment of the
sitting, proposal, category of the author. The way forward goes on: moment, vote, minutes, outcome
item, the unions' answers, answer of the plan office, paragraph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from consultazione.core.errors import Sentence
from consultazione.core.text import excerpt
from consultazione.minutes.models import MinutesState
from consultazione.outcomes.answers import answer_to, told_of_item
from consultazione.outcomes.labels import ANSWERS
from consultazione.outcomes.models import Party
from consultazione.people.labels import CATEGORY_NAMES
from consultazione.plan.chains import Chain, chains_from, chains_to, chains_to_contributions
from consultazione.plan.labels import STATE_NAMES, STEP_NAMES, UNVOTED, WITHDRAWN_SINCE
from consultazione.proposals.models import ProposalState


class StepKind(StrEnum):
    """The kind of a step."""

    OUTCOME_ITEM = "outcome_item"
    SIGN_OFF = "sign_off"
    MINUTES = "minutes"
    VOTE = "vote"
    MOMENT = "moment"
    PROPOSAL = "proposal"
    AUTHOR = "author"
    ANSWER = "answer"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of a pedigree or a way forward, with its page if it has one.

    endpoint, values: the page, as arguments of `url_for`, `_anchor` included.
    """

    kind: StepKind
    title: Sentence
    detail: Sentence = ""
    endpoint: str | None = None
    values: dict[str, Any] = field(default_factory=dict)
    at: datetime | None = None

    @property
    def name(self) -> Sentence:
        """The kind of the step, in the reader's language."""
        return STEP_NAMES[self.kind.value]


def pedigree(session: Session, paragraph_id: int) -> list[Step]:
    """The steps back from a paragraph; none if the plan office wrote it itself."""
    return pedigrees(session, [paragraph_id]).get(paragraph_id, [])


def pedigrees(session: Session, paragraph_ids: Iterable[int]) -> dict[int, list[Step]]:
    """The pedigrees of several paragraphs, by paragraph id, in a fixed number of queries."""
    found: dict[int, list[Chain]] = {}
    for chain in chains_to(session, paragraph_ids):
        if chain.paragraph is not None:
            found.setdefault(chain.paragraph.id, []).append(chain)
    return {block_id: _steps(_BACK, chains) for block_id, chains in found.items()}


def pedigree_of_contribution(session: Session, contribution_id: int) -> list[Step]:
    """The steps back from a contribution, answered or not."""
    return _steps(_BACK, chains_to_contributions(session, [contribution_id]))


def way_forward(session: Session, proposal_id: int) -> list[Step]:
    """The steps that a proposal has made so far, in order."""
    return _steps(_FORTH, chains_from(session, proposal_id))


def _item(chain: Chain) -> Step | None:
    if chain.item is None or chain.outcome is None:
        return None
    return Step(
        kind=StepKind.OUTCOME_ITEM,
        title=excerpt(chain.item.body),
        detail=chain.sitting.table.name,
        endpoint="outcomes.show",
        values={"outcome_id": chain.outcome.id, "_anchor": f"voce-{chain.item.rank}"},
        at=chain.outcome.closed_at or chain.outcome.opened_at,
    )


def _sign_off(chain: Chain) -> Step | None:
    """How the unions stand to the item, and who declined it or signed with a note."""
    if chain.item is None or chain.outcome is None:
        return None
    return Step(
        kind=StepKind.SIGN_OFF,
        title=told_of_item(chain.outcome, chain.item.id),
        detail=" ".join(_said(party, chain.item.id) for party in chain.outcome.parties).strip(),
        endpoint="outcomes.show",
        values={"outcome_id": chain.outcome.id, "_anchor": "board"},
        at=chain.outcome.closed_at,
    )


def _said(party: Party, item_id: int) -> str:
    """What a union said beside its answer; "" if nothing."""
    given = answer_to(party, item_id)
    if given is None or not given.note:
        return ""
    answer = ANSWERS[given.answer]
    return f"{party.organisation.name}: {answer}. {excerpt(given.note, _LONGEST_NOTE)}"


def _vote(chain: Chain) -> Step | None:
    """How the votes on the point ended, or that there was none."""
    if chain.item is None or chain.grounds is None:
        return None
    return Step(
        kind=StepKind.VOTE,
        title=" ".join(vote.ended for vote in chain.grounds.votes) or UNVOTED,
        detail=" ".join(dict.fromkeys(v.quorum for v in chain.grounds.votes))
        or chain.grounds.quorum,
        endpoint="sittings.chronicle" if chain.grounds.votes else None,
        values={"sitting_id": chain.sitting.id},
    )


def _minutes(chain: Chain) -> Step | None:
    if chain.minutes is None or chain.minutes.state is MinutesState.DRAFT:
        return None
    return Step(
        kind=StepKind.MINUTES,
        title=chain.sitting.title,
        detail=f"{chain.point.rank}. {chain.point.title}",
        endpoint="minutes.show",
        values={"minutes_id": chain.minutes.id, "_anchor": f"p{chain.point.id}"},
        at=chain.minutes.approved_at,
    )


def _moment(chain: Chain) -> Step | None:
    if chain.moment is None:
        return None
    return Step(
        kind=StepKind.MOMENT,
        title=f"{chain.point.rank}. {chain.point.title}",
        detail=chain.sitting.title,
        endpoint="sittings.chronicle",
        values={
            "sitting_id": chain.sitting.id,
            "voce": chain.moment.number,
            "_anchor": f"voce-{chain.moment.number}",
        },
        at=chain.moment.at,
    )


def _proposal(chain: Chain) -> Step | None:
    if chain.proposal is None:
        return None
    return Step(
        kind=StepKind.PROPOSAL,
        title=chain.proposal.title,
        detail=WITHDRAWN_SINCE if chain.proposal.state is ProposalState.WITHDRAWN else "",
        endpoint="proposals.show",
        values={"proposal_id": chain.proposal.id},
        at=chain.proposal.submitted_at,
    )


def _author(chain: Chain) -> Step | None:
    if chain.proposal is None:
        return None
    mandate = chain.proposal.mandate
    return Step(
        kind=StepKind.AUTHOR,
        title=CATEGORY_NAMES[chain.proposal.category],
        detail=mandate.organisation.name if mandate else "",
    )


def _answer(chain: Chain) -> Step | None:
    if chain.contribution is None:
        return None
    return Step(
        kind=StepKind.ANSWER,
        title=STATE_NAMES[chain.contribution.state],
        detail=excerpt(chain.contribution.reason or "", 300),
        endpoint="plan.contribution",
        values={"contribution_id": chain.contribution.id},
        at=chain.contribution.answered_at,
    )


def _paragraph(chain: Chain) -> Step | None:
    if chain.paragraph is None or chain.paragraph.merged_into_id is not None:
        return None
    return Step(
        kind=StepKind.PARAGRAPH,
        title=excerpt(chain.paragraph.body),
        endpoint="plan.paragraph",
        values={"paragraph_id": chain.paragraph.id},
        at=chain.paragraph.written_at,
    )


_Reader = Callable[[Chain], Step | None]
_BACK: Sequence[_Reader] = (_item, _sign_off, _minutes, _vote, _moment, _proposal, _author)
_FORTH: Sequence[_Reader] = (_moment, _vote, _minutes, _item, _sign_off, _answer, _paragraph)
_LONGEST_NOTE = 300


def _steps(readers: Sequence[_Reader], chains: Iterable[Chain]) -> list[Step]:
    """The steps that the readers find along the chains, each once."""
    steps: list[Step] = []
    for chain in chains:
        for read in readers:
            step = read(chain)
            if step is not None and step not in steps:
                steps.append(step)
    return steps
