"""Who speaks for several chooses in whose name they act, and readers see it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from consultazione.comments.commands.writing import write_comment
from consultazione.comments.models import Position
from consultazione.core.actor import Actor
from consultazione.core.errors import Invalid
from consultazione.people.models import Category, Mandate, Person
from consultazione.people.speaking.choosing import OWN
from consultazione.proposals.commands.lifecycle import submit_proposal
from consultazione.proposals.commands.supporting import support_proposal
from consultazione.proposals.models import Proposal
from consultazione.tables.models import TableKind, ThematicTable
from tests.support.factories import Factory


@pytest.fixture
def person(make: Factory) -> Person:
    return make.person()


@pytest.fixture
def mandates(make: Factory, person: Person) -> list[Mandate]:
    """The mandates of the person for two associations, the older first."""
    return [make.mandate(person, make.organisation()) for _ in range(2)]


def propose(make: Factory, who: Actor, table: ThematicTable, voice: int | None) -> Proposal:
    with make.database.transaction(who) as tx:
        return submit_proposal(
            tx, table_id=table.id, title="Un titolo", body="Un testo lungo abbastanza.", voice=voice
        )


def test_each_act_has_the_voice_that_was_chosen(
    make: Factory, person: Person, mandates: list[Mandate]
) -> None:
    who, table, older, newer = make.actor(person), make.table(), *mandates
    assert propose(make, who, table, None).mandate_id == older.id
    assert propose(make, who, table, newer.id).mandate_id == newer.id
    alone = propose(make, who, table, OWN)
    assert (alone.mandate_id, alone.category) == (None, Category.CITIZEN)
    theirs = make.proposal(table)
    with make.database.transaction(who) as tx:
        comment = write_comment(
            tx, proposal_id=theirs.id, position=Position.IN_FAVOUR, body="Bene.", voice=newer.id
        )
        support = support_proposal(tx, proposal_id=theirs.id, voice=OWN)
        assert (comment.mandate_id, support.mandate_id) == (newer.id, None)


def test_nobody_takes_a_voice_that_is_not_theirs(
    make: Factory, person: Person, mandates: list[Mandate]
) -> None:
    stranger = make.citizen()
    with pytest.raises(Invalid) as refused:
        propose(make, stranger, make.table(), mandates[0].id)
    assert "voice" in refused.value.fields
    assert person.id


def test_a_table_of_unions_takes_no_other_voice(make: Factory, person: Person) -> None:
    table = make.table(TableKind.UNION_CONSULTATION)
    union = make.seated(table.id, Category.UNION)
    sits, beside = make.mandate(person, union), make.mandate(person, make.organisation())
    who = make.actor(person)
    assert propose(make, who, table, sits.id).mandate_id == sits.id
    for voice in (OWN, beside.id):
        with pytest.raises(Invalid) as refused:
            propose(make, who, table, voice)
        assert "voice" in refused.value.fields


def test_forms_offer_the_voices_and_only_to_who_has_several(
    client: FlaskClient, make: Factory, person: Person, mandates: list[Mandate]
) -> None:
    table, theirs = make.table(), make.proposal()
    pages = [f"{make.here}/tavoli/{table.slug}/proposte/nuova", f"/proposte/{theirs.id}"]
    make.sign_in(client, make.actor(person))
    for path in pages:
        page = client.get(path).text
        assert f'<option value="{mandates[1].id}"' in page
        assert "a titolo personale" in page
    form = {"position": "in_favour", "body": "D'accordo.", "voice": str(mandates[1].id)}
    sent = client.post(f"/proposte/{theirs.id}/osservazioni/nuova", data=form)
    assert sent.status_code == 302
    client.post(f"/proposte/{theirs.id}/sostieni", data={"version": 1, "voice": "0"})
    shown = client.get(f"/proposte/{theirs.id}").text
    with make.session() as session:
        assert session.get_one(Mandate, mandates[1].id).organisation.name in shown
    make.sign_in(client, make.citizen())
    for path in pages:
        assert 'name="voice"' not in client.get(path).text
