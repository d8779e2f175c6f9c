"""Notes, statements and commitments of a sitting in its minutes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pikepdf

from consultazione.core.events import Event, FreeText
from consultazione.minutes.compose.document import compose
from consultazione.minutes.pdf import make_pdf
from consultazione.minutes.queries import minutes_of
from consultazione.minutes.running_notes import Noted, running_notes
from consultazione.people.models import Category
from consultazione.sittings.lifecycle.commands.opening import close_sitting
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.record.commands.notes import write_running_note
from consultazione.sittings.record.events import (
    CommitmentCancelled,
    CommitmentRecorded,
    CommitmentRevised,
    RunningNoteRemoved,
    RunningNoteWritten,
    StatementHidden,
    StatementRecorded,
    StatementShown,
    StatementWithdrawn,
    notes_stream,
)
from consultazione.sittings.record.models import StatementKind
from tests.support.factories import Factory
from tests.support.minutes_story import (
    ANNA,
    ANNA_FOR_AUSER,
    BEGIN,
    BRUNO,
    CGIL,
    FACILITATOR,
    SITTING,
    STORY,
    Told,
    facts,
)

NOTED = notes_stream(SITTING)


def wrote(minutes: int, point_id: int, body: str, who: int = FACILITATOR) -> Told:
    """A person writes a running note on a point."""
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


def statement(statement_id: int, person_id: int, body: str, poll_id: int | None = None) -> Event:
    """A person makes a statement on the first point."""
    return StatementRecorded(
        statement_id=statement_id,
        statement_kind=StatementKind.NOTE if poll_id is None else StatementKind.VOTE,
        point_id=31,
        poll_id=poll_id,
        person_id=person_id,
        mandate_id=ANNA_FOR_AUSER if person_id == ANNA else None,
        category=Category.VOLUNTEERING if person_id == ANNA else Category.CITIZEN,
        body=FreeText(body),
    )


def undertaken(
    commitment_id: int, body: str, due_on: date, *, person: int | None = None
) -> CommitmentRecorded:
    """A commitment of a person, or of CGIL if none is named."""
    return CommitmentRecorded(
        commitment_id=commitment_id,
        point_id=31,
        body=FreeText(body),
        person_id=person,
        organisation_id=None if person else CGIL,
        due_on=due_on,
    )


def composed(*more: Told) -> dict[str, Any]:
    """The minutes of the story, with more records before its end."""
    return compose(facts([*STORY[:-1], *more, STORY[-1]]))


def test_statements_stand_at_their_point_with_who_made_them() -> None:
    found = composed(
        (31, NOTED, ANNA, statement(81, ANNA, "Favorevoli, con riserva.", poll_id=5)),
        (32, NOTED, BRUNO, statement(82, BRUNO, "Chiedo più tempo.")),
        (33, NOTED, BRUNO, statement(83, BRUNO, "Ritirata.")),
        (34, NOTED, BRUNO, StatementWithdrawn(statement_id=83)),
    )
    rows = found["agenda"][0]["statements"]
    assert [(r["kind"], r["person"], r["organisation"], r["poll"], r["body"]) for r in rows] == [
        (
            "Dichiarazione di voto",
            "Anna Rossi",
            "Auser",
            "Si approva la proposta?",
            "Favorevoli, con riserva.",
        ),
        ("Nota a verbale", "Bruno Verdi", None, None, "Chiedo più tempo."),
    ]
    assert "statements" not in found["agenda"][1]
    assert "Ritirata" not in str(found)


def test_of_a_hidden_statement_the_minutes_say_why_its_words_are_missing() -> None:
    hidden = StatementHidden(statement_id=81, reason=FreeText("Riporta dati sanitari."))
    told: list[Told] = [
        (31, NOTED, ANNA, statement(81, ANNA, "Il signor Tale...")),
        (32, NOTED, FACILITATOR, hidden),
    ]
    (row,) = composed(*told)["agenda"][0]["statements"]
    assert (row["body"], row["reason"]) == (None, "Riporta dati sanitari.")
    shown = (33, NOTED, FACILITATOR, StatementShown(statement_id=81))
    (row,) = composed(*told, shown)["agenda"][0]["statements"]
    assert (row["body"], row["reason"]) == ("Il signor Tale...", None)


def test_commitments_stand_as_they_were_in_the_end() -> None:
    revised = CommitmentRevised(
        commitment_id=91,
        body=FreeText("Mandare i dati"),
        person_id=BRUNO,
        organisation_id=None,
        due_on=date(2018, 4, 3),
    )
    found = composed(
        (31, NOTED, FACILITATOR, undertaken(91, "Dati", date(2018, 3, 9), person=ANNA)),
        (32, NOTED, FACILITATOR, undertaken(92, "Trovare una sala", date(2018, 3, 20))),
        (33, NOTED, FACILITATOR, undertaken(93, "Annullato", date(2018, 3, 20))),
        (34, NOTED, FACILITATOR, revised),
        (35, NOTED, FACILITATOR, CommitmentCancelled(commitment_id=93)),
    )
    rows = found["commitments"]
    assert [(r["body"], r["owner"], r["due"]["day"], r["point"]) for r in rows] == [
        ("Trovare una sala", "CGIL", "martedì 20 marzo 2018", "Caregiver familiare"),
        ("Mandare i dati", "Bruno Verdi", "martedì 3 aprile 2018", "Caregiver familiare"),
    ]


def test_what_was_written_down_is_in_the_pdf() -> None:
    found = composed(
        (31, NOTED, ANNA, statement(81, ANNA, "Favorevoli, con riserva.", poll_id=5)),
        (32, NOTED, FACILITATOR, undertaken(92, "Trovare una sala", date(2018, 3, 20))),
    )
    document = {
        "minutes_id": 1, "facts": found, "notes": [], "conclusions": [], "approved": None,
    }  # fmt: skip
    content = make_pdf(document, address="https://zone.example/verbali/1", digest=None, at=BEGIN)
    with pikepdf.open(BytesIO(content)) as pdf, pdf.open_outline() as outline:
        headings = str(list(_titles(outline.root)))
    for heading in ("Dichiarazione di voto: Anna Rossi, Auser", "Impegni"):
        assert heading in headings


def _titles(items: Iterable[pikepdf.OutlineItem]) -> Iterator[str]:
    for item in items:
        yield item.title
        yield from _titles(item.children)
