"""A text is reported once, somebody rules on it, and somebody else on appeal."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from consultazione.comments.queries import get_comment
from consultazione.core import clock
from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.audit import state_faults
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.core.log import read_stream
from consultazione.moderation.commands.appealing import appeal_ruling
from consultazione.moderation.commands.raising import raise_text
from consultazione.moderation.commands.reporting import report_text
from consultazione.moderation.commands.rules import change_moderation
from consultazione.moderation.commands.ruling import rule_on_text, undo_ruling
from consultazione.moderation.models import Action, Outcome, Signal, TextKind
from consultazione.moderation.queries import queue_of, waiting_cases
from consultazione.people.models import Person
from consultazione.proposals.cosigners.commands import sign_with_author
from consultazione.proposals.history import files_of, versions_of
from consultazione.proposals.queries import get_proposal
from consultazione.tables.events import table_stream
from tests.support.factories import Factory
from tests.support.moderating import Desk
from tests.support.proposal_things import invitation

KINDS = (TextKind.PROPOSAL, TextKind.COMMENT)


@pytest.fixture
def desk(make: Factory) -> Desk:
    return Desk(make)


def is_shown(desk: Desk, kind: TextKind) -> bool:
    """Whether readers find the words of the author's text."""
    with desk.make.session() as session:
        if kind is TextKind.PROPOSAL:
            proposal = get_proposal(session, desk.proposal.id)
            return "cattiv" in proposal.title + proposal.body
        return get_comment(session, desk.comment.id).is_shown


def test_a_text_is_reported_once_a_person_and_nobody_is_named(desk: Desk) -> None:
    desk.report()
    with pytest.raises(Conflict, match="already"):
        desk.report()
    desk.report(desk.make.citizen())
    with pytest.raises(NotAllowed, match="wrote"):
        desk.report(desk.author)
    with desk.make.session() as session:
        (waiting,) = waiting_cases(session, [desk.table.id], limit=9)
        entries = read_stream(session, table_stream(desk.table.id))
    assert (waiting.reports, list(waiting.rules)) == (2, ["insult"])
    reported = [entry for entry in entries if entry.kind == "text.reported"]
    assert [entry.actor_id for entry in reported] == [None, None]


