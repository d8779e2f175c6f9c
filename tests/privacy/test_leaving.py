"""Deleting one's own account: what goes, what stays, and that the log verifies."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from consultazione.comments.queries import get_comment
from consultazione.core.actor import Actor, Role
from consultazione.core.audit import state_faults
from consultazione.core.log.verify import verify_stream
from consultazione.core.revisions import Revision
from consultazione.people.commands.accounts import change_own_name
from consultazione.people.models import Mandate, Person, SignIn
from consultazione.privacy.collecting import collected
from consultazione.privacy.commands.leaving import DEPARTED
from consultazione.privacy.commands.settings import change_privacy
from consultazione.privacy.models import LeftTexts
from consultazione.proposals.models import ProposalState
from consultazione.proposals.queries import get_proposal
from consultazione.tables.events import table_stream
from tests.support.factories import PASSWORD, Factory
from tests.support.moderating import Desk
from tests.support.private_things import private_things

PAGE = "/profilo/cancella-account"
SENT = {"password": PASSWORD, "understood": "yes"}


def set_rule(make: Factory, rule: LeftTexts) -> None:
    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        change_privacy(
            tx, zone_id=make.zone.id, left_texts=rule, mail_days=30, security_days=180,
            link_days=1, job_days=30,
        )  # fmt: skip


def leave(client: FlaskClient, make: Factory, who: Actor) -> None:
    make.sign_in(client, who)
    assert client.post(PAGE, data=SENT).status_code == 302


def test_a_name_goes_and_what_was_written_stays(client: FlaskClient, make: Factory) -> None:
    desk = Desk(make)
    with make.database.transaction(desk.author) as tx:
        change_own_name(tx, display_name="Anna Di Prima")
    leave(client, make, desk.author)
    assert client.get("/profilo").status_code == 302
    page = client.get(f"/proposte/{desk.proposal.id}").text
    assert (DEPARTED in page, "Parole cattive." in page) == (True, True)
    with make.session() as session:
        person = session.get_one(Person, desk.author.person_id)
        assert (person.email, person.password_hash, person.display_name) == (None, None, DEPARTED)
        assert session.scalars(select(SignIn).filter_by(person_id=person.id)).all() == []
        kept = select(Revision).filter_by(subject="person", subject_id=person.id)
        assert "Anna" not in str([(one.was, one.now) for one in session.scalars(kept)])
        assert list(state_faults(session)) == []
        assert list(verify_stream(session, table_stream(desk.table.id))) == []


def test_comments_go_where_the_zone_says_so(client: FlaskClient, make: Factory) -> None:
    desk = Desk(make)
    set_rule(make, LeftTexts.ERASE)
    make.sign_in(client, desk.author)
    assert "Le osservazioni vengono cancellate" in client.get(PAGE).text
    leave(client, make, desk.author)
    with make.session() as session:
        assert get_comment(session, desk.comment.id).is_erased
        assert get_proposal(session, desk.proposal.id).state is ProposalState.WITHDRAWN
        assert list(state_faults(session)) == []
        assert list(verify_stream(session, table_stream(desk.table.id))) == []


def test_mandates_end_first(client: FlaskClient, make: Factory) -> None:
    delegate = make.delegate()
    make.sign_in(client, delegate)
    assert "finisce oggi" in client.get(PAGE).text
    leave(client, make, delegate)
    with make.session() as session:
        mandate = session.scalars(select(Mandate).filter_by(person_id=delegate.person_id)).one()
        assert mandate.ended_at is not None
        assert list(state_faults(session)) == []


def test_a_role_is_taken_back_first(client: FlaskClient, make: Factory) -> None:
    facilitator = make.holder(Role.FACILITATOR, make.table().id)
    make.sign_in(client, facilitator)
    assert "Hai ancora un ruolo" in client.get(PAGE).text
    refused = client.post(PAGE, data=SENT)
    assert refused.status_code == 422
    with make.session() as session:
        assert session.get_one(Person, facilitator.person_id).email is not None


def test_what_is_nobody_elses_goes(client: FlaskClient, make: Factory) -> None:
    """Of two who have the same, what the one has goes, and the other's stays."""
    who, other = make.citizen(), make.citizen()
    private = {"proposal_draft", "opinion_answer", "follow", "notice_setting", "calendar_address"}
    for one in (who, other):
        private_things(make, one)
        assert private <= tables_about(make, one)
    leave(client, make, who)
    assert private.isdisjoint(tables_about(make, who))
    assert private <= tables_about(make, other)
    with make.session() as session:
        assert list(state_faults(session)) == []


def tables_about(make: Factory, who: Actor) -> set[str]:
    with make.session() as session:
        return {found.table for found in collected(session, who.person_id or 0)}


@pytest.mark.parametrize("missing", ["password", "understood"])
def test_it_is_confirmed(client: FlaskClient, make: Factory, missing: str) -> None:
    who = make.citizen()
    make.sign_in(client, who)
    sent = {name: value for name, value in SENT.items() if name != missing}
    assert client.post(PAGE, data=sent).status_code == 422
    assert client.get("/profilo").status_code == 200
