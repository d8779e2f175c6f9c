"""Commands of the memory: the archive, past cycles, links of priorities, assessments."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from consultazione.core import clock, log
from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from consultazione.core.incoming.uploads import store
from consultazione.memory.commands.archive import (
    ReadFile,
    add_archive_file,
    record_archive_document,
    remove_archive_document,
)
from consultazione.memory.commands.assessing import (
    assess_promise,
    comment_on_assessment,
    hide_assessment_comment,
)
from consultazione.memory.commands.linking import link_priority, unlink_priority
from consultazione.memory.commands.past import add_past_cycle, record_past_priority
from consultazione.memory.events import memory_stream
from consultazione.memory.models import (
    ArchivePage,
    Assessment,
    AssessmentComment,
    Fulfilment,
    LinkKind,
    PriorityLink,
    TextState,
)
from tests.support.factories import Factory
from tests.support.past_cycles import Memory

WHY = "Tre sportelli su cinque sono aperti."


def kinds(make: Factory) -> list[str]:
    """The kinds in the zone's memory stream, in order."""
    with make.session() as session:
        return [e.event.kind for e in log.read_stream(session, memory_stream(make.zone.id))]


def test_a_document_keeps_its_text_page_by_page(memory: Memory, tmp_path: Path) -> None:
    row = memory.document(tmp_path, "Prima pagina", " ", "Terza pagina")
    assert (row.text_state, row.years) == (TextState.READ, "2015-2017")
    with memory.make.session() as session:
        stored = session.scalars(select(ArchivePage).order_by(ArchivePage.number)).all()
        assert [(page.number, page.body) for page in stored] == [
            (1, "Prima pagina"),
            (3, "Terza pagina"),
        ]
    assert kinds(memory.make) == ["archive_document.recorded"]


@pytest.mark.parametrize(
    ("pages", "state"), [(None, TextState.UNREADABLE), (["", " "], TextState.EMPTY)]
)
def test_a_file_without_text_is_kept_all_the_same(
    memory: Memory, tmp_path: Path, pages: Any, state: TextState
) -> None:
    file = ReadFile(store(tmp_path, "a.txt", b"x"), pages)
    row = memory.document()
    assert row.text_state is TextState.NO_FILE
    with memory.make.database.transaction(SYSTEM) as tx:
        assert add_archive_file(tx, document_id=row.id, file=file).text_state is state
    assert kinds(memory.make)[-1] == "archive_document.file_added"


def test_another_file_takes_the_place_of_the_first(memory: Memory, tmp_path: Path) -> None:
    row = memory.document(tmp_path, "Prima", "Seconda")
    again = ReadFile(store(tmp_path, "piano.txt", b"Prima\nSeconda"), ["Prima"])
    with pytest.raises(Conflict), memory.make.database.transaction(SYSTEM) as tx:
        add_archive_file(tx, document_id=row.id, file=again)
    other = ReadFile(store(tmp_path, "b.txt", b"Altra"), ["Altra"])
    with memory.make.database.transaction(SYSTEM) as tx:
        add_archive_file(tx, document_id=row.id, file=other)
    with memory.make.session() as session:
        assert session.scalars(select(ArchivePage.body)).all() == ["Altra"]


def test_a_document_leaves_the_archive_with_its_text(
    memory: Memory, office: Actor, tmp_path: Path
) -> None:
    row = memory.document(tmp_path, "Prima")
    with memory.make.database.transaction(office) as tx:
        remove_archive_document(tx, document_id=row.id)
    with memory.make.session() as session:
        assert session.scalar(select(func.count()).select_from(ArchivePage)) == 0
    with pytest.raises(NotFound), memory.make.database.transaction(office) as tx:
        remove_archive_document(tx, document_id=row.id)


def test_years_of_a_document_are_in_order(memory: Memory) -> None:
    with pytest.raises(Invalid) as refused:
        memory.document(first_year=2018)
    assert set(refused.value.fields) == {"last_year"}


