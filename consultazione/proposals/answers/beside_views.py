"""What the page of a proposal says of its answer: what it is, who gives it, or by when."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from consultazione.proposals.answers.labels import TONES, VERDICTS
from consultazione.proposals.answers.locking import why_not_waiting
from consultazione.proposals.answers.queries import evaluation_of, find_answer
from consultazione.proposals.answers.rights import may_evaluate
from consultazione.proposals.answers.waiting import as_waiting
from consultazione.proposals.models import Proposal
from consultazione.proposals.referrals.queries import find_referral
from consultazione.web.request_db import actor


def answered(session: Session, proposal: Proposal) -> Mapping[str, object]:
    """The names under which the template finds it; who evaluates, for who may know it alone."""
    evaluates = may_evaluate(session, actor(), proposal)
    waits = why_not_waiting(session, proposal) is None
    return {
        "referral": find_referral(session, proposal.id),
        "answer": find_answer(session, proposal.id),
        "verdicts": VERDICTS,
        "verdict_tones": TONES,
        "deadline": as_waiting(session, proposal) if waits else None,
        "may_evaluate": evaluates,
        "evaluation": evaluation_of(session, proposal.id) if evaluates else None,
    }
