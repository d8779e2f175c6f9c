"""The convocation in minutes with its notices, and the premises of a union table."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient

from consultazione.core import clock
from consultazione.core.actor import Role
from consultazione.core.events import FreeText
from consultazione.documents.register import registration_of
from consultazione.minutes.compose.document import compose
from consultazione.minutes.compose.facts import FirstCall
from consultazione.minutes.compose.types import MinutesFacts
from consultazione.people.models import Category
from consultazione.sittings.agenda.events import MaterialAttached
from consultazione.sittings.events import SittingConvened, SittingCorrected, SittingPostponed
from consultazione.sittings.lifecycle.commands.revising import correct_sitting
from consultazione.sittings.lifecycle.notice.kind import NOTICE
from consultazione.sittings.quorums.base import QuorumTerms
from consultazione.tables.models import TableKind
from tests.support.factories import Factory
from tests.support.minutes_desk import Desk, draft_of_a_sitting
from tests.support.minutes_story import (
    BEGIN,
    CONVENED,
    FACILITATOR,
    SITS,
    SITTING,
    STORY,
    Told,
    facts,
)
from tests.support.papers import text_of_pdf, words
from tests.support.typed_json import assert_typed

CORRECTED = SittingCorrected(
    sitting_id=SITTING,
    revision=1,
    starts_at=BEGIN,
    title=FreeText("Primo incontro"),
    place=FreeText("Sala Rossa"),
    reason=FreeText("La sala è più grande"),
)


def convocation(*more: Told, second: bool = False, **changes: Any) -> dict[str, Any]:
    """What minutes of the story say of its convocation, with further entries."""
    first = replace(CONVENED, second_of=3) if second else CONVENED
    story = [(*t[:3], first) if isinstance(t[3], SittingConvened) else t for t in STORY]
    found = compose(replace(facts([*story, *more]), **changes))
    assert_typed(found, MinutesFacts)
    return dict(found["convocation"])


def test_each_notice_is_named_with_its_number() -> None:
    corrected = (-9_000, SITS, FACILITATOR, CORRECTED)
    found = convocation(corrected, notices={1: "4/2018", 2: "6/2018"})
    assert found["notice"] == "6/2018"
    assert "con avviso n. 4/2018 di lunedì 26 febbraio 2018" in found["sentence"]
    assert "con avviso n. 6/2018: La sala è più grande." in found["sentence"]


def test_what_was_convened_before_the_register_has_no_number() -> None:
    found = convocation((-9_000, SITS, FACILITATOR, CORRECTED))
    assert "notice" not in found
    assert "avviso n." not in found["sentence"]
    assert "in prima convocazione con avviso di lunedì 26 febbraio 2018" in found["sentence"]


def test_a_second_convocation_says_when_the_first_was() -> None:
    first_call = FirstCall(BEGIN - timedelta(days=2), "1/2018")
    found = convocation(second=True, notices={1: "2/2018"}, first_call=first_call)
    assert "in seconda convocazione con avviso n. 2/2018" in found["sentence"]
    said = "La prima convocazione era per sabato 3 marzo 2018, ore 17:00 (avviso n. 1/2018)."
    assert said in found["sentence"]


def test_minutes_of_a_union_table_have_premises_and_the_position_of_who_was_absent() -> None:
    attached = MaterialAttached(
        point_id=31, material_id=9, title=FreeText("Bozza di accordo"), file_name=FreeText("a.pdf")
    )
    story = [*STORY, (-9_990, SITS, FACILITATOR, attached)]
    gathered = replace(facts(story), is_union_table=True, notices={1: "4/2018"})
    found = compose(gathered)
    assert_typed(found, MinutesFacts)
    assert found["premises"] == [
        "le parti sono state convocate in prima convocazione con avviso n. 4/2018 di lunedì 26 "
        "febbraio 2018 per lunedì 5 marzo 2018, ore 17:00;",
        "la seduta è stata aperta lunedì 5 marzo 2018, alle ore 17:05;",
        "al punto 1 è agli atti il documento «Bozza di accordo».",
    ]
    absent = {"organisation": "CGIL", "said": ["Nessuno è intervenuto alla seduta: assente."]}
    assert found["positions"] == [absent]
    assert "premises" not in compose(facts(story))


def test_premises_tell_what_was_changed_since_the_convocation() -> None:
    postponed = SittingPostponed(
        sitting_id=SITTING,
        revision=1,
        starts_at=BEGIN,
        place=FreeText("Sala Rossa"),
        reason=FreeText("Neve"),
    )
    story = [*STORY, (-9_000, SITS, FACILITATOR, postponed)]
    notices = {1: "4/2018", 2: "5/2018"}
    found = compose(replace(facts(story), is_union_table=True, notices=notices))
    said = found["premises"][1]
    assert said.startswith("seduta rinviata martedì 27 febbraio 2018")
    assert said.endswith(" con avviso n. 5/2018 a lunedì 5 marzo 2018, ore 17:00: Neve;")


def test_page_pdf_and_data_name_the_notice_that_stands_in_the_register(
    client: FlaskClient, make: Factory
) -> None:
    desk = _of_a_union_table(make)
    with make.session() as session:
        row = registration_of(session, NOTICE, desk.sitting.id)
    assert row is not None
    assert row.version == 2
    make.sign_in(client, desk.facilitator)
    at, said = f"/verbali/{desk.minutes.id}", f"con avviso n. {row.reference}"
    page, pdf = client.get(at).text, text_of_pdf(client.get(f"{at}.pdf").data)
    document = client.get(f"{at}.json").get_json()
    assert document["facts"]["convocation"]["notice"] == row.reference
    for expected in (said, "Premesso che:", *document["facts"]["premises"]):
        assert words(expected) in words(page)
        assert words(expected) in words(pdf)


def _of_a_union_table(make: Factory) -> Desk:
    """The draft of a sitting of the union table, whose convocation was corrected once."""
    table = make.table(kind=TableKind.UNION_CONSULTATION)
    make.seat(table.id, make.organisation(Category.UNION))
    sitting = make.sitting(table)
    with make.database.transaction(make.holder(Role.FACILITATOR, table.id)) as tx:
        correct_sitting(
            tx,
            sitting_id=sitting.id,
            revision=0,
            title=sitting.title,
            place="Sala Rossa",
            starts_at=clock.now(),
            quorum=QuorumTerms(),
            reason="La sala è più grande",
            start_confirmed=True,
        )
    return draft_of_a_sitting(make, sitting)
