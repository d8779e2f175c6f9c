"""Minutes: drafted once, completed with notes and conclusions, frozen, published."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from consultazione.core.actor import SYSTEM, Role
from consultazione.core.canonical import sha256_of
from consultazione.core.db import Database
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.minutes.commands.approving import approve_minutes, publish_minutes
from consultazione.minutes.commands.drafting import draft_minutes
from consultazione.minutes.commands.editing import add_conclusion, remove_conclusion, write_note
from consultazione.minutes.compose.document import compose
from consultazione.minutes.gather import gather
from consultazione.minutes.models import MinutesState
from consultazione.zones.commands.setting_up import NewChapter, open_cycle
from consultazione.zones.queries import chapters
from tests.support.factories import Factory
from tests.support.minutes_desk import Desk


def conclude(desk: Desk, body: str = "Open a desk.", **fields: Any) -> int:
    """Add a conclusion to the draft; returns its id."""
    given = {"point_id": desk.point_id, "chapter_id": desk.chapter_id(), "body": body}
    return int(desk.run(add_conclusion, **{**given, **fields}).id)


def approve(desk: Desk) -> None:
    """Approve the current draft."""
    desk.run(approve_minutes, version=desk.minutes.version)


def test_the_draft_holds_the_facts_of_the_log(desk: Desk) -> None:
    minutes = desk.minutes
    with desk.make.session() as session:
        facts = gather(session, desk.sitting.id)
    assert minutes.facts == compose(facts)
    assert [row["person"] for row in minutes.facts["attendance"]["rows"]] == [
        desk.facilitator.display_name,
        desk.present.display_name,
    ]
    assert desk.kinds() == ["minutes.composed"]


def test_a_sitting_has_one_draft(desk: Desk) -> None:
    steps: list[str] = []
    with desk.make.database.transaction(SYSTEM) as tx:
        again = draft_minutes(tx, sitting_id=desk.sitting.id, on_step=steps.append)
    assert (again.id, steps) == (desk.minutes.id, [])
    assert desk.kinds() == ["minutes.composed"]


def test_no_minutes_before_the_sitting_is_closed(make: Factory, database: Database) -> None:
    sitting = make.sitting()
    with pytest.raises(Conflict, match="closed"), database.transaction(SYSTEM) as tx:
        draft_minutes(tx, sitting_id=sitting.id)
    with pytest.raises(NotFound), database.transaction(SYSTEM) as tx:
        draft_minutes(tx, sitting_id=sitting.id + 1000)


def test_a_note_stands_beside_the_facts(desk: Desk) -> None:
    before = desk.minutes.facts
    desk.run(write_note, point_id=desk.point_id, body="Explained.", version=0)
    assert [note.body for note in desk.minutes.notes] == ["Explained."]
    assert desk.minutes.facts == before
    assert desk.kinds()[-1] == "minutes.note_written"


def test_a_stale_note_keeps_what_the_other_wrote(desk: Desk) -> None:
    desk.run(write_note, point_id=desk.point_id, body="First.", version=0)
    with pytest.raises(Conflict, match="meanwhile"):
        desk.run(write_note, point_id=desk.point_id, body="Second.", version=0)
    assert [note.body for note in desk.minutes.notes] == ["First."]
    desk.run(write_note, point_id=desk.point_id, body="Both.", version=1)
    assert [(note.body, note.version) for note in desk.minutes.notes] == [("Both.", 2)]


def test_a_note_that_changes_nothing_is_no_event(desk: Desk) -> None:
    desk.run(write_note, point_id=desk.point_id, body="Same.", version=0)
    kinds = desk.kinds()
    desk.run(write_note, point_id=desk.point_id, body="Same.", version=1)
    assert desk.kinds() == kinds


def test_an_empty_note_leaves_the_document(desk: Desk) -> None:
    desk.run(write_note, point_id=desk.point_id, body="Wrong.", version=0)
    desk.run(write_note, point_id=desk.point_id, body="", version=1)
    approve(desk)
    assert (desk.minutes.document or {})["notes"] == []


def test_a_note_belongs_to_a_point_of_this_sitting(desk: Desk) -> None:
    elsewhere = desk.make.minutes()
    with pytest.raises(NotFound, match="no such point"):
        desk.run(write_note, point_id=elsewhere.facts["agenda"][0]["id"], body="x", version=0)


def test_a_conclusion_names_a_chapter_of_the_zone_and_a_proposal_of_the_table(desk: Desk) -> None:
    with pytest.raises(Invalid) as refused:
        conclude(desk, chapter_id=10**6)
    assert list(refused.value.fields) == ["chapter_id"]
    with desk.make.database.transaction(SYSTEM) as tx:
        other = open_cycle(
            tx,
            zone_id=desk.make.zone.id,
            first_year=2015,
            last_year=2017,
            chapters=[NewChapter(title="Of another plan")],
        )
    with desk.make.session() as session:
        elsewhere = chapters(session, other.id)[0].id
    with pytest.raises(Invalid) as refused:
        conclude(desk, chapter_id=elsewhere)
    assert list(refused.value.fields) == ["chapter_id"]
    with pytest.raises(Invalid) as refused:
        conclude(desk, proposal_id=desk.make.proposal().id)
    assert list(refused.value.fields) == ["proposal_id"]
    with desk.make.session() as session:
        table = session.merge(desk.sitting).table
    proposal = desk.make.proposal(table)
    conclude(desk, proposal_id=proposal.id)
    assert [item.proposal_id for item in desk.minutes.conclusions] == [proposal.id]


def test_a_conclusion_can_be_taken_out_and_the_rest_keeps_its_order(desk: Desk) -> None:
    first, _second, _third = (conclude(desk, body) for body in ("One.", "Two.", "Three."))
    desk.run(remove_conclusion, conclusion_id=first)
    conclude(desk, "Four.")
    approve(desk)
    found = (desk.minutes.document or {})["conclusions"]
    assert [(item["rank"], item["body"]) for item in found] == [
        (1, "Two."),
        (2, "Three."),
        (3, "Four."),
    ]
    assert desk.kinds().count("minutes.conclusion_removed") == 1


def test_a_conclusion_of_other_minutes_is_not_touched(desk: Desk) -> None:
    sitting = desk.make.held()
    desk.make.minutes(sitting)
    facilitator = desk.make.holder(Role.FACILITATOR, sitting.table_id)
    other = Desk(desk.make, sitting, facilitator, desk.present)
    conclusion_id = conclude(other)
    with pytest.raises(NotFound):
        desk.run(remove_conclusion, conclusion_id=conclusion_id)
    assert len(other.minutes.conclusions) == 1


def test_approval_freezes_the_document_under_its_digest(desk: Desk) -> None:
    desk.run(write_note, point_id=desk.point_id, body="Explained.", version=0)
    conclude(desk)
    approve(desk)
    minutes = desk.minutes
    assert minutes.state is MinutesState.APPROVED
    assert minutes.document is not None
    assert minutes.digest == sha256_of(minutes.document)
    assert minutes.document["facts"] == minutes.facts
    assert minutes.document["approved"]["by"] == desk.facilitator.display_name
    assert [note["body"] for note in minutes.document["notes"]] == ["Explained."]


def test_after_approval_nothing_changes(desk: Desk) -> None:
    conclusion_id = conclude(desk)
    approve(desk)
    kinds, document = desk.kinds(), desk.minutes.document
    for command, fields in (
        (write_note, {"point_id": desk.point_id, "body": "Late.", "version": 0}),
        (remove_conclusion, {"conclusion_id": conclusion_id}),
        (approve_minutes, {"version": desk.minutes.version}),
    ):
        with pytest.raises(Conflict, match="approved"):
            desk.run(command, **fields)
    with pytest.raises(Conflict, match="approved"):
        conclude(desk)
    assert (desk.kinds(), desk.minutes.document) == (kinds, document)


def test_only_the_draft_that_was_read_is_approved(desk: Desk) -> None:
    version = desk.minutes.version
    desk.run(write_note, point_id=desk.point_id, body="Meanwhile.", version=0)
    with pytest.raises(Conflict, match="changed"):
        desk.run(approve_minutes, version=version)
    assert desk.minutes.state is MinutesState.DRAFT


def test_the_document_does_not_follow_a_chapter_that_is_renamed(desk: Desk) -> None:
    conclude(desk)
    approve(desk)
    with desk.make.database.transaction(SYSTEM) as tx:
        tx.session.execute(text("UPDATE chapter SET title = 'Another'"))
    assert sha256_of(desk.minutes.document) == desk.minutes.digest


def test_publishing_waits_for_approval_and_for_the_seal(desk: Desk) -> None:
    with pytest.raises(Conflict, match="Approve"):
        desk.run(publish_minutes)
    approve(desk)
    with pytest.raises(Conflict, match="PDF"):
        desk.run(publish_minutes)
    desk.seal()
    desk.run(publish_minutes)
    assert desk.minutes.state is MinutesState.PUBLISHED
    with pytest.raises(Conflict, match="already"):
        desk.run(publish_minutes)
    assert desk.kinds()[-3:] == ["minutes.approved", "minutes.sealed", "minutes.published"]


def test_the_database_keeps_an_approved_document(desk: Desk) -> None:
    approve(desk)
    with (
        pytest.raises(IntegrityError, match="ck_minutes_frozen"),
        desk.make.database.transaction(SYSTEM) as tx,
    ):
        tx.session.execute(text("UPDATE minutes SET document = NULL"))


def test_who_was_only_there_edits_nothing(desk: Desk) -> None:
    elsewhere = desk.make.holder(Role.FACILITATOR, desk.make.table().id)
    for who in (desk.present, elsewhere, replace(desk.facilitator, grants=frozenset())):
        with pytest.raises(NotAllowed):
            desk.run(write_note, who, point_id=desk.point_id, body="Mine.", version=0)
        with pytest.raises(NotAllowed):
            desk.run(approve_minutes, who, version=desk.minutes.version)
    assert desk.minutes.notes == []


def test_nobody_drafts_or_seals_by_hand(desk: Desk) -> None:
    with pytest.raises(NotAllowed), desk.make.database.transaction(desk.facilitator) as tx:
        draft_minutes(tx, sitting_id=desk.sitting.id)
    approve(desk)
    desk.facilitator, facilitator = SYSTEM, desk.facilitator
    with pytest.raises(NotAllowed):
        desk.run(publish_minutes)
    assert desk.minutes.pdf_sha256 is None
    assert facilitator.is_signed_in
