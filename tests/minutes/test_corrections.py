"""Corrections of a draft: asked by who was there, accepted in one click, refused, reversible."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.minutes.commands.approving import approve_minutes
from consultazione.minutes.commands.circulating import circulate_minutes, recall_minutes
from consultazione.minutes.commands.corrections import withdraw_correction
from consultazione.minutes.commands.deciding import (
    accept_correction,
    answer_correction,
    reconsider_correction,
    refuse_correction,
)
from consultazione.minutes.commands.editing import write_note
from consultazione.minutes.models import CorrectionState, MinutesCorrection, Piece
from tests.support.corrections import WORDS, ask, end_window, let
from tests.support.minutes_desk import Desk


@pytest.fixture
def circulated(desk: Desk) -> Desk:
    """A draft with a note, before those who were there."""
    let(desk, correction_days=7)
    desk.run(
        write_note,
        point_id=desk.point_id,
        body="Lo sportello si apre il martedì. Costa poco. Costa poco.",
        version=0,
    )
    desk.run(circulate_minutes, version=desk.minutes.version)
    return desk


def decide(desk: Desk, command: Any, correction_id: int, who: Any = None, **fields: Any) -> Any:
    with desk.make.database.transaction(who or desk.facilitator) as tx:
        return command(tx, correction_id=correction_id, **fields)


def note(desk: Desk) -> str:
    (found,) = desk.minutes.notes
    return str(found.body)


def state(desk: Desk, correction_id: int) -> CorrectionState:
    with desk.make.session() as session:
        return CorrectionState(session.get_one(MinutesCorrection, correction_id).state)


def test_accepted_words_enter_the_text_and_go_again(circulated: Desk) -> None:
    before = note(circulated)
    asked = ask(circulated)
    assert ask(circulated) == asked
    for _ in range(2):
        decide(circulated, accept_correction, asked)
    assert note(circulated) == before.replace("martedì", "giovedì")
    assert circulated.kinds()[-2:] == ["minutes.note_written", "minutes.correction_accepted"]
    decide(circulated, reconsider_correction, asked)
    assert (note(circulated), state(circulated, asked)) == (before, CorrectionState.OPEN)


def test_a_passage_that_is_gone_is_told(circulated: Desk) -> None:
    first, second = ask(circulated), ask(circulated, new_words="si apre il lunedì")
    decide(circulated, accept_correction, first)
    with pytest.raises(Conflict, match="any more"):
        decide(circulated, accept_correction, second)
    assert state(circulated, second) is CorrectionState.OPEN
    decide(circulated, refuse_correction, second, reason="È giovedì.")
    with pytest.raises(Conflict, match="decided"):
        decide(circulated, accept_correction, second)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"old_words": "si apre mai"}, "old_words"),
        ({"old_words": "Costa poco."}, "old_words"),
        ({"new_words": WORDS["old_words"]}, "new_words"),
    ],
)
def test_what_cannot_be_asked(circulated: Desk, wrong: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        ask(circulated, **wrong)
    assert refused.value.fields.keys() == {field}


def test_who_asks_and_when(circulated: Desk) -> None:
    with pytest.raises(NotAllowed):
        ask(circulated, circulated.make.citizen())
    with pytest.raises(NotFound):
        ask(circulated, subject_id=circulated.point_id + 1000)
    asked = ask(circulated)
    with pytest.raises(NotAllowed):
        decide(circulated, accept_correction, asked, circulated.present)
    with pytest.raises(NotAllowed):
        decide(circulated, withdraw_correction, asked)
    decide(circulated, withdraw_correction, asked, circulated.present)
    assert state(circulated, asked) is CorrectionState.WITHDRAWN
    end_window(circulated)
    with pytest.raises(Conflict, match="not running"):
        ask(circulated)


def test_while_they_read_it_nobody_else_changes_it(circulated: Desk) -> None:
    with pytest.raises(Conflict, match="take it back"):
        circulated.run(write_note, point_id=circulated.point_id, body="Altro.", version=1)
    circulated.run(recall_minutes)
    circulated.run(write_note, point_id=circulated.point_id, body="Altro.", version=1)
    assert circulated.minutes.corrections_until is None


def test_facts_are_contested_and_answered_in_words(circulated: Desk) -> None:
    asked = ask(
        circulated, piece=Piece.FACT, subject_id=0, old_words="", new_words="", reason="C'ero."
    )
    with pytest.raises(Conflict, match="Facts"):
        decide(circulated, accept_correction, asked)
    facts = circulated.minutes.facts
    decide(circulated, answer_correction, asked, answer="È arrivata più tardi.")
    end_window(circulated)
    circulated.run(approve_minutes, version=circulated.minutes.version)
    document = circulated.minutes.document
    assert document is not None
    assert document["facts"] == facts
    (remark,) = document["remarks"]
    assert (remark["body"], remark["answer"]) == ("C'ero.", "È arrivata più tardi.")


def test_approval_waits_for_the_window_and_the_requests(circulated: Desk) -> None:
    def approve() -> None:
        circulated.run(approve_minutes, version=circulated.minutes.version)

    with pytest.raises(Conflict, match="can still ask"):
        approve()
    asked = ask(circulated)
    end_window(circulated)
    with pytest.raises(Conflict, match="open"):
        approve()
    decide(circulated, accept_correction, asked)
    approve()
    with pytest.raises(Conflict, match="approved"):
        decide(circulated, reconsider_correction, asked)


def test_a_draft_that_was_not_circulated_is_not_approved(desk: Desk) -> None:
    let(desk, correction_days=7)
    with pytest.raises(Conflict, match="before those who were at"):
        desk.run(approve_minutes, version=desk.minutes.version)
    let(desk, correction_days=0)
    with pytest.raises(Conflict, match="no days"):
        desk.run(circulate_minutes, version=desk.minutes.version)


def test_the_pages(client: FlaskClient, circulated: Desk) -> None:
    """Asked, refused, accepted in the browser of each, and listed where it waits."""
    make, at = circulated.make, f"/verbali/{circulated.minutes.id}"
    theirs = make.sign_in(client, circulated.present)
    assert "Chiedi una rettifica della nota al punto 1" in theirs.get(at).text
    piece = f"{at}/rettifiche/nuova?pezzo=note-{circulated.point_id}"
    assert "Lo sportello si apre il martedì" in theirs.get(piece).text
    wrong = theirs.post(piece, data={"old_words": "mai", "new_words": "", "reason": "Perché."})
    assert wrong.status_code == 422
    assert "copialo così com’è" in wrong.text
    assert theirs.post(piece, data={**WORDS, "reason": "Era giovedì."}).status_code == 303
    assert theirs.get(f"{at}/rettifiche/nuova?pezzo=x-1").status_code == 404
    with make.session() as session:
        (asked,) = session.scalars(select(MinutesCorrection.id))
    chair = make.sign_in(client, circulated.facilitator)
    assert "1 richiesta di rettifica" in chair.get("/", follow_redirects=True).text
    page = chair.get(at).text
    assert "Richieste di rettifica" in page
    assert "Riprendi la bozza" in page
    refusal = f"/rettifiche/{asked}/rispondi"
    assert chair.post(refusal, data={"reason": ""}).status_code == 422
    assert chair.post(refusal, data={"reason": "Era martedì."}).status_code == 303
    refused = chair.get(at).text
    assert "Era martedì." in refused
    assert ">Respinta<" in refused
    chair.post(f"/rettifiche/{asked}/riapri")
    chair.post(f"/rettifiche/{asked}/accogli")
    assert "si apre il giovedì" in note(circulated)
