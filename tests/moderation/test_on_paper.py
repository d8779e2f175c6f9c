"""What came on paper: entered by the office, shown as such, with a receipt, by four eyes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from consultazione.comments.models import Comment, Position
from consultazione.core import clock, log
from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.errors import Invalid, NotAllowed
from consultazione.moderation.commands.releasing import release_text, turn_text_down
from consultazione.moderation.on_paper.commands import enter_paper_comment, enter_paper_proposal
from consultazione.people.models import Category
from consultazione.proposals.commands.lifecycle import admit_proposal, refuse_proposal
from consultazione.proposals.models import Proposal
from consultazione.tables.holding.models import HeldText
from consultazione.tables.on_paper.events import PaperTextEntered
from consultazione.tables.on_paper.models import PaperText
from consultazione.zones.models import Zone
from tests.support.factories import Factory

FROM = {"named_as": "A. R.", "received_at": "allo sportello sociale di Bazzano"}
TEXT = {"title": "Una panchina", "body": "Davanti al poliambulatorio, all’ombra."}


@pytest.fixture
def office(make: Factory) -> Actor:
    """Who enters."""
    return make.holder(Role.FACILITATOR)


def run(make: Factory, actor: Actor, command: Any, **values: Any) -> Any:
    with make.database.transaction(actor) as tx:
        return command(tx, **values)


def proposed(make: Factory, office: Actor, **values: Any) -> PaperText:
    said = {"table_id": make.table().id, "received_on": clock.today(), **FROM, **TEXT, **values}
    paper: PaperText = run(make, office, enter_paper_proposal, **said)
    return paper


def commented(make: Factory, office: Actor, **values: Any) -> PaperText:
    said = {
        "proposal_id": make.proposal().id, "position": Position.AGAINST, "body": "È troppo caro.",
        "received_on": clock.today(), **FROM, **values,
    }  # fmt: skip
    paper: PaperText = run(make, office, enter_paper_comment, **said)
    return paper


def written(make: Factory, kind: Any, paper: PaperText) -> Any:
    with make.session() as session:
        return session.scalar(select(kind).filter_by(author_id=paper.person_id))


def ask_for_four_eyes(make: Factory) -> None:
    with make.database.transaction(SYSTEM) as tx:
        tx.session.get_one(Zone, make.zone.id).four_eyes = True


def test_it_says_who_entered_it_and_for_whom(
    client: FlaskClient, make: Factory, office: Actor
) -> None:
    proposal = written(make, Proposal, proposed(make, office))
    assert proposal.category is Category.CITIZEN
    comment = written(make, Comment, commented(make, office, proposal_id=proposal.id))
    assert comment.position is Position.AGAINST
    page = client.get(f"/proposte/{proposal.id}").text
    assert page.count('person__name">A. R., inserita dall’ufficio') == 2
    assert page.count('<span lang="it">allo sportello sociale di Bazzano') == 2
    told = client.get(f"/api/v1/comments/{comment.id}").json
    assert told
    assert told["author"] == "A. R., inserita dall’ufficio (2)"


def test_the_log_has_no_name(make: Factory, office: Actor) -> None:
    paper = proposed(make, office, named_as="una caregiver")
    with make.session() as session:
        entries = log.read_forward(session, after=0, limit=1000)
    assert [
        (entry.actor_id, entry.event.person_id)
        for entry in entries
        if isinstance(entry.event, PaperTextEntered)
    ] == [(office.person_id, paper.person_id)]
    assert "caregiver" not in repr(entries)
    (submitted,) = (entry for entry in entries if entry.kind == "proposal.submitted")
    assert submitted.actor_id == paper.person_id


@pytest.mark.parametrize(
    ("named", "works"),
    [
        ("M. R.", True),
        ("A.B.", True),
        ("una caregiver di Bazzano", True),
        ("l’educatore del centro", True),
        ("Anna Rossi", False),
        ("la signora Anna Rossi", False),
        ("rossi 333 1234567", False),
        ("anna@example.org", False),
        ("Anna", False),
    ],
)
def test_nobody_is_named_by_name(make: Factory, office: Actor, named: str, works: bool) -> None:
    if works:
        assert proposed(make, office, named_as=named)
        return
    with pytest.raises(Invalid) as refusal:
        proposed(make, office, named_as=named)
    assert "named_as" in refusal.value.fields


def test_the_rules_of_table_and_role_hold(make: Factory, office: Actor) -> None:
    with pytest.raises(NotAllowed):
        proposed(make, make.citizen())
    with pytest.raises(NotAllowed):
        commented(make, make.holder(Role.FACILITATOR, make.table().id))
    with pytest.raises(Invalid) as refusal:
        proposed(make, office, received_on=clock.today() + timedelta(days=1))
    assert "received_on" in refusal.value.fields


@pytest.mark.parametrize("strict", [False, True])
def test_who_enters_does_not_alone_admit(make: Factory, office: Actor, strict: bool) -> None:
    if strict:
        ask_for_four_eyes(make)
    proposal = written(make, Proposal, proposed(make, office))
    if not strict:
        assert run(make, office, admit_proposal, proposal_id=proposal.id)
        return
    with pytest.raises(NotAllowed, match="entered"):
        run(make, office, admit_proposal, proposal_id=proposal.id)
    with pytest.raises(NotAllowed, match="entered"):
        run(make, office, refuse_proposal, proposal_id=proposal.id, reason="Fuori tema.")
    assert run(make, make.holder(Role.PLAN_OFFICE), admit_proposal, proposal_id=proposal.id)


def test_with_four_eyes_a_comment_waits_for_somebody_else(make: Factory, office: Actor) -> None:
    ask_for_four_eyes(make)
    paper = commented(make, office)
    assert written(make, Comment, paper) is None
    held = written(make, HeldText, paper)
    with pytest.raises(NotAllowed, match="entered"):
        run(make, office, release_text, held_id=held.id)
    run(make, make.holder(Role.PLAN_OFFICE), release_text, held_id=held.id)
    assert written(make, Comment, paper).position is Position.AGAINST


def test_the_office_enters_on_pages_and_prints_a_receipt(
    client: FlaskClient, make: Factory, office: Actor
) -> None:
    proposal = make.proposal()
    make.sign_in(client, office)
    form = f"/proposte/{proposal.id}/su-carta"
    assert f'href="{form}"' in client.get(f"/proposte/{proposal.id}").text
    fields = {**FROM, "received_on": "2018-02-05", "position": "neutral", "body": "Serve luce."}
    wrong = client.post(form, data={**fields, "named_as": "Anna Rossi"})
    assert (wrong.status_code, "Serve luce." in wrong.text) == (422, True)
    receipt = client.get(client.post(form, data=fields).location).text
    with make.session() as session:
        paper = session.scalars(select(PaperText)).one()
    address = f"/ricevute/{paper.code[:5]}-{paper.code[5:]}"
    assert address in receipt
    assert "data:image/svg+xml;base64," in receipt
    other = make.sign_in(client, make.citizen())
    assert other.get(f"/su-carta/{paper.id}").status_code == 403
    visitor = client.application.test_client()
    shown = visitor.get(address.lower())
    assert shown.status_code == 200
    assert f'href="/osservazioni/{written(make, Comment, paper).id}"' in shown.text
    assert shown.headers["X-Robots-Tag"] == "noindex"
    assert visitor.get("/ricevute/AAAAA-AAAAA").status_code == 404


def test_the_receipt_says_why_a_text_is_not_published(
    client: FlaskClient, make: Factory, office: Actor
) -> None:
    ask_for_four_eyes(make)
    paper = commented(make, office)
    assert "Attende" in client.get(f"/ricevute/{paper.code}").text
    held = written(make, HeldText, paper)
    run(
        make, make.holder(Role.PLAN_OFFICE), turn_text_down,
        held_id=held.id, reason="Contiene il nome di un’altra persona.",
    )  # fmt: skip
    assert "Contiene il nome di un’altra persona." in client.get(f"/ricevute/{paper.code}").text


def test_a_table_s_page_leads_to_the_form(
    client: FlaskClient, make: Factory, office: Actor
) -> None:
    table = make.table()
    make.sign_in(client, office)
    form = f"/tavoli/{table.id}/su-carta"
    assert f'href="{form}"' in client.get(f"{make.here}/tavoli/{table.slug}").text
    fields = {**FROM, **TEXT, "received_on": "2018-02-05"}
    receipt = client.post(form, data=fields).location
    assert "Una panchina" in client.get(receipt).text
