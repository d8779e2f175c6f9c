"""Opening an outcome, answering it for a union, closing it by its rule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from consultazione.core import clock, log
from consultazione.core.actor import SYSTEM, Role
from consultazione.core.canonical import sha256_of
from consultazione.core.db import Database
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.documents.signatures import METHODS
from consultazione.outcomes.commands.answering import (
    decline_outcome,
    sign_outcome,
    sign_outcome_with_note,
)
from consultazione.outcomes.commands.opening import open_outcome
from consultazione.outcomes.models import Answer, ItemAnswer, OutcomeState, Party
from consultazione.outcomes.rules import RULES, is_met
from consultazione.people.commands.mandates import end_mandate
from consultazione.people.models import Category, Mandate
from consultazione.people.queries import valid_mandates
from consultazione.tables.commands import take_seat
from consultazione.tables.models import TableKind
from consultazione.zones.models import SignOffRule, Zone
from tests.support.factories import Factory
from tests.support.signoff_board import Board, union_with_delegate
from workers import outcomes as jobs


def asked(make: Factory) -> set[int]:
    """The ids of the organisations that a new outcome asks."""
    return {party.organisation_id for party in make.outcome().parties}


def three_by_majority(make: Factory) -> Board:
    """An outcome with three unions, closed by a majority."""
    with make.database.transaction(SYSTEM) as tx:
        rule = {"sign_off_rule": SignOffRule.MAJORITY_SIGNED}
        tx.session.execute(update(Zone).where(Zone.id == make.zone.id).values(rule))
    pairs = [union_with_delegate(make) for _ in range(3)]
    unions, delegates = [u for u, _ in pairs], [make.actor(p) for _, p in pairs]
    return Board(make, make.outcome().id, unions, delegates)


def test_the_document_is_what_the_minutes_conclude(board: Board) -> None:
    outcome = board.outcome
    assert outcome.digest == sha256_of(outcome.document)
    assert outcome.document["minutes"]["digest"] == outcome.minutes.digest
    assert [item["body"] for item in outcome.document["items"]] == [
        "Open a desk.",
        "Train the carers.",
    ]
    assert outcome.document["items"][0]["chapter"] == {"number": 1, "title": "Chapter 1"}
    assert [(item.rank, item.body) for item in outcome.items] == [
        (1, "Open a desk."),
        (2, "Train the carers."),
    ]
    assert board.kinds() == ["outcome.opened"]


def test_minutes_without_conclusions_have_no_outcome(make: Factory, database: Database) -> None:
    minutes = make.published(make.minutes())
    with database.transaction(SYSTEM) as tx:
        assert open_outcome(tx, minutes_id=minutes.id) is None
    assert tx.entries == []


def test_an_outcome_follows_only_from_published_minutes(make: Factory, database: Database) -> None:
    minutes = make.minutes()
    with pytest.raises(Conflict, match="published"), database.transaction(SYSTEM) as tx:
        open_outcome(tx, minutes_id=minutes.id)
    with pytest.raises(NotFound), database.transaction(SYSTEM) as tx:
        open_outcome(tx, minutes_id=minutes.id + 1000)
    with pytest.raises(NotAllowed), database.transaction(make.citizen()) as tx:
        open_outcome(tx, minutes_id=minutes.id)


def test_the_job_opens_an_outcome_once(board: Board) -> None:
    minutes = board.outcome.minutes
    with board.make.session() as session:
        entry = log.read_stream(session, f"minutes:{minutes.sitting_id}")[-1]
    for _ in range(2):
        with board.make.database.transaction(SYSTEM) as tx:
            jobs.open_outcome(tx, entry)
        assert tx.entries == []
    assert board.kinds() == ["outcome.opened"]


def test_unions_with_a_seat_at_the_union_consultation_are_asked(make: Factory) -> None:
    seated, _ = union_with_delegate(make)
    union_with_delegate(make)
    table = make.table(TableKind.UNION_CONSULTATION)
    with make.database.transaction(SYSTEM) as tx:
        take_seat(tx, table_id=table.id, organisation_id=seated.id)
        other = make.organisation(Category.VOLUNTEERING)
        take_seat(tx, table_id=table.id, organisation_id=other.id)
    assert asked(make) == {seated.id}


def test_without_seats_those_with_a_valid_mandate_are_asked(make: Factory) -> None:
    spoken_for, _ = union_with_delegate(make)
    silent, person = make.organisation(Category.UNION), make.person()
    make.mandate(person, silent, ends_on=clock.today() - timedelta(days=1))
    make.delegate(Category.SOCIAL_COOP)
    assert asked(make) == {spoken_for.id}


def test_without_mandates_every_union_is_asked(make: Factory) -> None:
    unions = {make.organisation(Category.UNION).id for _ in range(2)}
    make.organisation(Category.APS)
    assert asked(make) == unions


def test_where_there_is_no_union_the_outcome_goes_on_at_once(make: Factory) -> None:
    outcome = make.outcome()
    assert (outcome.parties, outcome.state) == ([], OutcomeState.CLOSED)
    with make.session() as session:
        entries = log.read_stream(session, f"outcome:{outcome.id}")
    assert [entry.kind for entry in entries] == ["outcome.opened", "outcome.closed"]


def test_a_union_signs_over_the_digest(board: Board) -> None:
    party = board.answer(sign_outcome)
    assert (party.answer, party.note) == (Answer.SIGNED, None)
    assert (party.digest, party.method) == (board.outcome.digest, "reauthenticated")
    assert party.answered_at is not None
    assert board.kinds() == ["outcome.opened", "outcome.signed"]
    assert board.outcome.state is OutcomeState.SIGNING


def test_a_note_and_a_reason_are_kept_beside_the_log(board: Board) -> None:
    board.answer(sign_outcome_with_note, note="With reserve on costs.")
    board.answer(decline_outcome, union=1, reason="No jobs in it.")
    notes = {party.answer: party.note for party in board.outcome.parties}
    assert notes == {
        Answer.SIGNED_WITH_NOTE: "With reserve on costs.",
        Answer.DECLINED: "No jobs in it.",
    }
    with board.make.session() as session:
        stored = session.scalars(select(log.EntryRow.data)).all()
    assert "reserve" not in str(stored)


@pytest.mark.parametrize(
    ("command", "words"),
    [(sign_outcome_with_note, {"note": "  "}), (decline_outcome, {"reason": ""})],
)
def test_a_note_and_a_reason_are_required(
    board: Board, command: Callable[..., Any], words: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as refused:
        board.answer(command, **words)
    assert list(refused.value.fields) == ["note"]


def test_a_wrong_password_signs_nothing(board: Board) -> None:
    with pytest.raises(Invalid) as refused:
        board.answer(sign_outcome, signature=board.signature(password="not this one"))
    assert list(refused.value.fields) == ["password"]
    assert board.kinds() == ["outcome.opened"]


def test_another_document_than_the_one_shown_is_not_signed(board: Board) -> None:
    with pytest.raises(Conflict, match="read it again"):
        board.answer(sign_outcome, signature=board.signature(digest="0" * 64))
    assert board.outcome.parties[0].answer is None


def test_an_organisation_answers_once(board: Board) -> None:
    board.answer(sign_outcome)
    with pytest.raises(Conflict, match="already"):
        board.answer(decline_outcome, reason="We think again.")
    assert board.outcome.parties[0].answer is Answer.SIGNED


def test_nobody_answers_for_another_union(board: Board) -> None:
    with pytest.raises(NotAllowed, match="mandate"):
        board.answer(sign_outcome, union=0, signature=board.signature(1))


def test_an_organisation_that_is_not_asked_does_not_answer(board: Board) -> None:
    union, person = union_with_delegate(board.make)
    board.unions.append(union)
    board.delegates.append(board.make.actor(person))
    with pytest.raises(NotAllowed, match="not asked"):
        board.answer(sign_outcome, union=2)


def test_a_mandate_that_has_ended_does_not_count(board: Board) -> None:
    """The actor may be out of date, so the command checks the mandate itself."""
    person_id = board.delegates[0].person_id or 0
    yesterday = clock.today() - timedelta(days=1)
    with board.make.database.transaction(board.make.holder(Role.PLAN_OFFICE)) as tx:
        (mandate,) = valid_mandates(tx.session, person_id, at=clock.now())
        end_mandate(tx, mandate_id=mandate.id, ends_on=yesterday)
    with pytest.raises(NotAllowed, match="mandate"):
        board.answer(sign_outcome)
    with board.make.session() as session:
        person = session.get_one(Mandate, mandate.id).person
    board.delegates[0] = board.make.actor(person)
    with pytest.raises(NotAllowed, match="delegate of a union"):
        board.answer(sign_outcome)


@pytest.mark.parametrize("command", [sign_outcome, sign_outcome_with_note, decline_outcome])
def test_only_delegates_of_unions_answer(board: Board, command: Callable[..., Any]) -> None:
    words = {sign_outcome_with_note: {"note": "x"}, decline_outcome: {"reason": "x"}}
    for who in (board.make.citizen(), board.make.holder(Role.PLAN_OFFICE), board.make.delegate()):
        board.delegates[0] = who
        with pytest.raises(NotAllowed):
            board.answer(command, **words.get(command, {}))


def test_when_all_have_answered_the_outcome_closes_in_the_same_transaction(board: Board) -> None:
    board.answer(decline_outcome, reason="No jobs in it.")
    assert board.outcome.state is OutcomeState.SIGNING
    with board.make.database.transaction(board.delegates[1]) as tx:
        sign_outcome(tx, signature=board.signature(1))
    kinds = [entry.kind for entry in tx.entries]
    assert kinds == ["outcome.signed", "outcome.closed", "document.registered"]
    assert board.outcome.state is OutcomeState.CLOSED
    assert board.outcome.closed_at == board.outcome.parties[1].answered_at


def test_a_majority_closes_before_the_rest_has_answered(make: Factory) -> None:
    board = three_by_majority(make)
    board.answer(decline_outcome, union=0, reason="No.")
    board.answer(sign_outcome, union=1)
    assert board.outcome.state is OutcomeState.SIGNING
    board.answer(sign_outcome_with_note, union=2, note="With reserve.")
    assert board.outcome.state is OutcomeState.CLOSED


def test_after_closing_nobody_answers(make: Factory) -> None:
    board = three_by_majority(make)
    for union in (0, 1):
        board.answer(sign_outcome, union=union)
    with pytest.raises(Conflict, match="over"):
        board.answer(sign_outcome, union=2)


@pytest.mark.parametrize(
    ("answers", "all_answered", "majority"),
    [
        ([None, None], False, False),
        ([Answer.SIGNED, None], False, False),
        ([Answer.SIGNED, Answer.DECLINED], True, True),
        ([Answer.SIGNED, Answer.SIGNED_WITH_NOTE, None], False, True),
        ([Answer.DECLINED, Answer.DECLINED, None], False, True),
        ([Answer.DECLINED, Answer.SIGNED, None], False, False),
        ([Answer.SIGNED, Answer.SILENT, None], False, False),
    ],
)
def test_the_rules(answers: list[Answer | None], all_answered: bool, majority: bool) -> None:
    parties = [Party(answer=answer) for answer in answers]
    assert is_met(SignOffRule.ALL_ANSWERED, parties, [1, 2]) is all_answered
    assert is_met(SignOffRule.MAJORITY_SIGNED, parties, [1, 2]) is majority
    assert not is_met(SignOffRule.DEADLINE, parties, [1, 2])


def test_a_majority_is_counted_for_each_conclusion() -> None:
    """Two of three signed the first conclusion; of the second it is still open."""
    declines = [ItemAnswer(item_id=2, answer=Answer.DECLINED, note="No.")]
    parties = [
        Party(answer=Answer.SIGNED),
        Party(answer=Answer.SIGNED, otherwise=declines),
        Party(answer=None),
    ]
    assert is_met(SignOffRule.MAJORITY_SIGNED, parties, [1])
    assert not is_met(SignOffRule.MAJORITY_SIGNED, parties, [1, 2])


@pytest.mark.parametrize("rule", SignOffRule)
def test_where_nobody_is_asked_every_rule_is_met(rule: SignOffRule) -> None:
    assert is_met(rule, [], [1])


def test_every_rule_and_every_way_to_sign_is_registered() -> None:
    assert set(RULES) == set(SignOffRule)
    assert all(method.name == name for name, method in METHODS.items())
