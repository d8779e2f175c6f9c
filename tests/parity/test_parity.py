"""The tables that the browser's modules are tested against too: both sides say the same.

A table is one JSON file in this folder. `tests/js/parity.test.mjs` reads the same files for
the modules of `static/sittings`, so a rule that is changed on one side alone fails a test.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from consultazione import events
from consultazione.core.events import registry
from consultazione.core.incoming.personal_traces import traces_in
from consultazione.sittings.agenda.points import is_any_other_business
from consultazione.sittings.floor.models import HandKind, SpeakingOrder
from consultazione.sittings.floor.order import room_queue
from consultazione.sittings.polls.labels import GROUNDS, TALLIES
from consultazione.sittings.polls.sentences import counts_of, grounds_of
from consultazione.sittings.polls.voters.arithmetic import arithmetic
from consultazione.sittings.quorums.base import QuorumKind, quorum_terms
from consultazione.sittings.quorums.sentences import standing_sentence, terms_sentence
from consultazione.sittings.room.chronicle import chronicle_lines
from tests.support.translated import reading

assert events.ALL
Case = dict[str, Any]
# The kinds of the stream that the room follows, and those of these families in other streams.
FAMILIES = {
    "sitting", "agenda", "quorum", "hand", "floor", "speakers", "poll", "question",
    "chat", "applause",
}  # fmt: skip
ELSEWHERE = {
    "poll.box_opened", "question.asked", "question.hidden", "question.merged", "question.shown",
    "question.upvoted", "question.upvote_withdrawn", "chat.forgotten", "chat.moderated",
}  # fmt: skip


@cache
def table(name: str) -> dict[str, Any]:
    """One table of cases."""
    found: dict[str, Any] = json.loads((Path(__file__).parent / f"{name}.json").read_text())
    return found


@pytest.fixture(autouse=True)
def italian() -> Iterator[None]:
    """The tables are written in the language that people read."""
    with reading("it"):
        yield


def cases(name: str, part: str) -> pytest.MarkDecorator:
    """One test for each case in a part of a table."""
    return pytest.mark.parametrize("case", table(name)[part], ids=_name_of)


def _name_of(case: Case) -> str:
    return str(case.get("name", case.get("title")))


def room_of(case: Case) -> dict[str, Any]:
    """A room whose chronicle is the entries of a case, one after another."""
    chronicle = [
        {"number": number, "at": "2026-11-28T09:00:00+00:00", **entry}
        for number, entry in enumerate(case["entries"], start=1)
    ]
    shared = {name: table("chronicle")[name] for name in ("agenda", "people")}
    shared["sitting"] = {"opened_at": case.get("opened_at")}
    return {**shared, "polls": case.get("polls", []), "chronicle": chronicle}


@cases("chronicle", "cases")
def test_chronicle(case: Case) -> None:
    lines = chronicle_lines(room_of(case))
    assert [line["sentence"] for line in reversed(lines)] == case["says"]


def test_chronicle_table_holds_every_kind_of_the_stream_of_a_sitting() -> None:
    held = {entry["kind"] for case in table("chronicle")["cases"] for entry in case["entries"]}
    known = {kind for kind in registry() if kind.partition(".")[0] in FAMILIES}
    assert held == known - ELSEWHERE | {"sitting.forgotten"}


@cases("tally", "counts")
def test_counts_of_a_tally(case: Case) -> None:
    assert [list(line) for line in counts_of(case["tally"], case["options"])] == case["says"]


@cases("tally", "grounds")
def test_grounds_of_a_result(case: Case) -> None:
    assert grounds_of(case, case["options"]) == case["says"]


def test_tally_table_holds_every_word_and_every_ground() -> None:
    keys = {key for case in table("tally")["counts"] for key in case["tally"]}
    assert {key.rpartition("/")[2] for key in keys} >= set(TALLIES)
    assert {case["grounds"] for case in table("tally")["grounds"]} == {*GROUNDS, "of_old"}


@cases("arithmetic", "cases")
def test_the_arithmetic_of_a_poll(case: Case) -> None:
    assert arithmetic(case) == case["says"]


@cases("quorum", "standing")
def test_standing_with_a_quorum(case: Case) -> None:
    needed, there = case["needed"], case["there"]
    assert standing_sentence(needed, there) == case["says"]
    assert standing_sentence(needed, there, "quorum_verified") == case["verified"]


@cases("quorum", "terms")
def test_terms_of_a_quorum(case: Case) -> None:
    numbers = {name: case[name] for name in ("least", "percent", "by_category")}
    assert terms_sentence(quorum_terms({"kind": case["quorum_kind"], **numbers})) == case["says"]


def test_quorum_table_holds_every_kind() -> None:
    assert {case["quorum_kind"] for case in table("quorum")["terms"]} == set(QuorumKind)


@cases("queue", "cases")
def test_order_of_the_speakers(case: Case) -> None:
    assert room_queue(case) == case["order"]


def test_queue_table_holds_every_order_and_every_kind_of_hand() -> None:
    found = table("queue")["cases"]
    assert {case["speakers"]["ordering"] for case in found} == set(SpeakingOrder)
    assert {hand["hand_kind"] for case in found for hand in case["hands"]} == set(HandKind)


@cases("any_other_business", "cases")
def test_any_other_business(case: Case) -> None:
    assert is_any_other_business(case["title"]) is case["is"]


@cases("traces", "cases")
def test_traces_of_personal_data(case: Case) -> None:
    assert traces_in(case["text"]) == case["says"]
