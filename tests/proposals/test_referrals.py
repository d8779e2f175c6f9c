"""A proposal is forwarded to a body: it stays, and its table answers it no more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from consultazione.core import clock
from consultazione.core.actor import Role
from consultazione.core.errors import Conflict, Invalid, NotAllowed
from consultazione.notices.models import SubjectKind
from consultazione.plan.fates import fate_of
from consultazione.proposals.answers.waiting import waiting
from consultazione.proposals.commands.hiding import hide_proposal
from consultazione.proposals.queries import get_proposal
from consultazione.proposals.referrals.commands import (
    add_receiving_body,
    record_body_reply,
    refer_proposal,
    retire_receiving_body,
)
from consultazione.proposals.referrals.models import ReceivingBody
from tests.support.factories import Factory
from tests.support.proposal_things import prepared_answer, published_answer
from tests.support.told import Told

WHY = "Riguarda la linea del treno."
ADDRESS = "PEC: mobilita@example.org"


def body(make: Factory, name: str = "Regione, Settore mobilità") -> ReceivingBody:
    """A body of the zone's list."""
    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        return add_receiving_body(tx, zone_id=make.zone.id, name=name, address=ADDRESS)


def test_it_keeps_its_place_and_waits_no_more(client: FlaskClient, make: Factory) -> None:
    author, receiver, told = make.citizen(), body(make), Told(make.database)
    proposal = make.proposal(author=author)
    told.follow(author, SubjectKind.PROPOSAL, proposal.id)
    chair = prepared_answer(make, proposal)
    make.sign_in(client, chair)
    at = f"/proposte/{proposal.id}"
    assert ADDRESS in client.get(f"{at}/inoltra-a-un-ente").text
    sent = {"receiving_body_id": receiver.id, "reason": WHY}
    assert client.post(f"{at}/inoltra-a-un-ente", data=sent).status_code == 302
    assert client.post(f"{at}/inoltra-a-un-ente", data=sent).status_code == 422
    page = client.get(at).text
    assert receiver.name in page
    assert WHY in page
    with make.session() as session:
        assert waiting(session, make.cycle.id, make.zone.id, limit=9) == []
        assert receiver.name in str(fate_of(session, get_proposal(session, proposal.id)).label)
    with pytest.raises(Conflict), make.database.transaction(chair) as tx:
        refer_proposal(tx, proposal_id=proposal.id, receiving_body_id=receiver.id, reason=WHY)
    reply = {"reply": "La Regione ci sta lavorando.", "replied_on": clock.today().isoformat()}
    assert client.post(f"{at}/risposta-dell-ente", data=reply).status_code == 302
    assert reply["reply"] in client.get(at).text
    assert client.get(f"/api/v1/proposals/{proposal.id}/referral").json["body"] == receiver.name
    assert told.topics_of(author).count("proposal_referred") == 2
    with make.database.transaction(chair) as tx:
        hide_proposal(tx, proposal_id=proposal.id, reason="Da rivedere.")
    assert WHY not in client.get(at).text
    assert client.get(f"/api/v1/proposals/{proposal.id}/referral").status_code == 404


def test_who_may_and_to_which_bodies(client: FlaskClient, make: Factory) -> None:
    receiver, proposal = body(make), make.proposal()
    other = Factory(make.database, name="Altra unione")
    chair = make.holder(Role.FACILITATOR, proposal.table_id)
    of_it = {"proposal_id": proposal.id, "reason": WHY}
    with pytest.raises(NotAllowed), make.database.transaction(make.citizen()) as tx:
        refer_proposal(tx, **of_it, receiving_body_id=receiver.id)
    with pytest.raises(Invalid), make.database.transaction(chair) as tx:
        refer_proposal(tx, **of_it, receiving_body_id=body(other).id)
    with pytest.raises(Invalid, match="already"):
        body(make)
    with pytest.raises(NotAllowed), make.database.transaction(chair) as tx:
        retire_receiving_body(tx, receiving_body_id=receiver.id)
    with make.database.transaction(make.holder(Role.PLAN_OFFICE)) as tx:
        retire_receiving_body(tx, receiving_body_id=receiver.id)
    with pytest.raises(Invalid, match="list"), make.database.transaction(chair) as tx:
        refer_proposal(tx, **of_it, receiving_body_id=receiver.id)
    make.sign_in(client, make.holder(Role.ADMINISTRATOR))
    admin = f"{make.at}/amministrazione/enti-destinatari"
    assert receiver.name not in client.get(admin).text
    assert client.post(admin, data={"name": "AUSL", "address": ADDRESS}).status_code == 302
    assert "AUSL" in client.get(admin).text


def test_what_was_answered_is_not_forwarded_and_a_reply_has_its_day(make: Factory) -> None:
    receiver, proposal, answered = body(make), make.proposal(), make.proposal()
    published_answer(make, answered)
    chair = make.holder(Role.FACILITATOR)
    with pytest.raises(Conflict, match="already"), make.database.transaction(chair) as tx:
        refer_proposal(tx, proposal_id=answered.id, receiving_body_id=receiver.id, reason=WHY)
    reply = {"proposal_id": proposal.id, "reply": "La Regione ci sta lavorando."}
    with pytest.raises(Conflict), make.database.transaction(chair) as tx:
        record_body_reply(tx, **reply, replied_on=clock.today())
    with make.database.transaction(chair) as tx:
        refer_proposal(tx, proposal_id=proposal.id, receiving_body_id=receiver.id, reason=WHY)
    for days in (-1, 1):
        day = clock.today() + timedelta(days=days)
        with pytest.raises(Invalid), make.database.transaction(chair) as tx:
            record_body_reply(tx, **reply, replied_on=day)
