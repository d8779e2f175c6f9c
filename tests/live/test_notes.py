"""Messages about what is written down in a sitting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from consultazione.core import clock
from consultazione.core.actor import Actor
from consultazione.sittings.models import Sitting
from consultazione.sittings.record.models import LONGEST_NOTE, LONGEST_STATEMENT
from consultazione.sittings.room.snapshot import room_snapshot
from tests.support.factories import Factory
from tests.support.socketio_browser import Browser

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


def test_a_statement_comes_in_is_left_out_and_withdrawn(
    chair: Browser, hers: Browser, sitting: Sitting
) -> None:
    made = {"sitting": sitting.id, "body": "Favorevole, con riserva.", "poll": ""}
    assert hers.ask("statement.make", made) == {"ok": True}
    (own,) = hers.ask("record.mine", {"sitting": sitting.id})["record"]["own"]
    hidden = {"statement": own["id"], "reason": "Un nome"}
    assert hers.ask("statement.hide", hidden)["error"] == "not_allowed"
    assert chair.ask("statement.hide", hidden) == {"ok": True}
    record = chair.ask("record.mine", {"sitting": sitting.id})["record"]
    assert [one["reason"] for one in record["hidden"]] == ["Un nome"]
    assert chair.ask("statement.show", {"statement": own["id"]}) == {"ok": True}
    room = hers.ask("enter", {"sitting": sitting.id})["snapshot"]
    assert [one["body"] for one in room["record"]["statements"]] == ["Favorevole, con riserva."]
    assert chair.ask("statement.withdraw", {"statement": own["id"]})["error"] == "not_allowed"
    assert hers.ask("statement.withdraw", {"statement": own["id"]}) == {"ok": True}
    long = hers.ask("statement.make", {**made, "body": "x" * (LONGEST_STATEMENT + 1)})
    assert list(long["fields"]) == ["body"]


def test_a_commitment_is_taken_down_revised_and_struck_out(
    chair: Browser, hers: Browser, anna: Actor, sitting: Sitting
) -> None:
    due = (clock.today() + timedelta(days=7)).isoformat()
    taken = {"body": "Mandare i dati", "person": anna.person_id, "due_on": due}
    assert hers.ask("commitment.make", {**taken, "sitting": sitting.id})["error"] == "not_allowed"
    assert chair.ask("commitment.make", {**taken, "sitting": sitting.id}) == {"ok": True}
    room = hers.ask("enter", {"sitting": sitting.id})["snapshot"]
    (shown,) = room["record"]["commitments"]
    anew = {**taken, "commitment": shown["id"], "body": "Mandare tutti i dati"}
    assert chair.ask("commitment.revise", anew) == {"ok": True}
    nobody = chair.ask("commitment.revise", {**anew, "person": ""})
    assert list(nobody["fields"]) == ["owner"]
    never = chair.ask("commitment.revise", {**anew, "due_on": "soon"})
    assert list(never["fields"]) == ["due_on"]
    assert chair.ask("commitment.cancel", {"commitment": shown["id"]}) == {"ok": True}
    missed = hers.ask("enter", {"sitting": sitting.id, "after": room["number"]})
    assert missed["record"]["record"]["commitments"] == []
