"""`docs/live-contract.json`: a closed schema of all that travels, which refuses anything else.

That real snapshots, frames and answers fit it is asserted wherever the other tests of this
folder see one (`tests/support/live_contract.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from consultazione.core import log
from consultazione.core.db import Database
from consultazione.live import frames
from consultazione.live.contract import ANSWERS
from consultazione.live.gateway import MESSAGES
from consultazione.live_contract import contract
from consultazione.sittings.models import Sitting
from consultazione.sittings.room.snapshot import room_snapshot
from tests.support.factories import Factory
from tests.support.live_contract import assert_answer, assert_frame, assert_snapshot

Part = dict[str, Any]


def test_it_is_a_json_schema() -> None:
    Draft202012Validator.check_schema(contract())


def test_every_object_in_it_is_closed() -> None:
    """Except those whose keys are ids or words, and the data of an entry."""
    open_ones = [part for part in _objects(contract()) if "additionalProperties" not in part]
    assert open_ones == []


def test_an_answer_belongs_to_a_message() -> None:
    assert set(ANSWERS) <= set(MESSAGES)


def test_frames_of_every_stream_that_can_be_followed_fit(
    make: Factory, database: Database, sitting: Sitting
) -> None:
    make.presided(sitting)
    with database.snapshot() as session:
        entries = log.read_latest(session, limit=100)
        told = frames.entry_frames(session, entries)
        told += frames.head_frames(session, frames.open_sittings(session))
    told.append(frames.rehearsal_over_frame(log.EPHEMERAL_FROM))
    for frame in told:
        assert_frame(frame.event, frame.payload)
    families = {frame.room.partition(":")[0] for frame in told}
    assert families >= {"sitting", "table"}
    assert {frame.event for frame in told} == {"entries", "head", "resume"}


@pytest.fixture
def room(database: Database, sitting: Sitting) -> Part:
    with database.snapshot() as session:
        return {**room_snapshot(session, sitting.id)}


FAULTS: dict[str, Callable[[Part], None]] = {
    "a field more": lambda room: room.update(seen=True),
    "a field less": lambda room: room.pop("turnout"),
    "a field more inside": lambda room: room["sitting"].update(seen=True),
    "a field more in a row": lambda room: room["agenda"][0].update(seen=True),
    "another type": lambda room: room.update(number="3"),
    "a word that is not in the list": lambda room: room["sitting"].update(state="paused"),
    "nothing where something must be": lambda room: room["sitting"].update(title=None),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_what_is_not_agreed_on_is_refused(room: Part, fault: Callable[[Part], None]) -> None:
    assert_snapshot(room)
    fault(room)
    with pytest.raises(AssertionError):
        assert_snapshot(room)


REFUSED = {"ok": False, "error": "busy", "detail": "Later.", "fields": {}}


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        ("hand.raise", {"ok": True, "hand": 3}),
        ("hand.raise", {}),
        ("note.write", {"ok": True}),
        ("enter", {"ok": True, "snapshot": None, "mine": None}),
        ("enter", {**REFUSED, "retry_after": "soon"}),
        ("unknown", {"ok": True}),
    ],
)
def test_an_answer_that_is_not_agreed_on_is_refused(message: str, answer: Part) -> None:
    assert_answer("enter", (), {**REFUSED, "retry_after": 2})
    with pytest.raises(AssertionError):
        assert_answer(message, ({"sitting": 1},), answer)


def _objects(part: Any) -> Iterator[Part]:
    """Every schema of an object, however deep."""
    if isinstance(part, list):
        for one in part:
            yield from _objects(one)
    if isinstance(part, dict):
        if part.get("type") == "object":
            yield part
        for one in part.values():
            yield from _objects(one)
