"""Commands that cast ballots, one or many of a poll at a time, by the same rules."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.actor import Actor
from consultazione.core.columns import among
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound, Refusal
from consultazione.core.permissions import Permission, require
from consultazione.people.models import Category, Mandate, Person
from consultazione.people.queries import lock_valid
from consultazione.sittings.locking import NOT_PRESENT, attendances_of, require_mandate
from consultazione.sittings.models import Attendance, Sitting
from consultazione.sittings.polls.ballot_box import Slot, slot_of
from consultazione.sittings.polls.envelopes import PollSeal
from consultazione.sittings.polls.kinds import KINDS
from consultazione.sittings.polls.kinds.base import Terms
from consultazione.sittings.polls.labels import NO_VOTE
from consultazione.sittings.polls.models import AnnulReason, Ballot, Poll, PollState
from consultazione.sittings.polls.queries import poll_terms
from consultazione.sittings.polls.rules import Franchise, Rules, rules_of
from consultazione.sittings.polls.sealing import KEY_LOST, KeyLost, find_seal
from consultazione.sittings.polls.steps import annul_poll
from consultazione.sittings.polls.voters.basis import Basis, basis_of
from consultazione.sittings.polls.voters.entitlement import Voter, voters_present
from consultazione.sittings.proxies.models import Proxy
from consultazione.sittings.proxies.represented import of_persons
from consultazione.sittings.proxies.steps import lock_held
from consultazione.sittings.rehearsals import confine_to_rehearsal

_MOST_CHARACTERS = 300
_NO_SUCH = _("There is no such poll.")
_NOT_HELD = _(
    "You do not hold this proxy any more, or it does not vote here: load the page again and vote."
)
_VOTED_BY_PROXY = _("Who holds your proxy voted for you before you came in: this vote is cast.")
_VOTED_FOR = _("This vote has been cast: of a delegate and who stands in for them only one votes.")


@dataclass(frozen=True)
class Vote:
    """A choice and the actor who makes it, for themselves and for those whose proxy they hold.

    by_proxy: other choices, by the id of the proxy for which each is.
    """

    actor: Actor
    choice: str
    by_proxy: Mapping[int, str] = field(default_factory=dict)


class _Slip(NamedTuple):
    """One vote of a gesture: for whom it is, and what it says."""

    person_id: int
    mandate_id: int | None
    organisation_id: int | None
    category: Category
    choice: str
    represents_id: int | None = None
    proxy_id: int | None = None


def cast_ballot(
    tx: Transaction, *, poll_id: int, choice: str, by_proxy: Mapping[int, str] | None = None
) -> Ballot:
    """Cast or change the vote of the actor, who is present, and of those whose proxy they hold.

    by_proxy: other choices for some of these, by the id of the proxy; the rest are as the actor's.
    Who has no vote of their own casts those that they hold. Returns the actor's own ballot if there
    is one.

    Idempotent: the same choice again changes nothing, except that a secret poll whose votes
    cannot be changed answers any second choice with Conflict. Locks as `cast_many`. Invalid if
    the poll does not accept the choice. Conflict if the poll is closed, if the actor is not
    present or their vote would not count, or if votes cannot be changed.
    """
    (answer,) = cast_many(tx, poll_id=poll_id, votes=[Vote(tx.actor, choice, by_proxy or {})])
    if isinstance(answer, Refusal):
        raise answer
    return answer


def cast_many(tx: Transaction, *, poll_id: int, votes: Sequence[Vote]) -> list[Ballot | Refusal]:
    """Cast many votes in one poll, in the order given; return for each the ballot or refusal.

    A refused vote does not affect the others. Where persons vote, locks the poll FOR SHARE:
    ballots never wait for one another, and none is accepted while the poll is being closed.
    Where organisations vote, locks it FOR UPDATE, so that two delegates of one organisation
    cannot both vote. Then locks the voters' attendances FOR UPDATE, the proxies that they hold and
    all their mandates FOR SHARE. A secret poll whose key is lost is annulled, locked FOR UPDATE.
    NotFound if there is no such poll.
    """
    poll, seal = _lock_poll(tx, poll_id)
    if _needs_seal(poll) and seal is None:
        annul_poll(tx, poll, AnnulReason.KEY_LOST)
        return [KeyLost(KEY_LOST) for _vote in votes]
    voters = [vote.actor.person_id for vote in votes if vote.actor.person_id is not None]
    context = _load_context(tx, poll, seal, voters)
    return [_try_cast(tx, context, vote) for vote in votes]


@dataclass
class _Context:
    """What the votes of one batch are checked against.

    present: attendances by person id. valid: ids of their mandates that are. voters: what decides
    whether each has a vote. represented: for whom each stands, by person id. ballots: those cast
    before, by person id. held: the proxies by which the voters vote for others, by holder.
    voted: the person ids of those who voted, by organisation id, or where persons vote, by the
    person for whom they voted.
    """

    poll: Poll
    terms: Terms
    present: dict[int, Attendance]
    valid: Collection[int]
    voters: Mapping[int, Voter]
    represented: Mapping[int, int]
    basis: Basis
    ballots: dict[int, Ballot]
    voted: dict[int | None, int]
    slot: Slot
    held: Mapping[int, list[Proxy]]


def _try_cast(tx: Transaction, context: _Context, vote: Vote) -> Ballot | Refusal:
    try:
        with tx.acting_as(vote.actor):
            return _cast(tx, context, vote)
    except Refusal as refusal:
        return refusal


def _cast(tx: Transaction, context: _Context, vote: Vote) -> Ballot:
    require(tx.actor, Permission.CAST_BALLOT)
    if context.poll.state is not PollState.OPEN:
        raise Conflict(_("The poll is closed: no more ballots are taken."))
    attendance = context.present.get(tx.actor.person_id or 0)
    if attendance is None:
        raise Conflict(NOT_PRESENT)
    require_mandate(attendance, context.valid)
    slips = _slips(context, attendance, vote)
    changed = [slip for slip in slips if _is_news(context, slip)]
    for slip in changed:
        if slip.person_id not in context.ballots:
            _add_ballot(tx, context, slip)
        context.slot.put(tx, context.ballots[slip.person_id], slip.choice)
    return context.ballots[slips[0].person_id]


def _is_news(context: _Context, slip: _Slip) -> bool:
    """Whether a slip says something new; Conflict if it may not."""
    ballot, rules = context.ballots.get(slip.person_id), context.terms.rules
    if ballot is None:
        return True
    if not _is_final(rules) and context.slot.holds(ballot, slip.choice):
        return False
    _require_changeable(rules)
    return True


def _is_final(rules: Rules) -> bool:
    """Whether to refuse even the same choice, or trying choices would reveal a secret vote."""
    return rules.secret and not rules.changeable


def _require_changeable(rules: Rules) -> None:
    if not rules.changeable:
        raise Conflict(_("You have voted: in this poll a vote cannot be changed."))


def read_choice(poll: Poll, terms: Terms, choice: str) -> str:
    """Return a choice in canonical notation; Invalid if the poll does not accept it."""
    try:
        if len(choice) > _MOST_CHARACTERS:
            raise ValueError(choice)
        return KINDS[poll.kind].read(choice, terms)
    except ValueError:
        raise Invalid.at("choice", _("Choose one of the answers offered.")) from None


def _slips(context: _Context, attendance: Attendance, vote: Vote) -> list[_Slip]:
    """The votes that one gesture casts: the voter's own, if they have one, and those they hold.

    Conflict if there are none; Invalid for a choice that the poll does not accept.
    """
    choice = read_choice(context.poll, context.terms, vote.choice)
    others = {
        key: read_choice(context.poll, context.terms, other) for key, other in vote.by_proxy.items()
    }
    held = {proxy.id: proxy for proxy in context.held.get(attendance.person_id, ())}
    if others.keys() - held.keys():
        raise Conflict(_NOT_HELD)
    slips = [_slip_by_proxy(proxy, others.get(key, choice), context) for key, proxy in held.items()]
    obstacle = _obstacle(context, attendance)
    if obstacle is None:
        return [_own_slip(context, attendance, choice), *slips]
    if not slips:
        raise obstacle
    return slips


def _obstacle(context: _Context, attendance: Attendance) -> Conflict | None:
    """Why who is present casts no vote of their own; None if they do."""
    voter, franchise = context.voters[attendance.person_id], context.terms.rules.franchise
    ballot = context.ballots.get(attendance.person_id)
    if ballot is not None:
        return None if ballot.proxy_id is None else Conflict(_VOTED_BY_PROXY)
    reason = voter.why_not(franchise, context.basis)
    if reason is not None:
        return Conflict(NO_VOTE[reason])
    if franchise is Franchise.PERSONS:
        is_taken = context.represented[attendance.person_id] in context.voted
        return Conflict(_VOTED_FOR) if is_taken else None
    if voter.organisation_id in context.voted:
        return Conflict(_("Somebody else has voted for your organisation."))
    return None


def _own_slip(context: _Context, attendance: Attendance, choice: str) -> _Slip:
    by_person = context.terms.rules.franchise is Franchise.PERSONS
    person_id = attendance.person_id
    represented = context.represented[person_id]
    return _Slip(
        person_id=person_id,
        mandate_id=attendance.mandate_id,
        represents_id=None if represented == person_id else represented,
        organisation_id=None if by_person else context.voters[person_id].organisation_id,
        category=attendance.category,
        choice=choice,
    )


def _slip_by_proxy(proxy: Proxy, choice: str, context: _Context) -> _Slip:
    by_person = context.terms.rules.franchise is Franchise.PERSONS
    return _Slip(
        person_id=proxy.giver_id,
        mandate_id=proxy.mandate_id,
        organisation_id=None if by_person else proxy.organisation_id,
        category=proxy.category,
        choice=choice,
        proxy_id=proxy.id,
    )


def _add_ballot(tx: Transaction, context: _Context, slip: _Slip) -> None:
    ballot = Ballot(
        poll_id=context.poll.id,
        person_id=slip.person_id,
        mandate_id=slip.mandate_id,
        organisation_id=slip.organisation_id,
        category=slip.category,
        cast_at=tx.now,
    )
    if slip.represents_id is not None:
        ballot.represents_id = slip.represents_id
    if slip.proxy_id is not None:
        ballot.proxy_id = slip.proxy_id
    tx.session.add(ballot)
    context.ballots[slip.person_id] = ballot
    context.voted[slip.organisation_id or slip.represents_id or slip.person_id] = slip.person_id


def _load_context(
    tx: Transaction, poll: Poll, seal: PollSeal | None, voters: list[int]
) -> _Context:
    terms = poll_terms(tx.session, poll)
    sitting, basis = tx.session.get_one(Sitting, poll.sitting_id), basis_of(tx.session, poll)
    present = attendances_of(tx, poll.sitting_id, voters, lock=True)
    represented = _represented(tx, present.values())
    by_person = terms.rules.franchise is Franchise.PERSONS
    if by_person:
        _lock_represented(tx, present, represented)
    valid = lock_valid(tx, {a.mandate_id for a in present.values()})
    held = _held(tx, poll, sitting, basis, present)
    givers = [proxy.giver_id for proxies in held.values() for proxy in proxies]
    heard_for = {*represented.values(), *givers} if by_person else set()
    cast = _ballots_of(tx, poll.id, {*voters, *givers, *heard_for}, heard_for)
    ballots = {ballot.person_id: ballot for ballot in cast}
    heard = _by_person(cast, heard_for) if by_person else _by_organisation(tx, poll.id)
    return _Context(
        poll=poll,
        terms=terms,
        present=present,
        valid=valid,
        voters=voters_present(tx.session, sitting, basis, present, at=tx.now),
        represented=represented,
        basis=basis,
        ballots=ballots,
        voted=heard,
        slot=slot_of(tx, poll.id, seal, ballots),
        held=_unheard(held, ballots, heard, by_person=by_person),
    )


def _held(
    tx: Transaction, poll: Poll, sitting: Sitting, basis: Basis, present: Collection[int]
) -> dict[int, list[Proxy]]:
    """The proxies that persons present hold and that have a vote in a poll, by holder, locked."""
    held = lock_held(tx, sitting.id, present)
    if not held:
        return {}
    every = [proxy for proxies in held.values() for proxy in proxies]
    valid = lock_valid(tx, {proxy.mandate_id for proxy in every})
    every = [proxy for proxy in every if proxy.mandate_id is None or proxy.mandate_id in valid]
    if rules_of(poll.rules).franchise is Franchise.PERSONS:
        voting = of_persons(tx.session, sitting, every, basis.voters, basis.level, at=tx.now)
    else:
        voting = [proxy for proxy in every if basis.votes_of(proxy.organisation_id or 0)]
    ids = {proxy.id for proxy in voting}
    return {key: [one for one in proxies if one.id in ids] for key, proxies in held.items()}


def _unheard(
    held: Mapping[int, list[Proxy]],
    ballots: Mapping[int, Ballot],
    voted: Mapping[int | None, int],
    *,
    by_person: bool,
) -> dict[int, list[Proxy]]:
    """The proxies for whose givers nobody has voted, but for who holds them."""

    def is_free(proxy: Proxy) -> bool:
        ballot = ballots.get(proxy.giver_id)
        if ballot is not None:
            return ballot.proxy_id == proxy.id
        return (proxy.giver_id if by_person else proxy.organisation_id) not in voted

    return {key: [proxy for proxy in proxies if is_free(proxy)] for key, proxies in held.items()}


def _represented(tx: Transaction, present: Collection[Attendance]) -> dict[int, int]:
    """The person for whom each of those present stands, by person id: mostly themselves."""
    held = {attendance.mandate_id for attendance in present} - {None}
    query = select(Mandate.id, Mandate.person_id).where(Mandate.id.in_(held))
    holders: dict[int | None, int] = dict(iter(tx.session.execute(query))) if held else {}
    return {a.person_id: holders.get(a.mandate_id, a.person_id) for a in present}


def _lock_represented(
    tx: Transaction, present: Mapping[int, Attendance], represented: Mapping[int, int]
) -> None:
    """Lock delegates, so that one and who stands in for them never vote at the same moment.

    FOR NO KEY UPDATE, in the order of their ids; whoever speaks for themselves is not locked.
    """
    delegates = {represented[key] for key, a in present.items() if a.mandate_id is not None}
    if delegates:
        query = select(Person.id).where(Person.id.in_(delegates)).order_by(Person.id)
        tx.session.execute(query.with_for_update(key_share=True))


def _needs_seal(poll: Poll) -> bool:
    return poll.state is PollState.OPEN and rules_of(poll.rules).secret


def _lock_poll(tx: Transaction, poll_id: int) -> tuple[Poll, PollSeal | None]:
    """Return a poll, locked, with its seal if it is open and secret and its key is there.

    The key is looked for before the lock, which is exclusive if the poll must be annulled: two
    voters who held it together could not both change it for an exclusive one.
    """
    poll = tx.session.get(Poll, poll_id)
    if poll is None:
        raise NotFound(_NO_SUCH)
    confine_to_rehearsal(tx, poll.sitting_id)
    seal = find_seal(tx, poll) if _needs_seal(poll) else None
    is_lost = _needs_seal(poll) and seal is None
    lock = {"read": rules_of(poll.rules).franchise is Franchise.PERSONS and not is_lost}
    locked = tx.session.get(Poll, poll_id, with_for_update=lock, populate_existing=True)
    if locked is None:  # its rehearsal was ended meanwhile
        raise NotFound(_NO_SUCH)
    return locked, seal if _needs_seal(locked) else None


def _ballots_of(
    tx: Transaction, poll_id: int, voters: Iterable[int], represented: Iterable[int]
) -> Sequence[Ballot]:
    """The ballots of some persons, and those of whoever stood in for some.

    Each is asked for by its own index: by both at once, every ballot of the poll would be read.
    """
    query = select(Ballot).where(Ballot.poll_id == poll_id)
    own = tx.session.scalars(query.where(among(Ballot.person_id, voters)))
    by_substitutes = query.where(
        among(Ballot.represents_id, represented),
        Ballot.represents_id.is_not(None),  # said, since only such ballots are in the index
    )
    return list(dict.fromkeys((*own, *tx.session.scalars(by_substitutes))))


def _by_organisation(tx: Transaction, poll_id: int) -> dict[int | None, int]:
    """Who voted for each organisation, by its id."""
    query: Any = select(Ballot.organisation_id, Ballot.person_id).where(Ballot.poll_id == poll_id)
    return dict(iter(tx.session.execute(query)))


def _by_person(cast: Iterable[Ballot], represented: Collection[int]) -> dict[int | None, int]:
    """Who voted for some persons, themselves or who stood in for them, by the person's id.

    Who voted for somebody else has not voted for themselves.
    """
    heard = {ballot.represents_id or ballot.person_id: ballot.person_id for ballot in cast}
    return {key: voter for key, voter in heard.items() if key in represented}
