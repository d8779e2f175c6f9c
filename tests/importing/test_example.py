"""What the manual's example of a zone's file leaves in the database, and in its export."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from consultazione.core.db import Database
from consultazione.core.log import read_stream
from consultazione.importing.schema import ZoneDocument
from consultazione.memory.models import ArchivePage, Fulfilment, PriorityLink
from consultazione.memory.promises import tally
from consultazione.plan.models import PlanState
from consultazione.plan.needs.models import Purpose
from consultazione.plan.needs.queries import needs_and_answers
from consultazione.plan.standing import plan_of, state_of
from consultazione.programme.events import programme_stream
from consultazione.programme.models import Intervention, Share
from consultazione.programme.queries import indicators, programmes_of
from consultazione.sharing.budgets.models import Budget
from consultazione.sharing.models import Scenario
from consultazione.sharing.queries import items
from consultazione.zones.models import Cycle
from tests.support.loaded_file import loaded_file
from tests.support.zone_exports import NAMES, exported, without_names
from tests.support.zone_manual import EXAMPLE


@pytest.fixture(scope="module")
def uploads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the example's files are stored."""
    return tmp_path_factory.mktemp("uploads")


@pytest.fixture(scope="module")
def told(engine: Engine, uploads: Path) -> Iterator[Database]:
    """A database with the example."""
    with loaded_file(engine, EXAMPLE, uploads) as database:
        yield database


def the_cycle(session: Session, first_year: int) -> Cycle:
    return session.scalars(select(Cycle).filter_by(first_year=first_year)).one()


def test_the_programme_of_the_example_loads(told: Database) -> None:
    with told.snapshot() as session:
        cycle = the_cycle(session, 2018)
        first, second = (
            session.scalars(select(Intervention).filter_by(programme_id=programme.id)).one()
            for programme in programmes_of(session, cycle.id)
        )
        of_first = select(Share).where(Share.intervention_id == first.id)
        paid = {row.fund.code: row for row in session.scalars(of_first)}
        (measured,) = indicators(session, [first.id])
        assert (first.total, second.title, second.continues_id) == (
            Decimal("40000.50"),
            first.title,
            first.id,
        )
        assert paid["COM"].activated_by_consultation
        assert measured.measured == 210
        assert [paid["COM"].spent, paid["FNPS"].spent] == [None, 28000]
        entries = read_stream(session, programme_stream(first.programme_id))
    assert [entry.at.year for entry in entries if entry.kind == "programme.opened"] == [2018]
    assert entries[-1].at.year == 2019


def test_the_sharing_of_the_example_loads(told: Database) -> None:
    with told.snapshot() as session:
        cycle = the_cycle(session, 2018)
        stored = session.scalars(select(Scenario)).one()
        assert [item.title for item in items(session, cycle.id, 2018)] == ["Portierato"]
        assert (stored.figures["before"], stored.figures["after"]) == ("10000.50", "9000.50")
        assert session.scalars(select(Budget)).one().result == {
            "answers": 1,
            "too_few": True,
            "rows": [],
            "spent": "0.00",
        }


def test_the_memory_of_the_example_loads(told: Database) -> None:
    with told.snapshot() as session:
        past = the_cycle(session, 2015)
        assert tally(session, past.id)[Fulfilment.PARTLY] == 1
        assert session.scalars(select(ArchivePage.body)).all() == ["Il testo del piano."]
        link = session.scalars(select(PriorityLink)).one()
        assert (link.earlier_cycle_id, link.cycle_id) == (past.id, the_cycle(session, 2018).id)


def test_the_plan_of_the_example_loads(told: Database) -> None:
    with told.snapshot() as session:
        cycle = the_cycle(session, 2018)
        found = needs_and_answers(session, cycle.id)
        assert found.purposes[Purpose.LOCAL_SYSTEMS] == 1
        assert all(one.is_answered for one in (*found.needs, *found.goals))
        assert state_of(plan_of(session, cycle.id)) is PlanState.PUBLIC_DRAFT


def test_the_export_says_what_the_example_said(told: Database, uploads: Path) -> None:
    said = ZoneDocument().load(next(yaml.safe_load_all(EXAMPLE)))
    past, kept, newest = (
        ZoneDocument().load(one) for one in yaml.safe_load_all(exported(told, uploads))
    )
    for section in ("funds", "criteria", "shared_items", "priority_links"):
        assert without_names(kept[section]) == without_names(said[section])
    assert newest["figures"] == said["figures"]
    sheets = [document["programmes"][0]["interventions"][0] for document in (kept, said)]
    for name in sheets[1].keys() - NAMES:
        assert sheets[0][name] == sheets[1][name]
    assert newest["archive"][0]["content"].decode() == said["archive"][0]["text"]
    assert past["promises"][0]["fulfilment"] is Fulfilment.PARTLY
