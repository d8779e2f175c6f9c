"""Two accounts of one human are joined by two administrators, with all that they did."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.audit import differences
from consultazione.core.errors import Conflict, Invalid, NotAllowed
from consultazione.people.commands.accounts import check_may_enter
from consultazione.people.gateway.linking import link
from consultazione.people.gateway.queries import identity_of
from consultazione.people.gateway.subjects import Subject
from consultazione.people.merging.models import Merge
from consultazione.people.models import Person
from consultazione.people.queries import actor_of, find_person
from consultazione.proposals.commands.supporting import support_proposal
from consultazione.proposals.models import Proposal, Support
from consultazione.sittings.doubles.commands import confirm_merge, propose_merge, turn_merge_down
from consultazione.sittings.polls.commands.ballots import cast_ballot
from consultazione.sittings.polls.commands.polls import open_poll
from tests.support.factories import Factory


@pytest.fixture
def office(make: Factory) -> list[Actor]:
    """Two administrators, neither of whom has the role from the other."""
    return [make.holder(Role.ADMINISTRATOR) for _ in range(2)]


def propose(make: Factory, who: Actor, double: Person, kept: Person) -> int:
    with make.database.transaction(who) as tx:
        return propose_merge(
            tx, zone_id=make.zone.id, double_id=double.id, kept_id=kept.id, reason="L'ha detto."
        ).id


def confirm(make: Factory, who: Actor, merge_id: int) -> None:
    with make.database.transaction(who) as tx:
        confirm_merge(tx, zone_id=make.zone.id, merge_id=merge_id)


def test_what_the_double_did_is_shown_under_the_other_and_counted_once(
    make: Factory, client: FlaskClient, office: list[Actor]
) -> None:
    double, kept = make.person(display_name="A. Rossi"), make.person(display_name="Anna Rossi")
    mine, theirs = make.proposal(author=make.actor(double)), make.proposal()
    for who in (double, kept):
        with make.database.transaction(make.actor(who)) as tx:
            support_proposal(tx, proposal_id=theirs.id)
    spid = Subject((b"a digest of thirty-two bytes, yes",), level=2)
    with make.database.transaction(SYSTEM) as tx:
        link(tx, tx.session.get_one(Person, double.id), spid)
    merge_id = propose(make, office[0], double, kept)
    with pytest.raises(Conflict, match="second administrator"):
        confirm(make, office[0], merge_id)
    confirm(make, office[1], merge_id)
    page = client.get(f"/proposte/{mine.id}").text
    assert "Anna Rossi" in page
    assert "A. Rossi" not in page
    assert client.get(f"/api/v1/proposals/{mine.id}").get_json()["author"] == "Anna Rossi"
    with make.session() as session:
        with pytest.raises(NotAllowed, match="joined to your other one"):
            check_may_enter(session.get_one(Person, double.id))
        assert session.get_one(Proposal, theirs.id).supports == 1
        supporters = session.scalars(select(Support.person_id).filter_by(proposal_id=theirs.id))
        assert supporters.all() == [kept.id]
        assert not actor_of(session, double.id).is_signed_in
        assert find_person(session, double.email or "") is None
        assert identity_of(session, double.id) is None
        named = select(Person.shown_name).where(Person.id == double.id)
        assert session.scalar(named) == "Anna Rossi"
    with make.session() as session:
        assert list(differences(session)) == []


def test_it_is_refused_while_it_would_change_a_vote_or_a_right(
    make: Factory, office: list[Actor]
) -> None:
    double, kept = make.person(), make.person()
    with pytest.raises(Invalid):
        propose(make, office[0], double, double)
    delegate = make.person()
    make.mandate(delegate, make.organisation())
    with pytest.raises(Conflict, match="role or a mandate"):
        propose(make, office[0], delegate, kept)
    sitting = make.sitting()
    chair = make.presided(sitting)
    voters = [make.present(sitting, make.actor(one)) for one in (double, kept)]
    with make.database.transaction(chair) as tx:
        poll = open_poll(tx, sitting_id=sitting.id, question="Va bene?")
    for voter in voters:
        with make.database.transaction(voter) as tx:
            cast_ballot(tx, poll_id=poll.id, choice="yes")
    with pytest.raises(Conflict, match="still open"):
        propose(make, office[0], double, kept)


def test_it_is_turned_down_and_proposed_once_at_a_time(make: Factory, office: list[Actor]) -> None:
    double, kept = make.person(), make.person()
    merge_id = propose(make, office[0], double, kept)
    with pytest.raises(Conflict):
        propose(make, office[1], double, kept)
    with make.database.transaction(office[0]) as tx:
        turn_merge_down(tx, zone_id=make.zone.id, merge_id=merge_id)
    merge_id = propose(make, office[1], double, kept)
    confirm(make, office[0], merge_id)
    with pytest.raises(Conflict, match="joined with another"):
        propose(make, office[0], double, make.person())
    with pytest.raises(Conflict, match="joined with another"):
        propose(make, office[0], make.person(), double)


def test_the_pages(make: Factory, client: FlaskClient, office: list[Actor]) -> None:
    double, kept = make.person(), make.person()
    make.sign_in(client, office[0])
    form = {"email": kept.email, "reason": "Si è presentata al banco."}
    sent = client.post(f"/amministrazione/persone/{double.id}/unisci", data=form)
    assert sent.status_code == 302
    assert "Si è presentata" in client.get(sent.location).text
    with make.session() as session:
        merge_id = session.scalars(select(Merge.id)).one()
    make.sign_in(client, office[1])
    assert client.post(f"{sent.location}/{merge_id}/conferma").status_code == 302
    page = client.get(f"/amministrazione/persone/{double.id}").text
    assert kept.display_name in page
