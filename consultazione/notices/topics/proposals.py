"""Proposals: new ones at a table, and what becomes of one before the plan answers it."""

from __future__ import annotations

from typing import Any, ClassVar

from flask_babel import lazy_gettext as _
from sqlalchemy import Select
from sqlalchemy.orm import Session

from consultazione.core.actor import Actor
from consultazione.core.errors import Sentence
from consultazione.core.events import Event
from consultazione.core.log import Entry
from consultazione.core.text import excerpt
from consultazione.notices.audience import followers
from consultazione.notices.models import Group, SubjectKind
from consultazione.notices.told import Told
from consultazione.notices.topics.wording import of_proposal, who_spoke
from consultazione.proposals.events import (
    ProposalAdmitted,
    ProposalEdited,
    ProposalNotAdmitted,
    ProposalSubmitted,
    ProposalWithdrawn,
)
from consultazione.proposals.models import ProposalState
from consultazione.proposals.queries import get_proposal


class ProposalAdded:
    """Somebody handed in a proposal at a table."""

    name = "proposal_added"
    group = Group.DISCUSSION
    events = (ProposalSubmitted,)

    def audience(self, session: Session, entry: Entry) -> Select[Any]:
        """Who follows the table."""
        assert isinstance(entry.event, ProposalSubmitted)
        return followers(entry.at, (SubjectKind.TABLE, entry.event.table_id))

    def told(self, session: Session, entry: Entry, reader: Actor) -> Told | None:
        """Nothing once it was withdrawn."""
        assert isinstance(entry.event, ProposalSubmitted)
        proposal = get_proposal(session, entry.event.proposal_id)
        if proposal.state is ProposalState.WITHDRAWN:
            return None
        who = who_spoke(proposal.author, proposal.mandate)
        sentence = _("Proposal by %(who)s", who=who)
        return of_proposal(session, proposal.id, sentence, quote=excerpt(proposal.body))


class ProposalSettled:
    """A proposal was admitted to discussion, or not, or its author took it back."""

    name = "proposal_settled"
    group = Group.PROPOSALS
    events = (ProposalAdmitted, ProposalNotAdmitted, ProposalWithdrawn)
    _SENTENCES: ClassVar[dict[type[Event], Sentence]] = {
        ProposalAdmitted: _("It was admitted to discussion."),
        ProposalNotAdmitted: _("It was not admitted to discussion. Its page says why."),
        ProposalWithdrawn: _("Its author has withdrawn it."),
    }

    def audience(self, session: Session, entry: Entry) -> Select[Any]:
        """Who follows the proposal."""
        assert isinstance(entry.event, self.events)
        return followers(entry.at, (SubjectKind.PROPOSAL, entry.event.proposal_id))

    def told(self, session: Session, entry: Entry, reader: Actor) -> Told | None:
        """What was decided; its page says how it stands now."""
        assert isinstance(entry.event, self.events)
        return of_proposal(session, entry.event.proposal_id, self._SENTENCES[type(entry.event)])


class ProposalChanged:
    """The author changed the text of a proposal."""

    name = "proposal_changed"
    group = Group.PROPOSALS
    events = (ProposalEdited,)

    def audience(self, session: Session, entry: Entry) -> Select[Any]:
        """Who follows the proposal."""
        assert isinstance(entry.event, ProposalEdited)
        return followers(entry.at, (SubjectKind.PROPOSAL, entry.event.proposal_id))

    def told(self, session: Session, entry: Entry, reader: Actor) -> Told | None:
        """Nothing once it was withdrawn."""
        assert isinstance(entry.event, ProposalEdited)
        proposal = get_proposal(session, entry.event.proposal_id)
        if proposal.state is ProposalState.WITHDRAWN:
            return None
        path = f"/proposte/{proposal.id}/versioni/{entry.event.version}"
        return of_proposal(session, proposal.id, _("Its author changed the text."), path=path)
