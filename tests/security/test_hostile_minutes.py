"""Names and texts that once kept minutes from being sealed, slowed sign-in, or wore typst out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import pikepdf
import pytest

from consultazione.core import job_outbox, log
from consultazione.core.actor import SYSTEM
from consultazione.core.canonical import canonical_json
from consultazione.documents.characters import SUBSTITUTE, settled
from consultazione.documents.errors import CannotTypeset, Cause
from consultazione.minutes import pdf
from consultazione.minutes.commands.approving import approve_minutes
from consultazione.minutes.commands.editing import write_note
from consultazione.minutes.compose.document import compose
from consultazione.minutes.events import minutes_stream
from consultazione.minutes.queries import sealed_pdf
from consultazione.sittings.lifecycle.commands.opening import close_sitting
from tests.support.factories import Factory
from tests.support.hostile_texts import KHAROSHTHI, LONGEST, hostile_texts
from tests.support.minutes_desk import Desk, draft_of_a_sitting
from tests.support.minutes_story import facts
from workers import job_runner
from workers import minutes as jobs

AT = datetime(2018, 3, 12, 9, 0, tzinfo=UTC)
TEXTS = 5_000
TOGETHER = 100  # so many texts share a document
ALONE = 60  # so many have one to themselves


@pytest.fixture(autouse=True)
def untold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody follows the progress of these jobs."""
    monkeypatch.setattr(jobs, "report", lambda *_: None)


def hostile(names: list[str], notes: list[str]) -> dict[str, Any]:
    """A document that says hostile things wherever people can write."""
    found: Any = compose(facts())
    name = names[0]
    found["title"] = found["place"] = found["presiding"]["person"] = name
    (row, *_) = found["attendance"]["rows"]
    found["attendance"]["rows"] = [{**row, "person": one} for one in names]
    for point in found["agenda"]:
        point["title"] = name
        for poll in point["polls"]:
            poll |= {"question": name, "options": names[:2]}
            _rename(poll, name)
    return {
        "minutes_id": 9,
        "facts": found,
        "notes": [{"point_id": found["agenda"][0]["id"], "body": notes[0]}],
        "conclusions": [_conclusion(rank, body) for rank, body in enumerate(notes, 1)],
        "approved": None,
    }


def _rename(poll: dict[str, Any], name: str) -> None:
    for tally in (poll["tally"], *(category["tally"] for category in poll["by_category"])):
        for choice in tally:
            choice["name"] = name


def _conclusion(rank: int, body: str) -> dict[str, Any]:
    chapter = {"number": 2, "title": body[:20]}
    return {"id": rank, "rank": rank, "point_id": 31, "chapter": chapter, "proposal": None,
            "body": body}  # fmt: skip


def made(document: Any) -> bytes:
    """Its PDF, which must hold the document as it was written."""
    content = pdf.make_pdf(document, address="https://zone.example/9", digest=None, at=AT)
    with pikepdf.open(io.BytesIO(content)) as opened:
        (attached,) = opened.attachments.values()
        assert attached.get_file().read_bytes() == canonical_json(document)
    return content


def _parts(texts: Iterator[str], size: int) -> Iterator[list[str]]:
    while part := list(islice(texts, size)):
        yield part


def test_five_thousand_hostile_texts_stop_no_minutes() -> None:
    for part in _parts(iter(hostile_texts(TEXTS)), TOGETHER):
        made(hostile(part[::2], part[1::2]))


def test_hostile_texts_one_by_one() -> None:
    for text in hostile_texts(ALONE, seed=9):
        made(hostile([text], [text]))


@pytest.mark.parametrize("text", LONGEST.values(), ids=LONGEST)
def test_the_longest_texts_are_set_at_the_first_try(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is looked for by trying again and again: that once took a minute."""
    tries = []
    real = pdf.typeset
    monkeypatch.setattr(pdf, "typeset", lambda asked: tries.append(1) or real(asked))
    made(hostile(["Anna"], [text]))
    assert tries == [1]


def test_a_name_of_any_script_is_sealed_by_the_job(make: Factory) -> None:
    """The way of the attack: an account with that name takes part, and minutes follow."""
    sitting = make.sitting()
    facilitator = make.presided(sitting)
    anna = make.present(sitting, make.actor(make.person(display_name=f"Anna {KHAROSHTHI}")))
    with make.database.transaction(facilitator) as tx:
        close_sitting(tx, sitting_id=sitting.id)
    make.minutes(sitting)
    desk = Desk(make, sitting, facilitator, anna)
    desk.run(write_note, point_id=desk.point_id, body="*" * 500 + "a" + "*" * 500, version=0)
    position = _approved(desk)
    assert job_runner.perform(make.database, "seal_minutes", position)
    with make.session() as session:
        content = sealed_pdf(session, desk.minutes.id)
    assert content is not None
    assert content.startswith(b"%PDF")
    assert SUBSTITUTE in settled(anna.display_name)


def test_minutes_that_cannot_be_set_are_owed_only_so_often(
    make: Factory, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_asked: object) -> bytes:
        raise CannotTypeset.because(Cause.ENDED)

    monkeypatch.setattr(pdf, "typeset", refuse)
    position = _approved(desk)
    for _ in range(job_outbox.MOST_ATTEMPTS):
        assert not job_runner.perform(make.database, "seal_minutes", position)
    with make.session() as session:
        (dead,) = job_outbox.dead_jobs(session)
    assert (dead.attempts, dead.error) == (job_outbox.MOST_ATTEMPTS, "CannotTypeset: ended")
    monkeypatch.undo()
    monkeypatch.setattr(jobs, "report", lambda *_: None)
    with make.database.transaction(SYSTEM) as tx:
        assert job_outbox.revive(tx.session, position, "seal_minutes", at=tx.now)
    assert job_runner.perform(make.database, "seal_minutes", position)


@pytest.fixture
def desk(make: Factory) -> Desk:
    """A draft, written just now."""
    return draft_of_a_sitting(make)


def _approved(desk: Desk) -> int:
    """Approve the minutes; the position of the entry that owes their PDF."""
    desk.run(approve_minutes, version=desk.minutes.version)
    with desk.make.database.transaction(SYSTEM) as tx:
        entry = log.read_stream(tx.session, minutes_stream(desk.sitting.id))[-1]
        job_outbox.add_jobs(tx.session, [(entry.position, "seal_minutes")], at=tx.now)
    return entry.position
