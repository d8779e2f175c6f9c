"""Two acts about one person, link or text in the same moment: one is done, the other is told why.

On real commits, so that locks and indexes answer, and not the tests' one connection.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, text

from consultazione.comments.commands.writing import write_comment
from consultazione.comments.models import Comment, Position
from consultazione.comments.queries import get_comment
from consultazione.core import clock
from consultazione.core.actor import SYSTEM, VISITOR, Actor, Role
from consultazione.core.errors import Conflict, NotFound, Refusal
from consultazione.core.incoming.uploads import StoredFile
from consultazione.core.mail.outbox import Mail
from consultazione.moderation.commands.appealing import decide_appeal
from consultazione.moderation.commands.ruling import undo_ruling
from consultazione.moderation.models import Outcome
from consultazione.notices.commands.following import follow, unfollow
from consultazione.notices.commands.mailing import owe_notice_mails
from consultazione.notices.models import Channel, Follow, Notice, SubjectKind
from consultazione.people.commands.password_links import make_password_link, use_password_link
from consultazione.people.credentials.new_password import choose_password
from consultazione.people.models import Category, Organisation, Person
from consultazione.people.queries import actor_of
from consultazione.people.second_step.codes import recovery_digest
from consultazione.people.second_step.commands.signing_in import finish_sign_in
from consultazione.people.second_step.first_step import first_step_of
from consultazione.people.second_step.models import RecoveryCode, SecondStep
from consultazione.people.second_step.proofs import CodeProof, RecoveryProof, SecondProof
from consultazione.privacy.commands.leaving import LEAVING, delete_own_account
from consultazione.privacy.commands.settings import change_privacy
from consultazione.privacy.models import LeftTexts
from consultazione.proposals.amendments.commands import accept_amendment
from consultazione.proposals.commands.editing import edit_proposal
from consultazione.proposals.lineage.commands import merge_proposal
from consultazione.tables.accrediting.commands import (
    apply_for_accreditation,
    grant_accreditation,
    refuse_accreditation,
)
from tests.support.at_once import at_once
from tests.support.factories import Factory
from tests.support.final_commits import final_commits
from tests.support.moderating import Desk
from tests.support.proofs import proof_again
from tests.support.proposal_things import amendment
from tests.support.waiting import wait_until

ROUNDS = 4


@pytest.fixture
def real(engine: Engine) -> Iterator[Factory]:
    """A factory on a database whose commits are real."""
    with final_commits(engine) as database:
        make = Factory(database)
        assert make.cycle
        yield make


def settled(told: list[Any], *refusals: type[Refusal]) -> None:
    """Exactly one was done, and the other was refused in one of these ways."""
    refused = [one for one in told if isinstance(one, Refusal)]
    assert len(refused) == len(told) - 1, told
    assert all(isinstance(one, refusals) for one in refused), refused


def chosen(secret: str) -> dict[str, Any]:
    """What the command of a password link takes."""
    password = choose_password(
        "quattro parole messe in fila", display_name="Anna", email="", field="password"
    )
    return {"secret": secret, "new_password": password}


def test_a_link_for_the_password_serves_once(real: Factory) -> None:
    person = real.person()
    with real.database.transaction(SYSTEM) as tx:
        secret = make_password_link(tx, zone_id=None, person_id=person.id)
    act = (use_password_link, VISITOR, chosen(secret))
    settled(at_once(real, act, act, act), NotFound)


def _by_code(_make: Factory, person: Person) -> SecondProof:
    return CodeProof(person.id, 7, b"sealed")


def _by_recovery_code(_make: Factory, person: Person) -> SecondProof:
    return RecoveryProof(person.id, recovery_digest("abcd"))


@pytest.mark.parametrize("prove", [_by_code, _by_recovery_code])
def test_a_code_signs_in_once(
    real: Factory, prove: Callable[[Factory, Person], SecondProof]
) -> None:
    person = real.person()
    with real.database.transaction(SYSTEM) as tx:
        step = SecondStep(person_id=person.id, secret=b"sealed", used_step=0, since=tx.now)
        tx.session.add_all(
            [step, RecoveryCode(digest=recovery_digest("abcd"), person_id=person.id)]
        )
    given = {"first": first_step_of(person), "second": prove(real, person), "device": "Prova"}
    act = (finish_sign_in, VISITOR, given)
    settled(at_once(real, act, act, act), Conflict)


def test_following_and_following_no_more_leave_one_row(real: Factory) -> None:
    who, table = real.citizen(), real.table()
    given = {"kind": SubjectKind.TABLE, "subject_id": table.id}
    for _round in range(ROUNDS):
        told = at_once(real, *((act, who, given) for act in (follow, unfollow, follow)))
        assert not [one for one in told if isinstance(one, Refusal)]
    with real.session() as session:
        assert session.scalar(select(func.count()).select_from(Follow)) == 1


def author_of(make: Factory, proposal: Any) -> Actor:
    """Who wrote a proposal."""
    with make.session() as session:
        return actor_of(session, proposal.author_id)


def test_an_amendment_is_accepted_once(real: Factory) -> None:
    proposal = real.proposal()
    made = amendment(real, proposal)
    act = (accept_amendment, author_of(real, proposal), {"amendment_id": made.id, "version": 1})
    settled(at_once(real, act, act), Conflict)


def test_what_is_merged_is_not_changed_beside_it(real: Factory) -> None:
    table = real.table()
    proposal, into = real.proposal(table), real.proposal(table)
    merge = {"proposal_id": proposal.id, "into_id": into.id, "reason": "Dicono lo stesso."}
    edit = {
        "proposal_id": proposal.id, "version": 1, "title": "Un altro titolo",
        "body": "Un altro testo.", "reason": "Più chiaro.",
    }  # fmt: skip
    told = at_once(
        real,
        (merge_proposal, real.holder(Role.FACILITATOR), merge),
        (edit_proposal, author_of(real, proposal), edit),
    )
    refused = [one for one in told if isinstance(one, Refusal)]
    assert all(isinstance(one, Conflict) for one in refused)
    assert len(refused) <= 1


def test_an_application_is_decided_once(real: Factory) -> None:
    file = StoredFile(name="statuto.pdf", media_type="application/pdf", size=9, sha256="0" * 64)
    with real.database.transaction(real.citizen()) as tx:
        asked = apply_for_accreditation(
            tx, cycle_id=real.cycle.id, name="Associazione di prova", category=Category.APS,
            office="Presidente", file=file,
        )  # fmt: skip
    office, at = real.holder(Role.ADMINISTRATOR), {"application_id": asked.id}
    grant = {**at, "name": "Associazione di prova", "category": Category.APS}
    told = at_once(
        real,
        (grant_accreditation, office, grant),
        (grant_accreditation, real.holder(Role.PLAN_OFFICE), grant),
        (refuse_accreditation, office, {**at, "reason": "Manca lo statuto."}),
    )
    settled(told, Conflict)
    with real.session() as session:
        named = session.scalars(select(Organisation).filter_by(name="Associazione di prova")).all()
    assert len(named) == (0 if told.index(done(told)) == 2 else 1)


def done(told: list[Any]) -> Any:
    """The answer of the one that was done."""
    (found,) = [one for one in told if not isinstance(one, Refusal)]
    return found


def test_an_appeal_is_decided_or_its_ruling_is_taken_back(real: Factory) -> None:
    desk = Desk(real)
    desk.report()
    ruling = desk.rule()
    desk.appeal(ruling)
    decide = {"ruling_id": ruling.id, "outcome": Outcome.OVERTURNED, "reason": "Era giusto."}
    undo = {"ruling_id": ruling.id, "reason": "Ho sbagliato."}
    told = at_once(
        real,
        (decide_appeal, desk.second, decide),
        (decide_appeal, real.holder(Role.ADMINISTRATOR), decide),
        (undo_ruling, desk.first, undo),
    )
    settled(told, Conflict)


def test_notices_are_mailed_once_by_two_jobs_at_once(real: Factory) -> None:
    people = [real.person() for _number in range(12)]
    earlier = clock.now() - timedelta(days=2)
    with real.database.transaction(SYSTEM) as tx:
        tx.session.add_all(
            Notice(
                person_id=person.id, topic="sitting_tomorrow", subject_id=number,
                due_on=clock.today(), made_at=earlier, channel=Channel.DAILY,
            )
            for person in people
            for number in range(1, 4)
        )  # fmt: skip
    act: Any = (owe_notice_mails, SYSTEM, {})
    at_once(real, act, act, act)
    with real.database.transaction(SYSTEM) as tx:
        owe_notice_mails(tx)
    with real.session() as session:
        rows = session.scalars(select(Notice)).all()
        mails = dict(session.execute(select(Mail.id, Mail.person_id)).all())
    assert all(row.mail_id is not None and mails[row.mail_id] == row.person_id for row in rows)
    assert {row.mail_id for row in rows} == set(mails)


def test_what_is_written_while_an_account_goes_goes_with_it(real: Factory, engine: Engine) -> None:
    who, first, second = real.citizen(), real.proposal(), real.proposal()
    real.comment(first, who)
    with real.database.transaction(real.holder(Role.ADMINISTRATOR)) as tx:
        change_privacy(
            tx, zone_id=real.zone.id, left_texts=LeftTexts.ERASE, mail_days=30, security_days=180,
            link_days=1, job_days=30,
        )  # fmt: skip
    proof = proof_again(real.database, who.person_id, LEAVING)
    said = {"proposal_id": second.id, "position": Position.NEUTRAL, "body": "Scritto adesso."}

    def leave() -> None:
        with real.database.transaction(who) as tx:
            delete_own_account(tx, proof=proof)

    with ThreadPoolExecutor(1) as pool:
        with real.database.transaction(who) as tx:
            written = write_comment(tx, **said)
            leaving = pool.submit(leave)
            wait_until(lambda: leaving.done() or _waits(engine), within=60, what="who leaves")
            assert not leaving.done()
        leaving.result(60)
    with real.session() as session:
        assert get_comment(session, written.id).is_erased


def _waits(engine: Engine) -> bool:
    """Whether somebody waits for a lock."""
    waiting = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    with engine.connect() as connection:
        return bool(connection.scalar(waiting))


def test_comments_at_once_are_all_kept(real: Factory) -> None:
    """The control: the others are refused because they must be, and not because they meet."""
    proposal, who = real.proposal(), real.citizen()
    said = {"proposal_id": proposal.id, "position": Position.NEUTRAL}
    acts = [(write_comment, who, {**said, "body": f"Testo {n}."}) for n in range(3)]
    told = at_once(real, *acts)
    assert all(isinstance(one, Comment) for one in told)