@pytest.mark.parametrize(
    ("years", "refusal"),
    [
        ((2012, 2014), None),
        ((2014, 2012), Invalid),
        ((2012, 2021), Invalid),
        ((2013, 2015), Conflict),
    ],
)
def test_a_past_cycle_lies_before_the_present_one(
    memory: Memory, years: tuple[int, int], refusal: type[Refusal] | None
) -> None:
    def add() -> str:
        with memory.make.database.transaction(SYSTEM) as tx:
            zone_id = memory.make.zone.id
            first, last = years
            return add_past_cycle(tx, zone_id=zone_id, first_year=first, last_year=last).years

    if refusal is None:
        assert add() == "2012-2014"
        assert memory.make.cycle.id == memory.now.id
    else:
        with pytest.raises(refusal):
            add()


def test_priorities_are_written_down_of_past_cycles_alone(memory: Memory) -> None:
    assert [memory.priority("A").rank, memory.priority("B").rank] == [1, 2]
    with pytest.raises(Conflict):
        memory.priority("A")
    with pytest.raises(Conflict):
        memory.priority("C", memory.now)


def test_priorities_are_followed_across_cycles(memory: Memory) -> None:
    before = memory.priority()
    link = memory.link(LinkKind.CHANGED, priority_id=memory.of_now.id, earlier_id=before.id)
    dropped = memory.link(LinkKind.DROPPED, earlier_id=memory.priority("Trasporti").id)
    assert dropped.priority_id is None
    with memory.make.database.transaction(memory.make.holder(Role.PLAN_OFFICE)) as tx:
        unlink_priority(tx, link_id=link.id)
    assert memory.link(LinkKind.NEW, priority_id=memory.of_now.id).kind is LinkKind.NEW
    assert kinds(memory.make)[-3:] == ["priority.linked", "priority.unlinked", "priority.linked"]


@pytest.mark.parametrize(
    ("kind", "sides", "field"),
    [
        (LinkKind.CONTINUED, {"priority_id"}, "earlier_id"),
        (LinkKind.CONTINUED, {"earlier_id"}, "priority_id"),
        (LinkKind.NEW, {"priority_id", "earlier_id"}, "earlier_id"),
        (LinkKind.DROPPED, {"priority_id", "earlier_id"}, "priority_id"),
        (LinkKind.DROPPED, set(), "earlier_id"),
    ],
)
def test_a_link_has_the_sides_that_its_kind_asks_for(
    memory: Memory, kind: LinkKind, sides: set[str], field: str
) -> None:
    both = {"priority_id": memory.of_now.id, "earlier_id": memory.priority().id}
    with pytest.raises(Invalid) as refused:
        memory.link(kind, **{name: both[name] for name in sides})
    assert set(refused.value.fields) == {field}


def test_sides_belong_to_their_cycles(memory: Memory) -> None:
    before = memory.priority()
    with pytest.raises(Invalid):
        memory.link(LinkKind.CONTINUED, priority_id=before.id, earlier_id=memory.of_now.id)
    with pytest.raises(Invalid), memory.make.database.transaction(SYSTEM) as tx:
        link_priority(
            tx,
            cycle_id=memory.past.id,
            earlier_cycle_id=memory.now.id,
            kind=LinkKind.NEW,
            priority_id=before.id,
        )
    other = Factory(memory.make.database).cycle
    with pytest.raises(NotFound), memory.make.database.transaction(SYSTEM) as tx:
        link_priority(
            tx,
            cycle_id=memory.now.id,
            earlier_cycle_id=other.id,
            kind=LinkKind.NEW,
            priority_id=memory.of_now.id,
        )


def test_nothing_contradictory_is_said_of_a_priority(memory: Memory) -> None:
    sides = {"priority_id": memory.of_now.id, "earlier_id": memory.priority().id}
    memory.link(LinkKind.CONTINUED, **sides)
    with pytest.raises(Conflict, match="linked already"):
        memory.link(LinkKind.CHANGED, **sides)
    with pytest.raises(Conflict, match="take that back"):
        memory.link(LinkKind.NEW, priority_id=memory.of_now.id)
    with pytest.raises(Conflict, match="take that back"):
        memory.link(LinkKind.DROPPED, earlier_id=sides["earlier_id"])
    with memory.make.session() as session:
        assert session.scalar(select(func.count()).select_from(PriorityLink)) == 1


def test_an_assessment_takes_the_place_of_the_one_before(memory: Memory) -> None:
    first = memory.assessed()
    again = memory.assessed(priority_id=first.priority_id, fulfilment=Fulfilment.DONE)
    assert (again.id, again.fulfilment) == (first.id, Fulfilment.DONE)
    assert kinds(memory.make).count("promise.assessed") == 2


