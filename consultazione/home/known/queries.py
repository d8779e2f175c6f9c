"""What an organisation, or a person in a public role, did before everybody's eyes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from consultazione.outcomes.models import Adherent, Answer, Outcome, Party
from consultazione.people.models import Mandate, Organisation, RoleGrant
from consultazione.proposals.models import Proposal, ProposalState
from consultazione.sittings.models import Sitting
from consultazione.sittings.polls.models import Ballot, Poll, PollState
from consultazione.tables.models import ThematicTable

MOST = 30


@dataclass(frozen=True)
class Signed:
    """An answer to an outcome. answer: None for an organisation that adhered unasked."""

    outcome: Outcome
    answer: Answer | None
    at: datetime | None


@dataclass(frozen=True)
class OpenVote:
    """A vote that everybody may read, once its poll is over."""

    poll: Poll
    choice: str


def delegates(session: Session, organisation_id: int, *, at: datetime) -> list[Mandate]:
    """The valid mandates of an organisation, with their persons, oldest first."""
    query = (
        select(Mandate)
        .options(joinedload(Mandate.person))
        .where(Mandate.organisation_id == organisation_id, Mandate.is_valid(at))
        .order_by(Mandate.id)
    )
    return list(session.scalars(query))


def public_mandates(
    session: Session, person_id: int, zone_id: int, *, at: datetime
) -> list[Mandate]:
    """The mandates that a person has, or had, in a zone; those that were never confirmed not."""
    query = (
        select(Mandate)
        .join(Mandate.organisation)
        .options(joinedload(Mandate.organisation))
        .where(Mandate.person_id == person_id, Mandate.confirmed_at <= at)
        .where(Organisation.zone_id == zone_id)
        .order_by(Mandate.id)
    )
    return list(session.scalars(query))


def public_roles(session: Session, person_id: int, zone_id: int) -> list[RoleGrant]:
    """The roles of a person in a zone."""
    query = select(RoleGrant).filter_by(person_id=person_id, zone_id=zone_id)
    return list(session.scalars(query.order_by(RoleGrant.id)))


def proposed_under(session: Session, mandates: ColumnElement[bool]) -> list[Proposal]:
    """The newest proposals that were written under some mandates, without those taken back."""
    query = (
        select(Proposal)
        .join(Mandate, Mandate.id == Proposal.mandate_id)
        .where(mandates, Proposal.state != ProposalState.WITHDRAWN)
        .order_by(Proposal.id.desc())
        .limit(MOST)
    )
    return list(session.scalars(query))


def open_votes_under(session: Session, mandates: ColumnElement[bool]) -> list[OpenVote]:
    """The newest votes under some mandates in polls that are over and were not secret."""
    query = (
        select(Poll, Ballot.choice)
        .join(Ballot, Ballot.poll_id == Poll.id)
        .join(Mandate, Mandate.id == Ballot.mandate_id)
        .join(Sitting, Sitting.id == Poll.sitting_id)
        .where(mandates, Poll.state == PollState.CLOSED, Ballot.choice.is_not(None))
        .where(Poll.rules["secret"].as_boolean().is_(False), Sitting.rehearses.is_(None))
        .order_by(Poll.id.desc())
        .limit(MOST)
    )
    return [OpenVote(poll, choice or "") for poll, choice in session.execute(query)]


def signed_under(session: Session, mandates: ColumnElement[bool]) -> list[Signed]:
    """The newest answers to outcomes that were given under some mandates."""
    asked = (
        select(Party, Outcome)
        .join(Outcome, Outcome.id == Party.outcome_id)
        .join(Mandate, Mandate.id == Party.mandate_id)
        .where(mandates, Party.answer.is_not(None))
        .order_by(Outcome.id.desc())
        .limit(MOST)
    )
    unasked = (
        select(Adherent, Outcome)
        .join(Outcome, Outcome.id == Adherent.outcome_id)
        .join(Mandate, Mandate.id == Adherent.mandate_id)
        .where(mandates)
        .order_by(Outcome.id.desc())
        .limit(MOST)
    )
    answers = [Signed(o, party.answer, party.answered_at) for party, o in session.execute(asked)]
    adhered = [Signed(o, None, row.adhered_at) for row, o in session.execute(unasked)]
    return sorted([*answers, *adhered], key=lambda one: one.outcome.id, reverse=True)


def tables_of(session: Session, grants: Sequence[RoleGrant]) -> dict[int, str]:
    """The names of the tables at which roles were given, by id."""
    ids = {grant.table_id for grant in grants if grant.table_id is not None}
    query = select(ThematicTable.id, ThematicTable.name).where(ThematicTable.id.in_(ids))
    return {one.id: one.name for one in session.execute(query)}
