"""What is written about a proposal, by the names that commands and addresses have for it."""

from __future__ import annotations

from typing import Any

from consultazione.core import clock
from consultazione.core.actor import Actor, Role
from consultazione.people.queries import actor_of
from consultazione.proposals.amendments.commands import propose_amendment
from consultazione.proposals.amendments.models import Part, ProposalAmendment
from consultazione.proposals.answers.commands.noting import write_evaluation_note
from consultazione.proposals.answers.commands.preparing import prepare_answer
from consultazione.proposals.answers.commands.publishing import publish_proposal_answers
from consultazione.proposals.answers.models import (
    AnswerBatch,
    EvaluationNote,
    ReadAnswer,
    Verdict,
)
from consultazione.proposals.commands.lifecycle import admit_proposal
from consultazione.proposals.cosigners.commands import invite_cosigner
from consultazione.proposals.cosigners.models import ProposalCosigner
from consultazione.proposals.drafts.commands import begin_proposal_draft
from consultazione.proposals.models import Proposal
from consultazione.proposals.referrals.commands import add_receiving_body
from consultazione.proposals.referrals.models import ReceivingBody
from tests.support.factories import Factory


def written_about(make: Factory, proposal: Proposal) -> dict[str, Any]:
    """A draft, an amendment and an invitation of somebody's, and another proposal."""
    with make.database.transaction(make.citizen()) as tx:
        draft = begin_proposal_draft(tx, cycle_id=make.cycle.id, answers={"title": "Una bozza"})
    return {
        "proposal_draft_id": draft.id,
        "answers": {"title": "Titolo di prova"},
        "amendment_id": amendment(make, proposal).id,
        "cosigner_id": invitation(make, proposal).id,
        "into_id": make.proposal().id,
        "parent_id": None,
        "evaluation_note_id": evaluation_note(make, proposal, "Da approfondire.").id,
        "evaluator_id": make.holder(Role.PLAN_OFFICE).person_id,
        "answer_batch_id": published_answer(make).id,
        "publish_proposal_answers.answers": [ReadAnswer(proposal.id, 1)],
        "days": 30,
        "receiving_body_id": receiving_body(make).id,
        "address": "Via Roma 1, Bologna",
        "reply": "La Regione ci sta lavorando.",
        "replied_on": clock.today(),
        "verdict": Verdict.ACCEPTED.value,
        "revision": 0,
        "is_ready": True,
        "part": Part.BODY.value,
        "old": proposal.body,
        "new": "Un altro testo di prova.",
        "other_title": "Un altro titolo",
        "other_body": "Un altro testo di prova.",
    }


def evaluation_note(make: Factory, proposal: Proposal, body: str) -> EvaluationNote:
    """A private note of who facilitates the table of a proposal."""
    with make.database.transaction(make.holder(Role.FACILITATOR, proposal.table_id)) as tx:
        return write_evaluation_note(tx, proposal_id=proposal.id, body=body)


def prepared_answer(make: Factory, proposal: Proposal, **values: Any) -> Actor:
    """Admit a proposal and prepare its answer, ready to be published; returns who did."""
    given = {"verdict": Verdict.ACCEPTED, "body": "Si farà nel 2019."}
    chair = make.holder(Role.FACILITATOR, proposal.table_id)
    at = {"proposal_id": proposal.id}
    with make.database.transaction(chair) as tx:
        admit_proposal(tx, **at)
        prepare_answer(tx, **at, version=1, revision=0, is_ready=True, **{**given, **values})
    return chair


def published_answer(make: Factory, *proposals: Proposal) -> AnswerBatch:
    """The answers to proposals of one table, else to a new one, published together."""
    proposals = proposals or (make.proposal(),)
    chairs = [prepared_answer(make, proposal) for proposal in proposals]
    with make.database.transaction(chairs[0]) as tx:
        return publish_proposal_answers(
            tx,
            table_id=proposals[0].table_id,
            answers=[ReadAnswer(proposal.id, 1) for proposal in proposals],
        )


def receiving_body(make: Factory) -> ReceivingBody:
    """A body that the zone forwards proposals to."""
    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        return add_receiving_body(
            tx, zone_id=make.zone.id, name="Regione", address="regione@example.org"
        )


def amendment(make: Factory, proposal: Proposal, **values: Any) -> ProposalAmendment:
    """Other words that somebody proposes for the text of a proposal of one paragraph."""
    given = {"version": proposal.version, "part": Part.BODY, "old": proposal.body}
    given |= {"new": "A desk in **each** town.", "reason": "Shorter"}
    with make.database.transaction(make.citizen()) as tx:
        return propose_amendment(tx, proposal_id=proposal.id, **{**given, **values})


def invitation(make: Factory, proposal: Proposal, email: str | None = None) -> ProposalCosigner:
    """An invitation of somebody to sign a proposal with its author."""
    email = email or make.person().email or ""
    with make.session() as session:
        author = actor_of(session, proposal.author_id)
    with make.database.transaction(author) as tx:
        invite_cosigner(tx, proposal_id=proposal.id, email=email)
        return tx.session.query(ProposalCosigner).filter_by(proposal_id=proposal.id).one()
