"""What stands behind conclusions: the votes on their point, and the quorum of the sitting.

The one place that says which votes are behind a conclusion; the plan asks here, too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from consultazione.core.log import EntryRow
from consultazione.minutes.models import Conclusion, Minutes
from consultazione.outcomes.models import OutcomeItem
from consultazione.sittings.events import SittingOpened, sitting_stream
from consultazione.sittings.polls.models import Poll, PollOption, PollState
from consultazione.sittings.polls.rules import Effect
from consultazione.sittings.polls.sentences import counts_of, grounds_of, verdict_word
from consultazione.sittings.quorums.events import QuorumVerified
from consultazione.sittings.quorums.sentences import standing_sentence
from consultazione.sittings.room.sentences import CHRONICLE


@dataclass(frozen=True)
class Vote:
    """A closed poll on the point of a conclusion.

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

    quorum: the quorum of the sitting as it was ascertained last, as a sentence; "" if the sitting
    has none.
    """

    votes: list[Vote]
    quorum: str

    @property
    def is_unvoted(self) -> bool:
        """True if nothing was voted on the point of the conclusion."""
        return not self.votes


def grounds_behind(session: Session, item_ids: Collection[int]) -> Mapping[int, Grounds]:
    """The grounds of conclusions, by the id of the outcome's item."""
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
    polls = list(session.scalars(select(Poll).where(closed).order_by(Poll.closed_at, Poll.id)))
    query = select(PollOption).where(PollOption.poll_id.in_([poll.id for poll in polls]))
    options: dict[int, list[str]] = defaultdict(list)
    for option in session.scalars(query.order_by(PollOption.poll_id, PollOption.rank)):
        options[option.poll_id].append(option.label)
    found: dict[int, list[Vote]] = defaultdict(list)
    for poll in polls:
        if poll.result and poll.point_id is not None:
            found[poll.point_id].append(_vote(poll, poll.result, options[poll.id]))
    return found


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