def test_a_conclusion_is_assessed_when_its_years_are_over(
    memory: Memory, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    (contribution,) = make.contributions("Open a desk.")
    row = memory.assessed(item_id=contribution.item_id)
    assert row.cycle_id == memory.now.id
    monkeypatch.setattr(clock, "in_rome", lambda moment: moment.replace(year=2023))
    with pytest.raises(Conflict, match="not over"):
        memory.assessed(item_id=contribution.item_id)


@pytest.mark.parametrize("named", [{}, {"priority_id": 1, "item_id": 1}, {"item_id": 10**9}])
def test_one_promise_is_assessed(memory: Memory, named: dict[str, Any]) -> None:
    with pytest.raises(NotFound), memory.make.database.transaction(SYSTEM) as tx:
        assess_promise(tx, fulfilment=Fulfilment.DONE, evidence=WHY, source="Relazione", **named)


def test_a_delegate_comments_and_an_administrator_hides(memory: Memory, make: Factory) -> None:
    assessment, delegate = memory.assessed(), make.delegate()
    with make.database.transaction(delegate) as tx:
        comment = comment_on_assessment(tx, assessment_id=assessment.id, body="Non ci risulta.")
    for who, reason in ((delegate, "no"), (make.holder(Role.PLAN_OFFICE), "no")):
        with pytest.raises(NotAllowed), make.database.transaction(who) as tx:
            hide_assessment_comment(tx, comment_id=comment.id, reason=reason)
    administrator = make.holder(Role.ADMINISTRATOR)
    with make.database.transaction(administrator) as tx:
        hide_assessment_comment(tx, comment_id=comment.id, reason="Nomina una persona.")
    with pytest.raises(Conflict), make.database.transaction(administrator) as tx:
        hide_assessment_comment(tx, comment_id=comment.id, reason="Ancora.")
    assert kinds(make)[-2:] == ["promise.commented", "promise.comment_hidden"]


def test_a_citizen_without_mandate_does_not_comment(memory: Memory, make: Factory) -> None:
    assessment = memory.assessed()
    with (
        pytest.raises(NotAllowed, match="organisation"),
        make.database.transaction(make.citizen()) as tx,
    ):
        comment_on_assessment(tx, assessment_id=assessment.id, body="Per me no.")
    with make.session() as session:
        assert session.scalar(select(func.count()).select_from(AssessmentComment)) == 0


def test_the_office_of_another_zone_does_nothing_here(
    memory: Memory, make: Factory, tmp_path: Path
) -> None:
    stranger = Factory(make.database).holder(Role.PLAN_OFFICE)
    document, assessment = memory.document(), memory.assessed()
    link = memory.link(LinkKind.NEW, priority_id=memory.of_now.id)
    file = ReadFile(store(tmp_path, "a.txt", b"x"), None)
    tries: list[Any] = [
        lambda tx: add_past_cycle(tx, zone_id=make.zone.id, first_year=2009, last_year=2011),
        lambda tx: record_past_priority(tx, cycle_id=memory.past.id, title="A", source="B"),
        lambda tx: remove_archive_document(tx, document_id=document.id),
        lambda tx: add_archive_file(tx, document_id=document.id, file=file),
        lambda tx: record_archive_document(
            tx, zone_id=make.zone.id, first_year=2015, last_year=2017, title="A",
            kind=document.kind, body="B", source="C",
        ),
        lambda tx: unlink_priority(tx, link_id=link.id),
        lambda tx: link_priority(
            tx, cycle_id=memory.now.id, earlier_cycle_id=memory.past.id, kind=LinkKind.NEW,
            priority_id=memory.of_now.id,
        ),
        lambda tx: assess_promise(
            tx, fulfilment=Fulfilment.DONE, evidence=WHY, source="B",
            priority_id=assessment.priority_id,
        ),
    ]  # fmt: skip
    before = kinds(make)
    for attempt in tries:
        with pytest.raises(NotAllowed), make.database.transaction(stranger) as tx:
            attempt(tx)
    assert kinds(make) == before
    with make.session() as session:
        assert session.get_one(Assessment, assessment.id).fulfilment is Fulfilment.PARTLY
