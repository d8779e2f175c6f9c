"""What stands behind conclusions: the vote on which they rest, and the quorum then.

The one place that says which votes are behind a conclusion; the plan asks here, too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session, selectinload

from consultazione.core.log import EntryRow
from consultazione.minutes.compose.types import ConclusionRow
from consultazione.minutes.models import Conclusion, Minutes
from consultazione.outcomes.models import OutcomeItem
from consultazione.sittings.events import SittingOpened, sitting_stream
from consultazione.sittings.polls.models import Poll, PollOption, PollState
from consultazione.sittings.polls.rules import Effect
from consultazione.sittings.polls.sentences import counts_of, grounds_of, verdict_word
from consultazione.sittings.quorums.events import QuorumVerified
from consultazione.sittings.quorums.sentences import standing_sentence
from consultazione.sittings.room.sentences import CHRONICLE

# What the row of a conclusion holds where something stands behind it; rows of old have none of it.
_BACKED = frozenset({"poll_id", "vote", "quorum", "warnings"})
_OF_OLD = "esito/1"


@dataclass(frozen=True)
class Vote:
    """A poll on which a conclusion rests.

    ended: the sentence that says whether it was carried, why, and by how many. quorum: the one on
    the sitting's quorum when it was closed; "" if the sitting has none.
    """

    poll: Poll
    ended: str
    quorum: str

    @property
    def is_opinion(self) -> bool:
        """True of an opinion poll, which decides nothing."""
        return self.poll.effect is Effect.CONSULTATIVE

    @property
    def failed(self) -> bool:
        """True if what was put to the vote was not carried."""
        return not self.is_opinion and not (self.poll.result or {}).get("carried")


@dataclass(frozen=True)
class Grounds:
    """The votes behind a conclusion, in the order of their closing.

    quorum: the quorum on which it rests, as a sentence; "" if the sitting has none. warnings: what
    is amiss with both, in the words of the document that is signed.
    """

    votes: list[Vote]
    quorum: str
    warnings: Sequence[str] = ()


def grounds_behind(session: Session, item_ids: Collection[int]) -> Mapping[int, Grounds]:
    """The grounds of conclusions, by the id of the outcome's item.

    They are those of the document that is signed: the vote on which the conclusion rests, and the
    quorum then. Documents of old name none; there, all votes on the point count.
    """
    if not item_ids:
        return {}
    query = select(OutcomeItem).options(selectinload(OutcomeItem.outcome))
    items = list(session.scalars(query.where(OutcomeItem.id.in_(item_ids))))
    rows = {item.id: item.outcome.row_of(item) for item in items if _names_grounds(item)}
    of_old = [item.id for item in items if item.id not in rows]
    return {**_of_rows(session, rows), **_of_points(session, of_old)}


def _names_grounds(item: OutcomeItem) -> bool:
    outcome = item.outcome
    return outcome.document["format"] != _OF_OLD or not _BACKED.isdisjoint(outcome.row_of(item))


def _of_rows(session: Session, rows: Mapping[int, ConclusionRow]) -> dict[int, Grounds]:
    """The grounds that a signed document names, by the id of the item."""
    ids = {row["poll_id"] for row in rows.values() if "poll_id" in row}
    polls = {poll.id: (poll, options) for poll, options in _polls(session, Poll.id.in_(ids))}
    found = {}
    for item_id, row in rows.items():
        quorum, named = row.get("quorum", ""), polls.get(row.get("poll_id", 0))
        votes = [_vote_of(*named, row)] if named else []
        found[item_id] = Grounds(votes, quorum, row.get("warnings", ()))
    return found


def _vote_of(poll: Poll, options: list[str], row: ConclusionRow) -> Vote:
    """The vote on which a conclusion rests; of one without a result what the document tells."""
    if not poll.result:
        return Vote(poll, row.get("vote", ""), row.get("quorum", ""))
    vote = _vote(poll, poll.result, options)
    return replace(vote, quorum=vote.quorum or row.get("quorum", ""))


def _of_points(session: Session, item_ids: Collection[int]) -> dict[int, Grounds]:
    """The votes on the points of conclusions, and the quorum of the sitting, by item."""
    if not item_ids:
        return {}
    rows = session.execute(
        select(OutcomeItem.id, Conclusion.point_id, Minutes.sitting_id)
        .join(Conclusion, Conclusion.id == OutcomeItem.conclusion_id)
        .join(Minutes, Minutes.id == Conclusion.minutes_id)
        .where(OutcomeItem.id.in_(item_ids))
    ).all()
    votes = _votes(session, {point_id for _item, point_id, _sitting in rows})
    quorums = _quorums(session, {sitting_id for _item, _point, sitting_id in rows})
    return {
        item_id: Grounds(votes[point_id], quorums.get(sitting_id, ""))
        for item_id, point_id, sitting_id in rows
    }


def _votes(session: Session, point_ids: Collection[int]) -> Mapping[int, list[Vote]]:
    closed = (Poll.state == PollState.CLOSED) & Poll.point_id.in_(point_ids)
    found: dict[int, list[Vote]] = defaultdict(list)
    for poll, options in _polls(session, closed):
        if poll.result and poll.point_id is not None:
            found[poll.point_id].append(_vote(poll, poll.result, options))
    return found


def _polls(session: Session, which: ColumnElement[bool]) -> list[tuple[Poll, list[str]]]:
    """Polls with the labels of their options, in the order of their closing."""
    polls = list(session.scalars(select(Poll).where(which).order_by(Poll.closed_at, Poll.id)))
    query = select(PollOption).where(PollOption.poll_id.in_([poll.id for poll in polls]))
    options: dict[int, list[str]] = defaultdict(list)
    for option in session.scalars(query.order_by(PollOption.poll_id, PollOption.rank)):
        options[option.poll_id].append(option.label)
    return [(poll, options[poll.id]) for poll in polls]


def _vote(poll: Poll, result: Mapping[str, Any], options: list[str]) -> Vote:
    needed, there = result.get("attendance_needed"), result.get("attendance_there")
    return Vote(poll, _ended(poll, result, options), standing_sentence(needed, there))


def _ended(poll: Poll, result: Mapping[str, Any], options: list[str]) -> str:
    """How a poll ended, in the words of the sitting's chronicle."""
    counts = ", ".join(f"{label} {n}" for label, n in counts_of(result["tally"], options))
    word = verdict_word({**result, "options": options, "effect": poll.effect})
    sentence = str(CHRONICLE[word])
    grounds = grounds_of(result, options)
    return sentence.format(grounds=grounds, counts=counts, electorate=poll.electorate)


def _quorums(session: Session, sitting_ids: Collection[int]) -> dict[int, str]:
    """By sitting the sentence on the quorum as it was ascertained last."""
    streams = {sitting_stream(sitting_id): sitting_id for sitting_id in sitting_ids}
    query = (
        select(EntryRow.stream, EntryRow.kind, EntryRow.data)
        .where(EntryRow.stream.in_(streams))
        .where(EntryRow.kind.in_([SittingOpened.kind, QuorumVerified.kind]))
        .ext(distinct_on(EntryRow.stream))
        .order_by(EntryRow.stream, EntryRow.number.desc())
    )
    return {streams[stream]: _standing(kind, data) for stream, kind, data in session.execute(query)}


def _standing(kind: str, data: Mapping[str, Any]) -> str:
    if kind == QuorumVerified.kind:
        return standing_sentence(data["needed"], data["there"])
    return standing_sentence(data.get("attendance_needed"), data.get("attendance_there"))
