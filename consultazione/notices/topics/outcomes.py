"""Outcomes: unions are asked to sign, and those who follow hear of it and of the end."""

from __future__ import annotations

from typing import Any

from flask_babel import format_date
from flask_babel import lazy_gettext as _
from sqlalchemy import Select, select, union
from sqlalchemy.orm import Session

from consultazione.core import clock
from consultazione.core.actor import Actor
from consultazione.core.errors import Sentence
from consultazione.core.log import Entry
from consultazione.notices.audience import followers, of_table
from consultazione.notices.models import Group, SubjectKind
from consultazione.notices.told import Told
from consultazione.notices.topics.wording import of_outcome
from consultazione.outcomes.events import OutcomeClosed, OutcomeOpened
from consultazione.outcomes.models import Outcome, OutcomeState, Party
from consultazione.outcomes.queries import answerable, get_outcome
from consultazione.people.models import Mandate


class SignatureAwaited:
    """An outcome was sent to the unions: their delegates are asked to answer."""

    name = "signature_awaited"
    group = Group.TASKS
    events = (OutcomeOpened,)

    def audience(self, session: Session, entry: Entry) -> Select[Any]:
        """Who has a valid mandate of a union that is asked."""
        return delegates_asked(_outcome(session, entry).id, entry.at)

    def told(self, session: Session, entry: Entry, reader: Actor) -> Told | None:
        """Nothing to who cannot answer it, or once the union has answered."""
        return asked_to_sign(session, _outcome(session, entry), reader)


class _OfFollowed:
    """What topics share that are for who follows an outcome, its table or its proposals."""

    def audience(self, session: Session, entry: Entry) -> Select[Any]:
        """Whom the table concerns, and who follows the outcome or a proposal in it."""
        outcome = _outcome(session, entry)
        proposals = [(SubjectKind.PROPOSAL, item.proposal_id) for item in outcome.items]
        follow = followers(entry.at, (SubjectKind.OUTCOME, outcome.id), *proposals)
        whole = union(of_table(outcome.table_id, entry.at), follow).subquery()
        return select(whole.c[0])


class OutcomeSent(_OfFollowed):
    """The conclusions of a sitting were sent to the unions."""

    name = "outcome_sent"
    group = Group.DOCUMENTS
    events = (OutcomeOpened,)

    def told(self, session: Session, entry: Entry, reader: Actor) -> Told | None:
        """That it can be read, and who is asked."""
        outcome = _outcome(session, entry)
        return of_outcome(outcome, _("The conclusions were sent to the unions for their answer."))


class OutcomeEnded(_OfFollowed):
    """The sign-off of an outcome is over: its conclusions go on to the plan."""

    name = "outcome_ended"
    group = Group.DOCUMENTS
    events = (OutcomeClosed,)

    def told(self, session: Session, entry: Entry, reader: Actor) -> Told | None:
        """That the unions have answered."""
        sentence = _("The unions’ sign-off is over: the conclusions go on to the plan.")
        return of_outcome(_outcome(session, entry), sentence)


def delegates_asked(outcome_id: int, at: Any) -> Select[Any]:
    """Select who has a valid mandate of a union that has not answered an outcome yet."""
    return (
        select(Mandate.person_id)
        .join(Party, Party.organisation_id == Mandate.organisation_id)
        .where(Party.outcome_id == outcome_id, Party.answer.is_(None), Mandate.is_valid(at))
    )


def asked_to_sign(session: Session, outcome: Outcome, reader: Actor) -> Told | None:
    """That an outcome awaits the reader's answer; None unless they can give one now."""
    if reader.person_id is None or outcome.state is not OutcomeState.SIGNING:
        return None
    if not answerable(session, outcome, reader.person_id, at=clock.now()):
        return None
    return of_outcome(outcome, _asked(outcome))


def _asked(outcome: Outcome) -> Sentence:
    if outcome.due_on is None:
        return _("The conclusions wait for the answer of your union.")
    day = format_date(outcome.due_on, "long")
    return _("The conclusions wait for the answer of your union, until %(day)s.", day=day)


def _outcome(session: Session, entry: Entry) -> Outcome:
    assert isinstance(entry.event, OutcomeOpened | OutcomeClosed)
    return get_outcome(session, entry.event.outcome_id)
