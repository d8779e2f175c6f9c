"""Checks the draft of a poll; every refusal names the field to correct."""

from __future__ import annotations

from typing import Any, NoReturn

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.errors import Invalid
from consultazione.people.models import Organisation
from consultazione.sittings.models import Sitting
from consultazione.sittings.polls.draft import PollDraft
from consultazione.sittings.polls.kinds import KINDS
from consultazione.sittings.polls.kinds.base import PollKind
from consultazione.sittings.polls.rules import (
    Effect,
    Franchise,
    Majority,
    MajorityOf,
    QuorumOf,
    Rules,
)
from consultazione.sittings.polls.voters.basis import Basis, new_basis
from consultazione.sittings.polls.voters.electorate import has_voters
from consultazione.tables.queries import seated_ids
from consultazione.tables.rules import Who, rule_of

NOBODY_VOTES = _(
    "So far nobody has a vote that decides at this table: identify persons at the desk, admit "
    "them to the table or seat organisations; or make it an opinion poll, which all answer."
)
# Limited by what a ballot can show, and by the length of its notation.
MOST_OPTIONS = 20


def check_draft(session: Session, sitting: Sitting, draft: PollDraft) -> None:
    """Raise Invalid, with the field, unless the poll can be opened in the sitting."""
    if draft.kind not in KINDS:
        _refuse("poll_kind", _("There is no such kind of poll."))
    _check_options(KINDS[draft.kind], draft)
    _check_majority(KINDS[draft.kind], draft.rules)
    _check_effect(draft)
    _check_numbers(draft)
    _check_secrecy(draft.rules)
    _check_weights(session, sitting, draft)
    _check_voters(session, sitting, draft)


def basis_of_draft(session: Session, sitting: Sitting, draft: PollDraft) -> Basis:
    """Who would vote in the poll if it were opened now."""
    return new_basis(session, sitting, draft.rules, draft.weights, draft.effect)


def _check_options(kind: PollKind, draft: PollDraft) -> None:
    if not kind.takes_options:
        if draft.options:
            _refuse("options", _("This kind of poll has its own answers: leave the options out."))
        return
    if not 2 <= len(draft.options) <= MOST_OPTIONS:
        _refuse("options", _("Write from 2 to %(most)s options.", most=MOST_OPTIONS))
    if len({option.casefold() for option in draft.options}) != len(draft.options):
        _refuse("options", _("Two options are the same: change or remove one."))


def _check_majority(kind: PollKind, rules: Rules) -> None:
    if rules.majority not in kind.majorities:
        _refuse("majority", _("This kind of poll has its own rule: choose the simple majority."))
    if rules.majority is Majority.SIMPLE and rules.majority_of is not MajorityOf.VOTERS:
        _refuse("majority_of", _("A simple majority is always of those who vote."))


def _check_effect(draft: PollDraft) -> None:
    """Refuse an opinion poll with rules on what is needed to decide."""
    if draft.effect is Effect.BINDING:
        return
    if draft.rules.majority is not Majority.SIMPLE:
        _refuse("majority", _("An opinion poll decides nothing: choose the simple majority."))
    if draft.rules.quorum:
        _refuse("quorum", _("An opinion poll decides nothing: leave its quorum at 0."))


def _check_numbers(draft: PollDraft) -> None:
    rules = draft.rules
    if rules.quorum < 0 or (rules.quorum_of is not QuorumOf.NUMBER and rules.quorum > 100):
        _refuse("quorum", _("A quorum in percent is a number from 0 to 100."))
    if rules.entitled is not None and rules.entitled < 1:
        _refuse("entitled", _("Write how many are entitled to vote."))
    if not 1 <= rules.least <= rules.most <= max(1, len(draft.options)):
        _refuse("most", _("Choose how many options a ballot may name: no more than there are."))
    if not 2 <= rules.grades <= 10:
        _refuse("grades", _("The highest grade is a number from 2 to 10."))


def _check_secrecy(rules: Rules) -> None:
    """Refuse the rules that would reveal who voted what in a secret poll."""
    if rules.secret and rules.live:
        _refuse("live", _("The tally of a secret poll is shown at the end only."))
    if rules.secret and rules.franchise is Franchise.WEIGHTS:
        _refuse("franchise", _("In a secret poll all votes weigh the same."))


def _check_weights(session: Session, sitting: Sitting, draft: PollDraft) -> None:
    weighted = draft.rules.franchise is Franchise.WEIGHTS
    if weighted != bool(draft.weights):
        _refuse("weights", _("Write a weight for the organisations that vote, and only there."))
    if any(not 1 <= weight <= 1_000_000 for weight in draft.weights.values()):
        _refuse("weights", _("A weight is a whole number from 1."))
    organisation_ids = session.scalars(
        select(Organisation.id).where(
            Organisation.id.in_(draft.weights), Organisation.zone_id == sitting.table.zone_id
        )
    )
    if set(organisation_ids) != set(draft.weights):
        _refuse("weights", _("One of the organisations is not in the register."))
    unions = rule_of(sitting.table.rule).vote is Who.UNIONS
    if not draft.weights.keys() <= seated_ids(session, sitting.table_id, unions=unions):
        _refuse("weights", _("One of the organisations has no seat from which it votes."))


def _check_voters(session: Session, sitting: Sitting, draft: PollDraft) -> None:
    """Refuse a poll that decides where nobody may vote, not even somebody in the hall."""
    if draft.effect is Effect.CONSULTATIVE:
        return
    basis = basis_of_draft(session, sitting, draft)
    hall = basis.hall and draft.rules.franchise is Franchise.PERSONS
    if not hall and not has_voters(session, sitting, basis):
        _refuse("effect", NOBODY_VOTES)


def _refuse(field: str, why: Any) -> NoReturn:
    raise Invalid.at(field, why)
