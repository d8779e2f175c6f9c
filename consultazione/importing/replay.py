"""Replays a past sitting minute by minute, by the commands of the room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from consultazione.core import clock
from consultazione.core.actor import SYSTEM, Actor
from consultazione.core.db import Transaction
from consultazione.core.permissions import acting_person
from consultazione.importing.days import day_of
from consultazione.importing.faults import located
from consultazione.importing.items import PastPointItem, PastSittingItem, PollItem
from consultazione.italian import italian
from consultazione.sharing.commands.scenarios import attach_scenario
from consultazione.sittings.agenda.points import NewPoint
from consultazione.sittings.attendance.commands.presence import enter_sitting
from consultazione.sittings.floor.commands.floor import end_floor, give_floor
from consultazione.sittings.floor.commands.hands import raise_hand
from consultazione.sittings.lifecycle.commands.convening import convene_sitting
from consultazione.sittings.lifecycle.commands.opening import close_sitting, open_sitting
from consultazione.sittings.lifecycle.commands.points import close_point, start_point
from consultazione.sittings.lifecycle.commands.secretary import name_secretary
from consultazione.sittings.models import Sitting
from consultazione.sittings.polls.commands.ballots import cast_ballot
from consultazione.sittings.polls.commands.polls import close_poll, open_poll

_CONVENED_BEFORE = timedelta(days=10)
_MINUTE = timedelta(minutes=1)


def replay(
    tx: Transaction,
    item: PastSittingItem,
    *,
    table_id: int,
    points: Sequence[NewPoint],
    actors: Mapping[str, Actor],
    what_ifs: Mapping[str, int],
    demo: bool,
    writer: Actor | None = None,
) -> Sitting:
    """Convene, hold and close a sitting as the file describes it, and return it.

    The entries bear the moments of then. actors: by e-mail address, the chair's included.
    what_ifs: ids of stored what-ifs, by the names that points have for them. writer: who is named
    to write the minutes.
    """
    begins = clock.at_rome(day_of(item["day"], item["days_ago"]), item["at"])
    with italian(), tx.acting_as(SYSTEM, at=begins - _CONVENED_BEFORE):
        sitting = convene_sitting(
            tx,
            table_id=table_id,
            title=item["title"],
            place=item["place"],
            starts_at=begins,
            points=points,
            demo=demo,
        )
    tx.session.refresh(sitting, ["agenda"])
    room = _Room(tx, sitting, actors, actors[item["presided_by"]], begins)
    room.open([actors[email] for email in item["present"]])
    if writer is not None:
        room.name(writer)
    for point, course in zip(sitting.agenda, item["points"], strict=True):
        if course["what_if"]:
            room.put_beside(point.id, what_ifs[course["what_if"]])
        room.deal_with(point.id, course)
    room.close()
    return sitting


class _Room:
    """The room of a past sitting, with its own clock."""

    def __init__(
        self,
        tx: Transaction,
        sitting: Sitting,
        actors: Mapping[str, Actor],
        chair: Actor,
        now: datetime,
    ) -> None:
        self._tx = tx
        self._sitting_id = sitting.id
        self._actors = actors
        self._chair = chair
        self._now = now

    def name(self, writer: Actor) -> None:
        with self._tx.acting_as(self._chair, at=self._now), located(("minutes", "by")):
            name_secretary(self._tx, sitting_id=self._sitting_id, person_id=acting_person(writer))

    def open(self, present: Sequence[Actor]) -> None:
        with self._tx.acting_as(self._chair, at=self._now):
            open_sitting(self._tx, sitting_id=self._sitting_id)
        for actor in present:
            self._now += _MINUTE / 6
            with self._tx.acting_as(actor, at=self._now):
                enter_sitting(self._tx, sitting_id=self._sitting_id)

    def put_beside(self, point_id: int, scenario_id: int) -> None:
        with self._tx.acting_as(self._chair, at=self._now):
            attach_scenario(self._tx, scenario_id=scenario_id, point_id=point_id)

    def deal_with(self, point_id: int, course: PastPointItem) -> None:
        ends = self._now + course["minutes"] * _MINUTE
        with self._tx.acting_as(self._chair, at=self._now):
            start_point(self._tx, point_id=point_id)
        for speaker in course["speakers"]:
            self._speak(self._actors[speaker["who"]], speaker["minutes"] * _MINUTE)
        if course["poll"]:
            self._vote(point_id, course["poll"])
        self._now = max(self._now, ends)
        with self._tx.acting_as(self._chair, at=self._now):
            close_point(self._tx, point_id=point_id)

    def close(self) -> None:
        with self._tx.acting_as(self._chair, at=self._now + _MINUTE):
            close_sitting(self._tx, sitting_id=self._sitting_id)

    def _speak(self, speaker: Actor, time: timedelta) -> None:
        with self._tx.acting_as(speaker, at=self._now):
            hand = raise_hand(self._tx, sitting_id=self._sitting_id)
        self._now += _MINUTE / 4
        with self._tx.acting_as(self._chair, at=self._now):
            give_floor(self._tx, hand_id=hand.id)
        self._now += time
        with self._tx.acting_as(speaker, at=self._now):
            end_floor(self._tx, hand_id=hand.id)

    def _vote(self, point_id: int, vote: PollItem) -> None:
        with self._tx.acting_as(self._chair, at=self._now):
            poll = open_poll(self._tx, sitting_id=self._sitting_id, question=vote["question"])
        for email, choice in vote["ballots"].items():
            self._now += _MINUTE / 6
            with self._tx.acting_as(self._actors[email], at=self._now):
                cast_ballot(self._tx, poll_id=poll.id, choice=choice)
        self._now += _MINUTE
        with self._tx.acting_as(self._chair, at=self._now):
            close_poll(self._tx, poll_id=poll.id)
