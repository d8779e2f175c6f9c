"""Commands that open a poll, enter the votes of the room, and close it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, acting_person
from consultazione.sittings.breaks.steps import require_going_on
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.locking import current_point, lock_sitting, require_at, require_open
from consultazione.sittings.models import Sitting
from consultazione.sittings.polls.commands.ballots import read_choice
from consultazione.sittings.polls.draft import PollDraft
from consultazione.sittings.polls.events import (
    OptionOffered,
    PollOpened,
    RoomVotesConfirmed,
    RoomVotesCounted,
    poll_stream,
)
from consultazione.sittings.polls.kinds import DEFAULT
from consultazione.sittings.polls.locking import lock_open_poll, lock_poll
from consultazione.sittings.polls.models import (
    AnnulReason,
    Poll,
    PollOption,
    PollState,
    PollWeight,
    RoomVotes,
)
from consultazione.sittings.polls.queries import (
    ballots_cast,
    options_of,
    poll_terms,
    weights_of,
)
from consultazione.sittings.polls.room_count import RoomCount, most_in_room, room_count_of
from consultazione.sittings.polls.rules import Effect, Rules, rules_of
from consultazione.sittings.polls.sealing import create_key, is_lost
from consultazione.sittings.polls.steps import annul_poll, count_poll
from consultazione.sittings.polls.validation import basis_of_draft, check_draft
from consultazione.sittings.polls.voters.basis import franchise_of
from consultazione.sittings.quorums.base import recorded_standing
from consultazione.sittings.quorums.headcount import standing_of
from consultazione.tables.rules import rule_of


def open_poll(
    tx: Transaction,
    *,
    sitting_id: int,
    question: str,
    poll_kind: str = DEFAULT,
    options: Sequence[str] = (),
    rules: Rules | None = None,
    weights: Mapping[int, int] | None = None,
    effect: Effect = Effect.BINDING,
    by_table: bool = False,
) -> Poll:
    """Open a poll among those present.

    weights: by organisation id, where organisations vote by weight. effect: whether it decides
    or only consults. by_table: whether the table's rule says if persons or organisations vote,
    instead of the rules given; it does too if none are given. Idempotent: returns the open poll
    if it is the same. An open poll whose key is lost is annulled first. Locks the sitting and its
    open poll FOR UPDATE. Invalid as in `check_draft`; Conflict if another poll is open, or if the
    sitting is suspended or not open.
    """
    sitting = lock_sitting(tx, sitting_id)
    require_at(tx, Permission.OPEN_POLL, sitting)
    require_open(sitting)
    require_going_on(tx, sitting.id)
    if by_table or rules is None:
        rules = replace(rules or Rules(), franchise=franchise_of(rule_of(sitting.table.rule)))
    draft = PollDraft(question, poll_kind, tuple(options), rules, dict(weights or {}), effect)
    check_draft(tx.session, sitting, draft)
    poll = lock_open_poll(tx, sitting.id)
    if poll is not None and is_lost(tx, poll):
        annul_poll(tx, poll, AnnulReason.KEY_LOST)
        poll = None
    if poll is None:
        return _open(tx, sitting, draft)
    if _draft_of(tx, poll) != draft:
        raise Conflict(_("A poll is open: close it before you open another."))
    return poll


def close_poll(tx: Transaction, *, poll_id: int) -> Poll:
    """Close a poll and count it; idempotent.

    The electorate is everybody who was present at any time while the poll was open. A secret
    poll whose ballots cannot be opened is annulled. Locks the sitting and the poll FOR UPDATE.
    Conflict while a count of the room waits for a second person.
    """
    poll, _sitting = lock_poll(tx, poll_id, Permission.CLOSE_POLL)
    if poll.state is PollState.OPEN:
        count_poll(tx, poll)
    return poll


def count_in_room(tx: Transaction, *, poll_id: int, choice: str, votes: int) -> RoomCount:
    """Enter how many in the room made a choice, replacing what was entered for it before.

    votes: 0 removes the choice. The same number, entered by a second person, is confirmed.
    Returns the count of the room, with what waits for a second. Idempotent. Locks the
    sitting and the poll FOR UPDATE. Invalid if the poll does not accept the choice; Conflict
    once it is closed.
    """
    poll, _sitting = lock_poll(tx, poll_id, Permission.COUNT_IN_ROOM)
    if poll.state is not PollState.OPEN:
        raise Conflict(_("The poll is closed: no more ballots are taken."))
    choice = read_choice(poll, poll_terms(tx.session, poll), choice)
    row = tx.session.get(RoomVotes, (poll.id, choice))
    if (0 if row is None else row.votes) != votes:
        _enter_votes(tx, poll, choice, votes)
    elif row is not None:
        _confirm_votes(tx, row)
    return room_count_of(tx.session, poll)


def _enter_votes(tx: Transaction, poll: Poll, choice: str, votes: int) -> None:
    _check_most(tx, poll, choice, votes)
    row, person_id = tx.session.get(RoomVotes, (poll.id, choice)), acting_person(tx.actor)
    if row is None:
        row = RoomVotes(poll_id=poll.id, choice=choice, votes=votes, counted_by=person_id)
        tx.session.add(row)
    elif votes:
        row.votes, row.counted_by, row.confirmed_by = votes, person_id, None
    else:
        tx.session.delete(row)
    tx.flush()
    event = RoomVotesCounted(poll_id=poll.id, choice=choice, votes=votes)
    tx.record(poll_stream(poll.id), event)


def _check_most(tx: Transaction, poll: Poll, choice: str, votes: int) -> None:
    """Raise Invalid on `votes` if the room would have more votes than it can have."""
    entered = room_count_of(tx.session, poll).entered
    others = sum(count for other, count in entered.items() if other != choice)
    most = most_in_room(tx.session, poll, ballots_cast(tx.session, poll))
    if most is not None and votes > max(0, most - others):
        sentence = _(
            "Here the room has at most %(most)s votes: register who is in the hall first, or "
            "correct the number.",
            most=max(0, most - others),
        )
        raise Invalid.at("votes", sentence)


def _confirm_votes(tx: Transaction, row: RoomVotes) -> None:
    """Note that somebody else than the first has entered the same number."""
    person_id = acting_person(tx.actor)
    if row.confirmed_by is not None or row.counted_by in (None, person_id):
        return
    row.confirmed_by = person_id
    tx.flush()
    confirmed = RoomVotesConfirmed(poll_id=row.poll_id, choice=row.choice, votes=row.votes)
    tx.record(poll_stream(row.poll_id), confirmed)


def _open(tx: Transaction, sitting: Sitting, draft: PollDraft) -> Poll:
    point = current_point(tx, sitting.id)
    poll = Poll(
        id=_id_after(tx, sitting) if sitting.rehearses else None,
        sitting_id=sitting.id,
        point_id=None if point is None else point.id,
        kind=draft.kind,
        question=draft.text,
        state=PollState.OPEN,
        opened_at=tx.now,
        effect=draft.effect,
        rules=asdict(draft.rules),
        basis=asdict(basis_of_draft(tx.session, sitting, draft)),
        standing=recorded_standing(standing_of(tx.session, sitting)),
    )
    tx.session.add(poll)
    tx.flush()
    _record_opened(tx, poll, draft)
    return poll


def _id_after(tx: Transaction, rehearsal: Sitting) -> int:
    """The id of a poll of a rehearsal: after the last one's, else after that of the rehearsal."""
    last = tx.session.scalar(select(func.max(Poll.id)).filter_by(sitting_id=rehearsal.id))
    return (last or rehearsal.id) + 1


