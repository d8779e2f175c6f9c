"""Messages about what is written down in a sitting."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from consultazione.core.actor import Actor
from consultazione.sittings.models import Sitting
from consultazione.sittings.notes.models import LONGEST_NOTE
from consultazione.sittings.room import room_snapshot
from tests.factories import Factory
from tests.live.conftest import Browser

Open = Callable[..., Browser]


@pytest.fixture
def sitting(make: Factory) -> Sitting:
    return make.sitting()


@pytest.fixture
def chair(browser: Open, make: Factory, sitting: Sitting) -> Browser:
    return browser(make.presided(sitting))


@pytest.fixture
def anna(make: Factory) -> Actor:
    return make.citizen()


@pytest.fixture
def hers(browser: Open, chair: Browser, anna: Actor, sitting: Sitting) -> Browser:
    found = browser(anna)
    assert found.ask("enter", {"sitting": sitting.id})["ok"]
    return found


def first_point(make: Factory, sitting: Sitting) -> int:
    with make.session() as session:
        return int(room_snapshot(session, sitting.id)["agenda"][0]["id"])


def test_a_note_is_saved_and_read_again_by_who_presides(
    chair: Browser, hers: Browser, make: Factory, sitting: Sitting
) -> None:
    point = first_point(make, sitting)
    written = {"point": point, "body": "Si apre la discussione.", "version": 0}
    for _ in range(2):
        assert chair.ask("note.write", written) == {"ok": True, "version": 1}
    assert chair.ask("note.write", {**written, "body": "Altro."})["error"] == "conflict"
    assert hers.ask("note.write", written)["error"] == "not_allowed"
    record = chair.ask("record.mine", {"sitting": sitting.id})["record"]
    assert record["notes"] == {str(point): {"body": "Si apre la discussione.", "version": 1}}
    assert "notes" not in hers.ask("record.mine", {"sitting": sitting.id})["record"]
    long = chair.ask("note.write", {**written, "body": "x" * (LONGEST_NOTE + 1)})
    assert list(long["fields"]) == ["body"]


def test_phrases_come_and_go(chair: Browser, hers: Browser, sitting: Sitting) -> None:
    added = {"sitting": sitting.id, "body": "Il tavolo ringrazia."}
    assert hers.ask("phrase.add", added)["error"] == "not_allowed"
    assert chair.ask("phrase.add", added) == {"ok": True}
    *_, own = chair.ask("record.mine", {"sitting": sitting.id})["record"]["phrases"]
    assert own["body"] == "Il tavolo ringrazia."
    assert chair.ask("phrase.remove", {"phrase": own["id"]}) == {"ok": True}
    assert chair.ask("phrase.remove", {"phrase": own["id"]})["error"] == "not_found"