def test_a_rule_of_another_zone_is_none(desk: Desk) -> None:
    with desk.make.database.transaction(desk.reader) as tx, pytest.raises(Invalid):
        report_text(tx, **desk.place(TextKind.COMMENT), rule="zone.99")


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_is_hidden_and_shown_again_on_appeal(desk: Desk, kind: TextKind) -> None:
    desk.report(kind=kind)
    ruling = desk.rule(kind=kind)
    assert ruling.role is Role.FACILITATOR
    assert not is_shown(desk, kind)
    desk.appeal(ruling)
    with pytest.raises(NotAllowed, match="somebody else"):
        desk.decide(ruling, Outcome.OVERTURNED, desk.first)
    desk.decide(ruling, Outcome.OVERTURNED)
    assert is_shown(desk, kind)
    with pytest.raises(Conflict, match="no appeal"):
        desk.decide(ruling, Outcome.UPHELD)
    with desk.make.session() as session:
        assert list(state_faults(session)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_an_appeal_that_is_upheld_leaves_it_hidden(desk: Desk, kind: TextKind) -> None:
    ruling = desk.rule(kind=kind)
    desk.appeal(ruling)
    desk.decide(ruling, Outcome.UPHELD)
    assert not is_shown(desk, kind)
    with desk.make.session() as session:
        assert list(state_faults(session)) == []


def test_a_hidden_proposal_says_nothing_of_before(desk: Desk) -> None:
    desk.rule(kind=TextKind.PROPOSAL)
    with desk.make.session() as session:
        assert files_of(session, desk.proposal.id) == []
        with pytest.raises(NotFound, match="hidden"):
            versions_of(session, desk.proposal.id)


def test_a_ruling_is_taken_back(desk: Desk) -> None:
    ruling = desk.rule()
    with desk.make.database.transaction(desk.second) as tx:
        undo_ruling(tx, ruling_id=ruling.id, reason="Ho letto male il testo.")
    assert is_shown(desk, TextKind.COMMENT)
    with pytest.raises(Conflict, match="taken back"):
        desk.appeal(ruling)


def test_nobody_rules_on_their_own_words(desk: Desk) -> None:
    comment = desk.make.comment(desk.proposal, desk.first)
    with desk.make.database.transaction(desk.first) as tx, pytest.raises(NotAllowed):
        rule_on_text(
            tx, kind=TextKind.COMMENT, text_id=comment.id, action=Action.LEAVE, reason="Va bene."
        )


def test_nobody_rules_on_what_they_signed_with_the_author(desk: Desk) -> None:
    asked = invitation(desk.make, desk.proposal, email_of(desk, desk.first))
    with desk.make.database.transaction(desk.first) as tx:
        sign_with_author(tx, cosigner_id=asked.id)
    with pytest.raises(NotAllowed, match="signed"):
        desk.rule(kind=TextKind.PROPOSAL)
    ruling = desk.rule(kind=TextKind.PROPOSAL, who=desk.second)
    desk.appeal(ruling)
    with pytest.raises(NotAllowed, match="signed"):
        desk.decide(ruling, Outcome.OVERTURNED, desk.first)


def email_of(desk: Desk, who: Actor) -> str:
    """The address of somebody."""
    with desk.make.session() as session:
        return session.get_one(Person, who.person_id).email or ""


def test_whoever_does_something_names_a_rule(desk: Desk) -> None:
    with desk.make.database.transaction(desk.first) as tx, pytest.raises(Invalid) as refused:
        rule_on_text(
            tx, **desk.place(TextKind.COMMENT), action=Action.HIDE, reason="Senza una regola."
        )
    assert "rule" in refused.value.fields


def test_only_who_moderates_the_table_rules(desk: Desk) -> None:
    elsewhere = desk.make.holder(Role.FACILITATOR, desk.make.table().id)
    for who in (elsewhere, desk.reader):
        with pytest.raises(NotAllowed):
            desk.rule(who=who)


def test_the_last_day_for_an_appeal_counts(desk: Desk) -> None:
    ruling = desk.rule()
    assert ruling.appeal_until == clock.today() + timedelta(days=30)
    with pytest.raises(NotAllowed), desk.make.database.transaction(desk.reader) as tx:
        appeal_ruling(tx, ruling_id=ruling.id, words="Non è giusto così.")
    with time_machine.travel(clock.now() + timedelta(days=31)), pytest.raises(Conflict):
        desk.appeal(ruling)


def test_the_queue_counts_what_waits_for_a_person(desk: Desk) -> None:
    desk.report()
    ruling = desk.rule(kind=TextKind.PROPOSAL)
    desk.appeal(ruling)
    with desk.make.session() as session:
        of_first = queue_of(session, [desk.table.id], person_id=desk.first.person_id or 0)
        of_second = queue_of(session, [desk.table.id], person_id=desk.second.person_id or 0)
    assert (of_first.cases, of_first.appeals) == (1, 0)
    assert (of_second.cases, of_second.appeals) == (1, 1)


def test_an_erased_comment_is_gone_for_good(desk: Desk) -> None:
    administrator = desk.make.holder(Role.ADMINISTRATOR)
    with pytest.raises(NotAllowed):
        desk.rule(Action.ERASE)
    ruling = desk.rule(Action.ERASE, who=administrator)
    assert ruling.appeal_until is None
    with desk.make.session() as session:
        assert get_comment(session, desk.comment.id).is_erased
    with pytest.raises(Conflict, match="no appeal"):
        desk.appeal(ruling)


@pytest.mark.parametrize(
    ("body", "signal"),
    [
        ("Guardate " + "https://example.org " * 4, Signal.LINKS),
        ("Questa e una PAROLÀCCIA.", Signal.WORDS),
        ("Un altro testo. " * 6, Signal.COPY),
    ],
)
def test_a_striking_text_comes_into_the_queue_and_stays(
    desk: Desk, body: str, signal: Signal
) -> None:
    with desk.make.database.transaction(desk.make.holder(Role.ADMINISTRATOR)) as tx:
        change_moderation(
            tx, zone_id=desk.make.zone.id, appeal_days=30, review_days=15, words="parolaccia"
        )
    desk.make.comment(desk.proposal, desk.reader, body="Un altro testo. " * 6 + "Sì.")
    comment = desk.make.comment(desk.proposal, desk.reader, body=body)
    quiet = desk.make.comment(desk.proposal, desk.reader, body="Sono d’accordo.")
    with desk.make.database.transaction(SYSTEM) as tx:
        case = raise_text(tx, kind=TextKind.COMMENT, text_id=comment.id)
        assert raise_text(tx, kind=TextKind.COMMENT, text_id=quiet.id) is None
    assert case is not None
    assert case.signals == [signal]
    with desk.make.session() as session:
        assert get_comment(session, comment.id).is_shown
