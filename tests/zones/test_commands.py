"""Setting a zone up and moving its path by formal acts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from consultazione.core.actor import SYSTEM, Role
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.core.events import FreeText
from consultazione.core.log import read_stream
from consultazione.zones.commands.path import close_phase, open_phase, record_act
from consultazione.zones.commands.setting_up import (
    NewBody,
    NewChapter,
    NewPriority,
    open_cycle,
    set_up_zone,
)
from consultazione.zones.events import (
    CHAPTER_DETAILS,
    CycleOpened,
    PhaseClosed,
    PhaseOpened,
    zone_stream,
)
from consultazione.zones.models import Act, ActKind, BodyKind, Cycle, Phase, Zone, ZoneKind
from consultazione.zones.queries import (
    bodies,
    chapters,
    current_cycle,
    cycles,
    get_phase,
    last_current,
    phases,
    priorities,
)
from tests.support.factories import Factory

MARCH, JULY = date(2018, 3, 1), date(2018, 7, 30)


def zone(make: Factory, **values: Any) -> Zone:
    given: dict[str, Any] = {
        "slug": "reno", "name": "Reno", "kind": ZoneKind.UNION, "lead_body": "Comune",
        "cycle_start": 2018, "cycle_end": 2020,
    }  # fmt: skip
    with make.database.transaction(SYSTEM) as tx:
        return set_up_zone(tx, **{**given, **values})


def act(make: Factory, **values: Any) -> Act:
    """A formal act, recorded by the platform itself, which may do so in every zone."""
    given: dict[str, Any] = {
        "cycle_id": make.cycle.id, "kind": ActKind.COUNCIL_VOTE, "title": "Voto del Consiglio",
        "on_day": JULY, "body": "Consiglio dell'Unione", "source": "albo pretorio",
    }  # fmt: skip
    with make.database.transaction(SYSTEM) as tx:
        return record_act(tx, **{**given, **values})


def cycle(make: Factory, **values: Any) -> Cycle:
    """One more cycle of the zone."""
    given = {"zone_id": make.zone.id, "first_year": 2025, "last_year": 2027}
    with make.database.transaction(SYSTEM) as tx:
        return open_cycle(tx, **{**given, **values})


def phase(make: Factory, *, begun: bool = False) -> Phase:
    with make.session() as session:
        found: Phase = phases(session, make.cycle.id)[0]
    if begun:
        with make.database.transaction(SYSTEM) as tx:
            open_phase(tx, phase_id=found.id, starts_on=MARCH)
    return found


def test_a_zone_begins_with_its_bodies_chapters_and_priorities(make: Factory) -> None:
    made = zone(
        make,
        bodies=[NewBody(name="Comune A", kind=BodyKind.MUNICIPALITY)],
        priorities=[
            NewPriority(title="Prossimità", source="PSSR"),
            NewPriority(title="Nuova povertà", source="PSSR", is_need=True),
        ],
    )
    with make.session() as session:
        assert [body.name for body in bodies(session, made.id)] == ["Comune A"]
        first = current_cycle(session, made.id)
        assert [(p.rank, p.is_need) for p in priorities(session, first.id)] == [
            (1, False),
            (2, True),
        ]
        assert [chapter.number for chapter in chapters(session, make.cycle.id)] == list(range(1, 8))
        assert [e.kind for e in read_stream(session, zone_stream(made.id))] == ["zone.set_up"]


def test_a_zone_is_set_up_once_and_by_the_platform(make: Factory) -> None:
    zone(make)
    with pytest.raises(Conflict, match="already"):
        zone(make)
    administrator = make.holder(Role.ADMINISTRATOR)
    with make.database.transaction(administrator) as tx, pytest.raises(NotAllowed):
        set_up_zone(
            tx, slug="x", name="x", kind=ZoneKind.UNION, lead_body="x",
            cycle_start=2018, cycle_end=2020,
        )  # fmt: skip


def test_a_cycle_ends_after_it_begins(make: Factory) -> None:
    with pytest.raises(Invalid) as refusal:
        zone(make, cycle_end=2017)
    assert "cycle_end" in refusal.value.fields


def test_a_zone_plans_in_the_cycle_that_begins_last(make: Factory) -> None:
    first, former = make.cycle, cycle(make, first_year=2015, last_year=2017)
    later = cycle(make, chapters=[NewChapter(title="Obiettivi")])
    with make.session() as session:
        assert current_cycle(session, make.zone.id).years == "2025-2027"
        assert [c.id for c in cycles(session, make.zone.id)] == [later.id, first.id, former.id]
        assert [c.title for c in chapters(session, later.id)] == ["Obiettivi"]
        last = read_stream(session, zone_stream(make.zone.id))[-1]
        (chapter,) = chapters(session, later.id)
    assert last.event == CycleOpened(
        cycle_id=later.id,
        first_year=2025,
        last_year=2027,
        chapter_ids=[chapter.id],
        chapters=CHAPTER_DETAILS.of_all([chapter]),
        priority_ids=[],
        priorities=FreeText("[]"),
        phase_ids=[],
        phases=FreeText("[]"),
    )


def test_a_zone_has_one_cycle_of_the_same_years(make: Factory) -> None:
    cycle(make)
    with pytest.raises(Conflict, match="these years"):
        cycle(make)
    with pytest.raises(Invalid) as refusal:
        cycle(make, first_year=2030, last_year=2029)
    assert "last_year" in refusal.value.fields
    with pytest.raises(NotFound):
        cycle(make, zone_id=0)


def test_an_administrator_opens_cycles_of_their_own_zone(make: Factory) -> None:
    administrator, elsewhere = make.holder(Role.ADMINISTRATOR), zone(make)
    with make.database.transaction(administrator) as tx:
        open_cycle(tx, zone_id=make.zone.id, first_year=2021, last_year=2023)
        with pytest.raises(NotAllowed):
            open_cycle(tx, zone_id=elsewhere.id, first_year=2021, last_year=2023)


def test_a_phase_begins_once(make: Factory) -> None:
    first = phase(make, begun=True)
    with make.session() as session:
        assert last_current(phases(session, make.cycle.id), on=date(2018, 2, 28)) is None
        found = last_current(phases(session, make.cycle.id), on=MARCH)
        assert found is not None
        assert found.id == first.id
        last = read_stream(session, zone_stream(make.zone.id))[-1]
    assert last.event == PhaseOpened(phase_id=first.id, starts_on=MARCH)
    with make.database.transaction(SYSTEM) as tx, pytest.raises(Conflict):
        open_phase(tx, phase_id=first.id, starts_on=MARCH)


def test_an_act_closes_a_phase(make: Factory) -> None:
    first, vote, office = phase(make, begun=True), act(make), make.holder(Role.PLAN_OFFICE)
    with make.database.transaction(office) as tx:
        close_phase(tx, phase_id=first.id, act_id=vote.id, closed_on=JULY)
        with pytest.raises(Conflict, match="going on"):
            close_phase(tx, phase_id=first.id, act_id=vote.id, closed_on=JULY)
    with make.session() as session:
        assert get_phase(session, first.id).closing_act_id == vote.id
        last = read_stream(session, zone_stream(make.zone.id))[-1]
    assert last.event == PhaseClosed(phase_id=first.id, act_id=vote.id, closed_on=JULY)


def test_without_its_act_no_phase_is_closed(make: Factory) -> None:
    first, elsewhere = phase(make, begun=True), act(make, cycle_id=cycle(make).id)
    with make.database.transaction(SYSTEM) as tx:
        for act_id in (0, elsewhere.id):
            with pytest.raises(Invalid, match="Record the act"):
                close_phase(tx, phase_id=first.id, act_id=act_id, closed_on=JULY)


def test_a_phase_ends_after_it_has_begun(make: Factory) -> None:
    vote, first = act(make), phase(make)
    with make.database.transaction(SYSTEM) as tx:
        with pytest.raises(Conflict, match="going on"):
            close_phase(tx, phase_id=first.id, act_id=vote.id, closed_on=JULY)
        open_phase(tx, phase_id=first.id, starts_on=MARCH)
        with pytest.raises(Invalid, match="began after"):
            close_phase(tx, phase_id=first.id, act_id=vote.id, closed_on=date(2018, 2, 1))


def test_facilitators_do_not_move_the_path(make: Factory) -> None:
    first = phase(make)
    with make.database.transaction(make.holder(Role.FACILITATOR)) as tx:
        with pytest.raises(NotAllowed, match="plan office"):
            open_phase(tx, phase_id=first.id, starts_on=MARCH)
        with pytest.raises(NotFound):
            open_phase(tx, phase_id=0, starts_on=MARCH)