def _record_opened(tx: Transaction, poll: Poll, draft: PollDraft) -> None:
    """Record a new poll, and store its options, weights and key."""
    stream = sitting_stream(poll.sitting_id)
    opened = PollOpened(
        poll_id=poll.id,
        point_id=poll.point_id,
        poll_kind=poll.kind,
        question=FreeText(draft.text),
        effect=draft.effect,
        weights={str(key): weight for key, weight in draft.weights.items()} or None,
        **asdict(draft.rules),
        **(poll.standing or {}),
        **(poll.basis or {}),
    )
    tx.record(stream, opened)
    for rank, label in enumerate(draft.options, start=1):
        tx.session.add(PollOption(poll_id=poll.id, rank=rank, label=label))
        tx.record(stream, OptionOffered(poll_id=poll.id, rank=rank, label=FreeText(label)))
    for organisation_id, weight in draft.weights.items():
        tx.session.add(PollWeight(poll_id=poll.id, organisation_id=organisation_id, weight=weight))
    if draft.rules.secret:
        create_key(tx, poll.id)
    tx.flush()


def _draft_of(tx: Transaction, poll: Poll) -> PollDraft:
    options = options_of(tx.session, [poll.id])[poll.id]
    weights = weights_of(tx.session, poll.id)
    rules = rules_of(poll.rules)
    return PollDraft(poll.question, poll.kind, tuple(options), rules, weights, poll.effect)
