"""Answers to proposals: who is asked to evaluate one."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from consultazione.core.actor import Actor
from consultazione.core.log import Entry
from consultazione.notices.models import Group
from consultazione.notices.told import Told
from consultazione.notices.topics.wording import of_proposal
from consultazione.people.models import Person
from consultazione.proposals.answers.events import EvaluatorAssigned
from consultazione.proposals.answers.rights import may_evaluate
from consultazione.proposals.queries import get_proposal


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
