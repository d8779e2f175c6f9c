"""Co-signers: invited, named beside the author, free to leave until the table admits the text."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from consultazione.core.actor import Actor, Role
from consultazione.core.errors import Conflict, NotAllowed
from consultazione.people.models import Category
from consultazione.people.queries import actor_of
from consultazione.proposals.commands.lifecycle import admit_proposal
from consultazione.proposals.commands.supporting import support_proposal
from consultazione.proposals.cosigners.commands import (
    decline_to_sign,
    invite_cosigner,
    sign_with_author,
    withdraw_cosigning,
)
from consultazione.proposals.cosigners.models import ProposalCosigner
from consultazione.proposals.cosigners.queries import has_signed, known_to_author, signers_of
from consultazione.proposals.models import Proposal
from consultazione.proposals.queries import support_by
from tests.support.factories import Factory
from tests.support.proposal_things import invitation


def author_of(make: Factory, proposal: Proposal) -> Actor:
    with make.session() as session:
        return actor_of(session, proposal.author_id)


def test_whoever_signs_is_named_and_supports_no_more(make: Factory) -> None:
    proposal, person = make.proposal(), make.person()
    who = make.actor(person)
    with make.database.transaction(who) as tx:
        support_proposal(tx, proposal_id=proposal.id)
    asked = invitation(make, proposal, person.email)
    with make.database.transaction(who) as tx:
        sign_with_author(tx, cosigner_id=asked.id)
    with make.session() as session:
        assert [one.person_id for one in signers_of(session, proposal.id)] == [person.id]
        assert support_by(session, person.id, proposal.id) is None
    with pytest.raises(Conflict, match="signed"), make.database.transaction(who) as tx:
        support_proposal(tx, proposal_id=proposal.id)


def test_nobody_decides_on_what_they_signed(make: Factory) -> None:
    proposal, person = make.proposal(), make.person()
    asked = invitation(make, proposal, person.email)
    with make.database.transaction(make.actor(person)) as tx:
        sign_with_author(tx, cosigner_id=asked.id)
    chair = make.holder(Role.FACILITATOR)
    with make.session() as session:
        assert not has_signed(session, proposal.id, chair.person_id)
        assert has_signed(session, proposal.id, person.id)


def test_a_signature_is_taken_back_until_the_table_admits_the_text(make: Factory) -> None:
    proposal, person = make.proposal(), make.person()
    asked, who = invitation(make, proposal, person.email), make.actor(person)
    with make.database.transaction(who) as tx:
        sign_with_author(tx, cosigner_id=asked.id)
    with make.database.transaction(make.holder(Role.FACILITATOR)) as tx:
        admit_proposal(tx, proposal_id=proposal.id)
    with pytest.raises(Conflict, match="admitted"), make.database.transaction(who) as tx:
        withdraw_cosigning(tx, cosigner_id=asked.id)
    other, friend = make.proposal(), make.person()
    asked = invitation(make, other, friend.email)
    with make.database.transaction(make.actor(friend)) as tx:
        sign_with_author(tx, cosigner_id=asked.id)
        withdraw_cosigning(tx, cosigner_id=asked.id)
    with make.session() as session:
        assert signers_of(session, other.id) == []


def test_any_delegate_answers_for_an_organisation_and_nobody_else(make: Factory) -> None:
    proposal, person = make.proposal(), make.person()
    organisation = make.organisation(Category.APS)
    with make.database.transaction(author_of(make, proposal)) as tx:
        invite_cosigner(tx, proposal_id=proposal.id, organisation_id=organisation.id)
        asked = tx.session.query(ProposalCosigner).one()
    with pytest.raises(NotAllowed), make.database.transaction(make.citizen()) as tx:
        sign_with_author(tx, cosigner_id=asked.id)
    mandate = make.mandate(person, organisation)
    with make.database.transaction(make.actor(person)) as tx:
        signed = sign_with_author(tx, cosigner_id=asked.id)
    assert (signed.person_id, signed.mandate_id) == (person.id, mandate.id)


def test_an_invitation_does_not_tell_who_has_an_account(make: Factory) -> None:
    proposal, person = make.proposal(), make.person()
    author = author_of(make, proposal)
    for email in (person.email or "", "nobody@example.org"):
        with make.database.transaction(author) as tx:
            invite_cosigner(tx, proposal_id=proposal.id, email=email)
    with make.session() as session:
        assert known_to_author(session, proposal.id) == []
        asked = session.query(ProposalCosigner).one()
    with make.database.transaction(make.actor(person)) as tx:
        decline_to_sign(tx, cosigner_id=asked.id)
    with make.session() as session:
        assert [one.person_id for one in known_to_author(session, proposal.id)] == [person.id]
        assert signers_of(session, proposal.id) == []


def test_pages_invite_and_answer(client: FlaskClient, make: Factory) -> None:
    proposal, person = make.proposal(), make.person()
    make.sign_in(client, author_of(make, proposal))
    answer = client.post(f"/proposte/{proposal.id}/cofirme", data={"email": person.email})
    assert answer.status_code == 302
    empty = client.post(f"/proposte/{proposal.id}/cofirme", data={})
    assert (empty.status_code, "Scrivi un indirizzo" in empty.text) == (422, True)
    make.sign_in(client, make.actor(person))
    assert "invitato a firmare" in client.get(make.here + "/").text
    page = client.get(f"/proposte/{proposal.id}").text
    url = page.partition('action="/cofirme/')[2].partition('"')[0]
    client.post(f"/cofirme/{url}")
    assert "Firmata anche da" in client.get(f"/proposte/{proposal.id}").text
