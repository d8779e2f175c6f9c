"""A finished story in a zone's file: from the sitting to the plan, and all of it in the log."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from consultazione.comments.models import Comment
from consultazione.config import ROOT
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.core.log import read_forward, read_stream, verify
from consultazione.italian import italian
from consultazione.memory.promises import tally
from consultazione.minutes.models import Minutes, MinutesState
from consultazione.outcomes.models import Answer, Outcome, OutcomeState, Party
from consultazione.plan.blocks.models import Block, BlockVersion
from consultazione.plan.events import plan_stream
from consultazione.plan.models import Contribution, ContributionState, PlanState
from consultazione.plan.needs.queries import needs_and_answers
from consultazione.plan.pedigree import pedigree
from consultazione.plan.queries import plan_status
from consultazione.plan.standing import plan_of, state_of
from consultazione.programme.balances import earmark_balances, fund_balances
from consultazione.programme.models import Intervention
from consultazione.programme.queries import programme_of
from consultazione.programme.sums import years
from consultazione.proposals.models import Proposal
from consultazione.sharing.budgets.models import Budget
from consultazione.sharing.models import Scenario
from consultazione.sharing.queries import points_of, polls_at
from consultazione.zones.acts.queries import approval_steps, board
from consultazione.zones.models import AGREEMENTS, Cycle
from consultazione.zones.queries import acts, current_cycle, last_current, phases, the_zone
from tests.support.loaded_file import loaded_file
from workers.reactions import BY_NAME, owed_by

STORY = (ROOT / "demo" / "reno-lavino-samoggia-2018-2020.yaml").read_text(encoding="utf-8")


def _cycle(session: Session) -> Cycle:
    return current_cycle(session, the_zone(session).id)


@pytest.fixture(scope="module")
def told(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database with the concluded cycle."""
    with loaded_file(engine, STORY, tmp_path_factory.mktemp("uploads")) as database:
        yield database


def test_the_minutes_are_wholly_italian(told: Database) -> None:
    with told.snapshot() as session:
        documents = [str(minutes.document) for minutes in session.scalars(select(Minutes))]
    assert any("Per approvare servivano" in one for one in documents)
    assert not any("have voted" in one for one in documents)


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


def test_the_agreement_was_signed_by_all_who_had_to(told: Database) -> None:
    with told.snapshot() as session:
        (agreement,) = [act for act in acts(session, _cycle(session).id) if act.kind in AGREEMENTS]
        signed = board(session, agreement.id)
        assert [step.body for step in approval_steps(session, [agreement.id])] == [agreement.body]
    assert (signed.missing, len(signed.adherents), signed.joined) == ([], 2, 0)
    assert all(one.demo for one in (*signed.subscribers, *signed.adherents))


def test_the_log_is_whole_and_dated_as_the_story(told: Database) -> None:
    with told.snapshot() as session:
        names = verify.streams(session)
        assert [fault for name in names for fault in verify.verify_stream(session, name)] == []
        entries = read_stream(session, plan_stream(_cycle(session).id))
    assert entries
    assert {entry.at.year for entry in entries} == {2018}


# An archive is asked for and an erasure ordered on the site; no story tells of either.
NOT_TOLD = {
    "make_archive", "seal_edition", "seal_signed", "freeze_edition", "seal_outcome_edition",
    "seal_redacted", "make_own_data", "draw_opinion_map", "read_proposal_file",
    "read_replaced_material", "look_at_changed_proposal", "look_at_changed_comment",
    "digest_changed_comments", "digest_with_shown", "digest_without_erased",
    "digest_without_hidden", "digest_without_withdrawn",
}  # fmt: skip


def test_workers_find_their_work_done_but_for_files(
    told: Database, valkey_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDIS_URL", valkey_url)
    with told.snapshot() as session:
        by_position = {
            entry.position: entry for entry in read_forward(session, after=0, limit=9999)
        }
    owed = owed_by(by_position.values())
    assert {name for _position, name in owed} == BY_NAME.keys() - NOT_TOLD
    with italian(), told.transaction(SYSTEM) as tx:
        for position, name in owed:
            BY_NAME[name](tx, by_position[position])
        kinds = {recorded.event.kind for recorded in tx.recorded}
    assert kinds == {
        "document.sealed", "minutes.copy_frozen", "outcome.copy_frozen", "registration.sealed",
    }  # fmt: skip


def test_the_story_spends_what_its_funds_have(told: Database) -> None:
    with told.snapshot() as session:
        cycle = _cycle(session)
        rows = years(session, cycle.id, cycle.first_year, cycle.last_year)
        for year in range(cycle.first_year, cycle.last_year + 1):
            programme = programme_of(session, cycle.id, year)
            balances = fund_balances(session, programme.id)
            marks = earmark_balances(session, programme.id, balances)
            assert all(mark.is_kept for mark in marks)
            assert len(marks) == 1
            assert not programme.is_draft
        assert all(one.demo for one in session.scalars(select(Intervention)))
    assert [row.interventions for row in rows] == [13, 13, 13]
    assert all(0 < row.sum.activated < row.sum.spent < row.sum.planned for row in rows)


def test_the_story_voted_on_a_what_if(told: Database) -> None:
    with told.snapshot() as session:
        stored = session.scalars(select(Scenario)).one()
        (point,) = points_of(session, stored.id)
        assert len(polls_at(session, [point.id])) == 1
        changed = [
            row["name"] for row in stored.figures["effects"] if row["before"] != row["after"]
        ]
        asked = session.scalars(select(Budget)).one()
        chosen = [row["cost"] for row in (asked.result or {})["rows"] if row["chosen"]]
    assert len(changed) == 5
    assert sum(map(Decimal, chosen)) == asked.funds


def test_the_story_ends_with_an_approved_plan_that_answers(told: Database) -> None:
    with told.snapshot() as session:
        cycle = _cycle(session)
        found = needs_and_answers(session, cycle.id)
        assert state_of(plan_of(session, cycle.id)) is PlanState.APPROVED
        assert all(found.purposes.values())
        assert sum(tally(session, cycle.id).values()) == 8


def test_what_answers_a_proposal_comes_later_each_at_its_moment(told: Database) -> None:
    with told.snapshot() as session:
        proposals = {row.id: row for row in session.scalars(select(Proposal))}
        comments = list(session.scalars(select(Comment)))
    assert proposals
    assert comments
    decided = [row for row in proposals.values() if row.decided_at]
    assert decided
    assert [row for row in decided if row.decided_at == row.submitted_at] == []
    assert all(one.at > proposals[one.proposal_id].submitted_at for one in comments)
    moments = [(one.proposal_id, one.at) for one in comments]
    assert len(set(moments)) == len(moments)
