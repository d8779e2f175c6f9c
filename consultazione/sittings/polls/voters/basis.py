"""Who votes in a poll, as it was written down when the poll was opened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cattrs import structure
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.people.models import Organisation
from consultazione.sittings.models import Sitting
from consultazione.sittings.polls.models import Poll, PollWeight
from consultazione.sittings.polls.rules import Effect, Franchise, Rules, rules_of
from consultazione.tables.queries import seated_ids
from consultazione.tables.rules import BY_ORGANISATION, TableRule, Who, rule_of


@dataclass(frozen=True, kw_only=True)
class Basis:
    """Who votes in a poll: a change of the table's rule meanwhile changes nothing in it.

    Nor does one of its seats, where organisations vote. Where persons vote, whoever gets a seat, is
    admitted or identified while the poll is open has a vote from then on.

    voters, level, hall: as in `TableRule`, whose `vote` is `voters` here. organisations: the votes
    of each that is entitled, by its id as text; None where persons vote.
    """

    voters: Who = Who.ANYBODY
    level: int = 0
    hall: bool = True
    organisations: Mapping[str, int] | None = None

    def votes_of(self, organisation_id: int) -> int:
        """The votes of an organisation; 0 if it is not entitled."""
        return (self.organisations or {}).get(str(organisation_id), 0)

    @property
    def organisation_ids(self) -> set[int]:
        """The organisations that are entitled."""
        return {int(key) for key in self.organisations or {}}

    @property
    def all_votes(self) -> int:
        """The votes of all organisations that are entitled."""
        return sum((self.organisations or {}).values())


def franchise_of(rule: TableRule) -> Franchise:
    """How a table votes unless a poll says otherwise: by organisation, or each person."""
    return Franchise.ORGANISATIONS if rule.vote in BY_ORGANISATION else Franchise.PERSONS


def new_basis(
    session: Session,
    sitting: Sitting,
    rules: Rules,
    weights: Mapping[int, int],
    effect: Effect = Effect.BINDING,
) -> Basis:
    """The basis of a poll that is opened now. Organisations without a seat never vote.

    weights: by organisation id, where organisations vote by weight. effect: an opinion poll among
    persons decides nothing, so whoever may attend answers it.
    """
    rule = rule_of(sitting.table.rule)
    asks_all = effect is Effect.CONSULTATIVE and rules.franchise is Franchise.PERSONS
    return Basis(
        voters=Who.ANYBODY if asks_all else rule.vote,
        level=rule.level,
        hall=rule.hall,
        organisations=_organisations(session, sitting.table_id, rule.vote, rules, weights),
    )


def basis_of(session: Session, poll: Poll) -> Basis:
    """The basis of a poll; of one of before bases were kept, whoever was there, or had a seat."""
    if poll.basis is not None:
        return structure(dict(poll.basis), Basis)
    table_id = session.get_one(Sitting, poll.sitting_id).table_id
    query = select(PollWeight.organisation_id, PollWeight.weight).filter_by(poll_id=poll.id)
    weights: dict[int, int] = dict(iter(session.execute(query)))
    rules = rules_of(poll.rules)
    return Basis(organisations=_organisations(session, table_id, Who.ANYBODY, rules, weights))


def names_of_organisations(session: Session, ids: Iterable[str]) -> dict[int, str]:
    """The names of organisations by id, in their order; the ids are text, as polls keep them."""
    query = select(Organisation.id, Organisation.name).where(Organisation.id.in_(map(int, ids)))
    return dict(iter(session.execute(query.order_by(Organisation.name, Organisation.id))))


def _organisations(
    session: Session, table_id: int, voters: Who, rules: Rules, weights: Mapping[int, int]
) -> dict[str, int] | None:
    if rules.franchise is Franchise.PERSONS:
        return None
    seated = seated_ids(session, table_id, unions=voters is Who.UNIONS)
    if rules.franchise is Franchise.WEIGHTS:
        return {str(key): weights[key] for key in sorted(seated & weights.keys())}
    return {str(key): 1 for key in sorted(seated)}
