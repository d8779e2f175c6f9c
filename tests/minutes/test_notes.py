"""What was written down during a sitting, in its minutes."""

from __future__ import annotations

from consultazione.core.events import FreeText
from consultazione.minutes.notes import Noted, running_notes
from consultazione.minutes.queries import minutes_of
from consultazione.sittings.commands import close_sitting, write_running_note
from consultazione.sittings.notes.events import (
    RunningNoteRemoved,
    RunningNoteWritten,
    notes_stream,
)
from consultazione.sittings.queries import get_sitting
from tests.factories import Factory
from tests.minutes.story import ANNA, FACILITATOR, SITTING, STORY, Told, facts

NOTED = notes_stream(SITTING)


def wrote(minutes: int, point_id: int, body: str, who: int = FACILITATOR) -> Told:
    """Somebody writes a note on a point."""
    return (minutes, NOTED, who, RunningNoteWritten(point_id=point_id, body=FreeText(body)))


def test_the_last_text_of_each_point_counts() -> None:
    story = [
        *STORY[:-1],
        wrote(31, 31, "Si apre"),
        wrote(32, 31, "Si apre la discussione.", ANNA),
        wrote(33, 32, "Da togliere"),
        (34, NOTED, FACILITATOR, RunningNoteRemoved(point_id=32)),
        STORY[-1],
    ]
    assert running_notes(facts(story)) == {31: Noted("Si apre la discussione.", ANNA)}
    assert running_notes(facts([wrote(1, 31, "")])) == {31: Noted("[testo rimosso]", FACILITATOR)}


def test_running_notes_stand_in_the_draft_to_be_gone_over(make: Factory) -> None:
    sitting = make.sitting()
    facilitator = make.presided(sitting)
    with make.database.transaction(facilitator) as tx:
        point = get_sitting(tx.session, sitting.id).agenda[1]
        write_running_note(tx, point_id=point.id, body="Il tavolo prende atto.", version=0)
        close_sitting(tx, sitting_id=sitting.id)
    make.minutes(sitting)
    with make.session() as session:
        minutes = minutes_of(session, sitting.id)
        assert minutes is not None
        (note,) = minutes.notes
        assert (note.point_id, note.body) == (point.id, "Il tavolo prende atto.")
        assert (note.version, note.written_by) == (1, facilitator.person_id)
