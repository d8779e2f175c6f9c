"""A sitting made as long as one likes: hands go up and down, each entry in a valid chain."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert

from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.people.models import Category
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.floor.events import HandRaised, HandWithdrawn
from consultazione.sittings.floor.models import Hand, HandKind, HandState

_TOGETHER = 1000  # hands in one transaction


def lengthen(database: Database, sitting_id: int, persons: Sequence[int], entries: int) -> None:
    """Add so many entries (an even number) to a sitting, past the rules of its commands.

    Rows and entries are those that the commands make: of each hand that it was raised, and that
    it was withdrawn again.
    """
    hands = entries // 2
    for begun in range(0, hands, _TOGETHER):
        _add(database, sitting_id, persons, min(_TOGETHER, hands - begun))


def _add(database: Database, sitting_id: int, persons: Sequence[int], count: int) -> None:
    with database.transaction(SYSTEM) as tx:
        rows = [
            {
                "sitting_id": sitting_id,
                "person_id": persons[number % len(persons)],
                "category": Category.CITIZEN,
                "kind": HandKind.FLOOR,
                "state": HandState.WITHDRAWN,
                "raised_at": tx.now,
            }
            for number in range(count)
        ]
        for hand_id, person_id in tx.session.execute(
            insert(Hand).returning(Hand.id, Hand.person_id), rows
        ):
            raised = HandRaised(
                hand_id=hand_id,
                point_id=None,
                person_id=person_id,
                mandate_id=None,
                category=Category.CITIZEN,
                hand_kind=HandKind.FLOOR,
                reply_to=None,
            )
            tx.record(sitting_stream(sitting_id), raised)
            tx.record(sitting_stream(sitting_id), HandWithdrawn(hand_id=hand_id))
