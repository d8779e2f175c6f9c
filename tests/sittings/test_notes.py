"""The chair's running notes, and the stock phrases of a table."""

from __future__ import annotations

from typing import Any

import pytest

from consultazione.core.errors import Conflict, NotAllowed, NotFound
from consultazione.sittings.lifecycle.commands.opening import close_sitting
from consultazione.sittings.record.commands.notes import (
    MOST_PHRASES,
    add_phrase,
    remove_phrase,
    write_running_note,
)
from consultazione.sittings.record.phrases import STOCK
from consultazione.sittings.record.queries import offered_phrases, running_notes
from tests.support.factories import Factory
from tests.support.meeting import Meeting


def write(meeting: Meeting, body: str, version: int = 0, actor: Any = None) -> Any:
    """Write the note of the first point, as the chair by default."""
    point = meeting.points()[0]
    return meeting.run(
        write_running_note,
        actor or meeting.facilitator,
        point_id=point.id,
        body=body,
        version=version,
    )


def note(meeting: Meeting) -> tuple[str, int]:
    """Return body and version of the note of the first point."""
    with meeting.make.session() as session:
        stored = running_notes(session, meeting.sitting.id)[str(meeting.points()[0].id)]
    return stored["body"], stored["version"]


def phrases(meeting: Meeting) -> dict[str, int | None]:
    """Return the phrases that are offered, by body, with the ids of the table's own."""
    with meeting.make.session() as session:
        offered = offered_phrases(session, meeting.sitting.table_id)
    return {phrase["body"]: phrase["id"] for phrase in offered}


def test_a_note_is_written_revised_and_taken_away(meeting: Meeting) -> None:
    for _ in range(2):  # idempotent
        write(meeting, "Si apre la discussione.")
    write(meeting, "Si chiude la discussione.", 1)
    assert note(meeting) == ("Si chiude la discussione.", 2)
    write(meeting, "", 2)
    assert note(meeting) == ("", 3)
    kinds = meeting.kinds(f"notes:{meeting.sitting.id}")
    assert kinds == ["running_note.written", "running_note.written", "running_note.removed"]
    assert "discussione" not in str(meeting.snapshot())


def test_nobody_overwrites_what_they_have_not_read(meeting: Meeting) -> None:
    write(meeting, "One.")
    with pytest.raises(Conflict):
        write(meeting, "Two.")
    assert note(meeting) == ("One.", 1)


def test_who_does_not_preside_writes_no_notes(meeting: Meeting) -> None:
    with pytest.raises(NotAllowed):
        write(meeting, "Mine.", actor=meeting.anna)
    with pytest.raises(NotFound):
        meeting.run(
            write_running_note, meeting.facilitator, point_id=10**9, body="Where?", version=0
        )


def test_notes_are_written_while_the_sitting_is_open(meeting: Meeting, make: Factory) -> None:
    meeting.run(close_sitting, meeting.facilitator, sitting_id=meeting.sitting.id)
    with pytest.raises(Conflict):
        write(meeting, "Too late.")


def test_a_table_has_phrases_of_its_own(meeting: Meeting) -> None:
    at = {"sitting_id": meeting.sitting.id}
    for _ in range(2):
        meeting.run(add_phrase, meeting.facilitator, **at, body="Il tavolo ringrazia.")
    assert meeting.run(add_phrase, meeting.facilitator, **at, body=STOCK[0]) is None
    assert list(phrases(meeting)) == [*STOCK, "Il tavolo ringrazia."]
    own = phrases(meeting)["Il tavolo ringrazia."]
    for command, fields in ((add_phrase, {**at, "body": "?"}), (remove_phrase, {"phrase_id": own})):
        with pytest.raises(NotAllowed):
            meeting.run(command, meeting.anna, **fields)
    meeting.run(remove_phrase, meeting.facilitator, phrase_id=own)
    assert list(phrases(meeting)) == [*STOCK]
    with pytest.raises(NotFound):
        meeting.run(remove_phrase, meeting.facilitator, phrase_id=own)
    assert meeting.kinds(f"table:{meeting.sitting.table_id}")[-2:] == [
        "phrase.added",
        "phrase.removed",
    ]


def test_a_table_keeps_so_many_phrases(meeting: Meeting) -> None:
    for number in range(MOST_PHRASES):
        at = {"sitting_id": meeting.sitting.id, "body": f"Phrase {number}."}
        meeting.run(add_phrase, meeting.facilitator, **at)
    with pytest.raises(Conflict):
        meeting.run(
            add_phrase, meeting.facilitator, sitting_id=meeting.sitting.id, body="One more."
        )
