"""What entries say of the rest of a row: of before, after an erasure, and when others go."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, text, update

from consultazione import audits
from consultazione.core.actor import SYSTEM, Role
from consultazione.core.audit import differences
from consultazione.core.events import FreeText
from consultazione.core.log.details import Details, is_details, words_in
from consultazione.core.log.verify import verify_stream
from consultazione.erasure.sought import Sought
from consultazione.programme.commands.interventions import remove_intervention, revise_intervention
from consultazione.programme.events import InterventionAdded, programme_stream
from consultazione.programme.models import Intervention, InterventionBody
from consultazione.zones.events import ActRecorded, zone_stream
from consultazione.zones.models import Act, ActKind
from tests.support.books import Books
from tests.support.erasing import erase, preview
from tests.support.factories import Factory

assert audits.ALL
NAME = "Ivo Passalacqua"
GOALS = f'Casa.\n{NAME}, "il custode" di Budrio, apre\nla sala.'


@pytest.fixture
def books(make: Factory) -> Books:
    """The books of a zone."""
    return Books(make)


def told(make: Factory) -> list[str]:
    """How rows differ from the log."""
    with make.session() as session:
        return [str(one) for one in differences(session)]


def test_an_act_of_before_is_unknown_as_far_as_its_entry_says_nothing(make: Factory) -> None:
    with make.database.transaction(SYSTEM) as tx:
        act = Act(
            cycle_id=make.cycle.id, zone_id=make.zone.id, kind=ActKind.APPROVAL, title="Piano",
            on_day=tx.today, body="Comitato", source="albo",
        )  # fmt: skip
        tx.session.add(act)
        tx.flush()
        recorded = ActRecorded(act_id=act.id, act_kind=act.kind, on_day=act.on_day)
        tx.record(zone_stream(make.zone.id), recorded)
    assert told(make) == []
    with make.database.transaction(SYSTEM) as tx:
        tx.session.execute(update(Act).values(title="Altro", kind=ActKind.MINUTES))
    assert told(make) == [f"act id={act.id} kind: is 'minutes', the log says 'approval'"]


def test_bodies_of_an_intervention_of_before_are_unknown_until_it_is_revised(books: Books) -> None:
    make, payer = books.make, books.payers[1].id
    sheet = books.sheet(body_ids=[payer])
    with make.database.transaction(SYSTEM) as tx:
        row = Intervention(
            programme_id=books.programme.id, kind=sheet.kind, title=sheet.title, level=sheet.level,
            area=sheet.area, lead_body_id=sheet.lead_body_id, policies=[], scheda="",
            regional_area="", objectives="", actions="", recipients="", integration="",
            updated_at=tx.now,
        )  # fmt: skip
        tx.session.add(row)
        tx.flush()
        tx.session.add(InterventionBody(intervention_id=row.id, body_id=payer))
        added = InterventionAdded(
            intervention_id=row.id, programme_id=row.programme_id, title=FreeText(row.title),
            intervention_kind=row.kind, level=row.level, area=row.area,
            lead_body_id=row.lead_body_id,
        )  # fmt: skip
        tx.record(programme_stream(row.programme_id), added)
    assert told(make) == []
    books.run(revise_intervention, intervention_id=row.id, sheet=sheet)
    assert told(make) == []
    with make.database.transaction(SYSTEM) as tx:
        tx.session.execute(delete(InterventionBody))
    missing = f"intervention_body intervention_id={row.id} body_id={payer} is missing"
    assert [one.partition(",")[0] for one in told(make)] == [missing]


def test_a_name_goes_from_the_sheet_and_from_its_entry(books: Books) -> None:
    make = books.make
    administrator = make.holder(Role.ADMINISTRATOR)
    made = books.intervention(objectives=GOALS)
    sought = Sought(passages=f'{NAME}\n"il custode" di Budrio')
    assert {(place.table, place.column) for place in preview(make, sought)} == {
        ("intervention", "objectives"),
        ("log_text", "details"),
    }
    erase(make, administrator, sought)
    with make.session() as session:
        kept = session.get_one(Intervention, made.id).objectives
        assert NAME not in kept
        assert "apre" in kept
        assert verify_stream(session, programme_stream(books.programme.id)) == []
    assert told(make) == []


def test_an_entry_that_is_sought_gives_the_words_of_its_columns(books: Books) -> None:
    made = books.intervention(objectives=GOALS, actions="Un corso", scheda="scheda 12")
    stream = programme_stream(books.programme.id)
    with books.make.session() as session:
        number = session.scalar(
            text("SELECT number FROM log_entry WHERE kind = 'intervention.added'")
        )
    found = preview(books.make, Sought(entry=f"{stream}/{number}"))
    there = {place.column for place in found if place.row == (str(made.id),)}
    assert there == {"title", "objectives", "actions"}


def test_a_later_intervention_that_stands_for_itself_says_so(books: Books) -> None:
    earlier = books.intervention()
    later = books.intervention(programme=books.open(2019), continues_id=earlier.id)
    books.run(remove_intervention, intervention_id=earlier.id)
    assert told(books.make) == []
    with books.make.database.transaction(SYSTEM) as tx:
        tx.session.execute(update(Intervention).values(continues_id=later.id))
    named = f"intervention id={later.id} continues_id: is {later.id}, the log says None"
    assert told(books.make) == [named]


def test_a_chapter_that_was_slipped_into_a_cycle_is_named(make: Factory) -> None:
    with make.database.transaction(SYSTEM) as tx:
        tx.session.execute(
            text(
                "INSERT INTO chapter (cycle_id, zone_id, number, title, description, mandatory)"
                " VALUES (:cycle_id, :zone_id, 99, 'Mai scritto', '', false)"
            ),
            {"cycle_id": make.cycle.id, "zone_id": make.zone.id},
        )
    (named,) = told(make)
    assert named.startswith("chapter id=")
    assert named.endswith("is there, and the log says nothing of it")


def test_words_of_columns_are_told_from_those_of_people() -> None:
    said = Details("act", "title on_day").of(Act(title='"Piano"', on_day=None))
    assert is_details(said)
    assert list(words_in(said)) == [("title", '"Piano"')]
    assert list(words_in(Details("act", "title").of_all([Act(title="A"), Act(title="B")]))) == [
        ("title", "A"),
        ("title", "B"),
    ]
    assert not any(map(is_details, ("", "{sic}", "[1]", "[omissis]", "12")))
