"""A finished story in a zone's file: from the sitting to the plan, and all of it in the log."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.config import ROOT
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.core.log import read_forward, read_stream, verify
from consultazione.importing.main import BadFile, load
from consultazione.minutes.models import Minutes, MinutesState
from consultazione.outcomes.models import Answer, Outcome, OutcomeState, Party
from consultazione.plan.blocks.models import Block, BlockVersion
from consultazione.plan.events import plan_stream
from consultazione.plan.models import Contribution, ContributionState
from consultazione.plan.pedigree import pedigree
from consultazione.plan.queries import plan_status
from consultazione.zones.models import Cycle
from consultazione.zones.queries import current_cycle, last_current, phases, the_zone
from workers.reactions import BY_NAME, owed_by

STORY = (ROOT / "demo" / "reno-lavino-samoggia-2018-2020.yaml").read_text(encoding="utf-8")


def _cycle(session: Session) -> Cycle:
    return current_cycle(session, the_zone(session).id)


@pytest.fixture
def told(database: Database, tmp_path: Path) -> Database:
    """A database with the concluded cycle."""
    load(database, STORY, tmp_path)
    return database


def test_every_sitting_leads_to_published_minutes_and_a_closed_outcome(told: Database) -> None:
    with told.snapshot() as session:
        states = {minutes.state for minutes in session.scalars(select(Minutes))}
        outcomes = list(session.scalars(select(Outcome)))
        answers = {party.answer for party in session.scalars(select(Party))}
    assert states == {MinutesState.PUBLISHED}
    assert {outcome.state for outcome in outcomes} == {OutcomeState.CLOSED}
    assert len(outcomes) == 6
    assert answers == set(Answer)


def test_the_plan_is_complete_and_no_contribution_waits(told: Database) -> None:
    with told.snapshot() as session:
        cycle = _cycle(session)
        status = plan_status(session, cycle.id)
        answers = {c.state for c in session.scalars(select(Contribution))}
        assert last_current(phases(session, cycle.id), on=cycle.opened_at.date()) is None
    assert [chapter.chapter.number for chapter in status if chapter.is_missing] == []
    assert sum(chapter.waiting for chapter in status) == 0
    assert ContributionState.TAKEN_IN in answers
    assert ContributionState.NOT_OURS in answers


def test_a_paragraph_leads_back_to_who_proposed_it(told: Database) -> None:
    with told.snapshot() as session:
        first = session.scalars(
            select(Block).where(Block.current.has(BlockVersion.body.contains("sportello unico")))
        ).one()
        kinds = [step.kind.value for step in pedigree(session, first.id)]
    assert "proposal" in kinds
    assert "minutes" in kinds


def test_the_log_is_whole_and_dated_as_the_story(told: Database) -> None:
    with told.snapshot() as session:
        names = verify.streams(session)
        assert [fault for name in names for fault in verify.verify_stream(session, name)] == []
        entries = read_stream(session, plan_stream(_cycle(session).id))
    assert entries
    assert {entry.at.year for entry in entries} == {2018}


def test_workers_find_their_work_done(
    told: Database, valkey_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDIS_URL", valkey_url)
    with told.snapshot() as session:
        by_position = {
            entry.position: entry for entry in read_forward(session, after=0, limit=9999)
        }
    owed = owed_by(by_position.values())
    assert {name for _position, name in owed} == BY_NAME.keys()
    with told.transaction(SYSTEM) as tx:
        for position, name in owed:
            BY_NAME[name](tx, by_position[position])
        assert tx.recorded == []


def test_a_union_signs_with_its_own_password_alone(database: Database, tmp_path: Path) -> None:
    wrong = STORY.replace(
        "who: sindacato.b@demo.example\n          organisation: sind-b",
        "who: sindacato.b@demo.example\n          organisation: sind-a",
        1,
    )
    assert wrong != STORY
    with pytest.raises(BadFile, match=r"past_sittings\.0"):
        load(database, wrong, tmp_path)


def test_a_past_thing_has_one_day(database: Database, tmp_path: Path) -> None:
    twice = STORY.replace("    day: 2018-03-14\n", "    day: 2018-03-14\n    days_ago: 3\n")
    with pytest.raises(BadFile, match="either day or days_ago"):
        load(database, twice, tmp_path)
