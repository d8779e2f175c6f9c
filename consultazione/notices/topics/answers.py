"""Answers to proposals: who is asked for one, and those who are answered."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from consultazione.core.actor import Actor
from consultazione.core.log import Entry
from consultazione.notices.audience import followers
from consultazione.notices.models import Follow, Group, SubjectKind
from consultazione.notices.told import Told
from consultazione.notices.topics.wording import of_proposal
from consultazione.people.models import Person
from consultazione.proposals.answers.events import (
    AnswersPublished,
    EvaluatorAssigned,
    ProposalAnswered,
)
from consultazione.proposals.answers.labels import VERDICTS
from consultazione.proposals.answers.rights import may_evaluate
from consultazione.proposals.models import Proposal
from consultazione.proposals.queries import get_proposal
from consultazione.proposals.referrals.events import BodyReplied, ProposalReferred
from consultazione.proposals.referrals.queries import find_referral
from consultazione.tables.queries import get_table


class EvaluationAsked:
    """Somebody is asked to evaluate a proposal."""

    name = "evaluation_asked"
    group = Group.TASKS
    events = (EvaluatorAssigned,)

    def audience(self, session: Session, entry: Entry) -> Select[Any]:
        """Who is asked; nobody, if it was taken back."""
        assert isinstance(entry.event, EvaluatorAssigned)
        return select(Person.id).where(Person.id == entry.event.person_id)

    def told(self, session: Session, entry: Entry, reader: Actor) -> Told | None:
        """To who is asked, as long as they may evaluate it, and to nobody else."""
        event = entry.event
        assert isinstance(event, EvaluatorAssigned)
        proposal = get_proposal(session, event.proposal_id)
        if event.person_id != reader.person_id or not may_evaluate(session, reader, proposal):
            return None
        path = f"/proposte/{proposal.id}/valutazione"
        return of_proposal(session, proposal.id, _("You are asked to evaluate it."), path=path)


class AnswersReleased:
    """A table published answers: each author is told once, of however many of theirs."""

    name = "answers_published"
    group = Group.PROPOSALS
    events = (AnswersPublished,)

    def audience(self, session: Session, entry: Entry) -> Select[Any]:
        """The authors of the proposals that were answered."""
        assert isinstance(entry.event, AnswersPublished)
        return select(Proposal.author_id).where(Proposal.id.in_(entry.event.proposal_ids))

    def told(self, session: Session, entry: Entry, reader: Actor) -> Told | None:
        """To an author how many of theirs; the page of the answers shows them all."""
        event = entry.event
        assert isinstance(event, AnswersPublished)
        table = get_table(session, event.table_id)
        own = select(Proposal.id).where(
            Proposal.id.in_(event.proposal_ids), Proposal.author_id == reader.person_id
        )
        mine = list(session.scalars(own))
        if len(mine) == 1:
            return of_proposal(session, mine[0], _("The table has answered your proposal."))
        sentence = _("The table has answered %(number)s of your proposals.", number=len(mine))
        return Told(
            title=table.name,
            sentence=sentence if mine else _("The table has answered proposals."),
            path=f"/risposte/{event.batch_id}",
            about=f"table:{table.id}",
            place=table.name,
            table_id=table.id,
        )


class ProposalAnswer:
    """A table answered a proposal: who follows it is told, but for its author."""

    name = "proposal_answered"
    group = Group.PROPOSALS
    events = (ProposalAnswered,)

    def audience(self, session: Session, entry: Entry) -> Select[Any]:
        """Who follows the proposal; its author is told of all that were answered together."""
        assert isinstance(entry.event, ProposalAnswered)
        proposal_id = entry.event.proposal_id
        author = select(Proposal.author_id).where(Proposal.id == proposal_id)
        found = followers(entry.at, (SubjectKind.PROPOSAL, proposal_id))
        return found.where(Follow.person_id.not_in(author))

    def told(self, session: Session, entry: Entry, reader: Actor) -> Told | None:
        """What the table answered, in a word; its page has the reasons."""
        event = entry.event
        assert isinstance(event, ProposalAnswered)
        sentence = _("The table has answered it: %(verdict)s.", verdict=VERDICTS[event.verdict])
        return of_proposal(session, event.proposal_id, sentence)


class ProposalForwarded:
    """A proposal was forwarded to a body outside of the tables, or that replied."""

    name = "proposal_referred"
    group = Group.PROPOSALS
    events = (ProposalReferred, BodyReplied)

    def audience(self, session: Session, entry: Entry) -> Select[Any]:
        """Who follows the proposal, its author among them."""
        assert isinstance(entry.event, self.events)
        return followers(entry.at, (SubjectKind.PROPOSAL, entry.event.proposal_id))

    def told(self, session: Session, entry: Entry, reader: Actor) -> Told | None:
        """Where it went, or that there is a reply; nothing while it is hidden."""
        event = entry.event
        assert isinstance(event, self.events)
        referral = find_referral(session, event.proposal_id)
        if referral is None:
            return None
        sent, name = isinstance(event, ProposalReferred), referral.body.name
        sentence = _("It was forwarded to: %(body)s.", body=name)
        if not sent:
            sentence = _("There is a reply of: %(body)s.", body=name)
        return of_proposal(session, event.proposal_id, sentence)
