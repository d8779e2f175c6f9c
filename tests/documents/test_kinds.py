"""Every kind of document: the same words as page, PDF and ODT, accessible, equal on two runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consultazione.core import clock
from consultazione.core.actor import Role
from consultazione.documents.kinds import DocumentKind, all_kinds, kind_of
from consultazione.documents.queries import Asked, registrations_after
from consultazione.documents.register import registration_of
from consultazione.italian import italian
from consultazione.outcomes.commands.adhering import adhere_to_outcome
from consultazione.outcomes.commands.answering import (
    Signature,
    decline_outcome,
    sign_outcome,
    sign_outcome_with_note,
)
from consultazione.outcomes.commands.ending import close_outcome
from consultazione.outcomes.kind import ADHESION, UNION_RECORD
from consultazione.people.models import Category
from consultazione.plan.approval.commands import approve_plan
from consultazione.plan.blocks.commands.writing import write_block
from consultazione.plan.blocks.models import BlockKind
from consultazione.plan.certificates.commands import issue_certificate
from consultazione.plan.commands.answering import refuse_contribution, take_in
from consultazione.plan.papers.kind import PLAN
from consultazione.programme.commands.funds import set_fund_amount
from consultazione.programme.commands.results import add_indicator
from consultazione.programme.paper.kind import PROGRAMME
from consultazione.sittings.agenda.commands.points import add_point
from consultazione.sittings.lifecycle.commands.rehearsals import start_rehearsal
from consultazione.sittings.lifecycle.commands.revising import cancel_sitting
from tests.support import akn
from tests.support.books import Books
from tests.support.factories import Factory
from tests.support.papers import claims, faults, text_of_odt, text_of_pdf, words, words_of_page
from tests.support.plan_desk import Desk
from tests.support.signoff_board import Board, proof_of

TABLE = "| Sede | Ore |\n| --- | --- |\n| Vergato | 30 |"
AMOUNT = Decimal("2000")
NOTE = "Si chiede che:\n\n- i fondi *bastino*\n- si scriva quando"
# The kinds whose words are compared, each with what makes one: the address of its page, those of
# its files, and words that it says.
Made = tuple[str, str, list[str]]


def outcome(make: Factory) -> Made:
    """An outcome that one union has signed with a note, and one has still to answer."""
    board = Board.of(make, 2)
    board.answer(sign_outcome_with_note, note=NOTE, otherwise=[board.declines(2, "Non basta.")])
    said = ["Che cosa si firma", "Open a desk.", "i fondi bastino", "Non basta.", "In attesa"]
    return f"/esiti/{board.outcome_id}/documento", f"/esiti/{board.outcome_id}", said


def union_record(make: Factory) -> Made:
    """The record of a sign-off that one union signed and one declined."""
    board = Board.of(make, 2)
    board.answer(sign_outcome)
    board.answer(decline_outcome, union=1, reason="Mancano i fondi.")
    with make.session() as session:
        row = registration_of(session, UNION_RECORD, board.outcome_id)
    assert row is not None
    said = [
        "Le parti", "Premesso che", "concordano sulle conclusioni", "Mancano i fondi.",
        "Open a desk.", *(union.name for union in board.unions),
        board.delegates[0].display_name,
    ]  # fmt: skip
    return f"/documenti/{row.id}", f"/documenti/{row.id}", said


def notice(make: Factory) -> Made:
    """The notice of a sitting with a quorum of points and a document beside one."""
    sitting = make.sitting(points=("Uno sportello", "Varie ed eventuali"))
    said = ["Ordine del giorno", "Uno sportello", "Varie ed eventuali", "Come partecipare"]
    return f"/sedute/{sitting.id}/avviso", f"/sedute/{sitting.id}/avviso", said


def certificate(make: Factory) -> Made:
    """The certificate of a union that signed, and had a seat in a sitting with a document."""
    board = Board.of(make, 1)
    union, delegate = board.unions[0], board.delegates[0]
    table = make.table()
    make.seat(table.id, union)
    make.sitting(table, starts_at=clock.now() + timedelta(days=9))
    board.answer(sign_outcome_with_note, note=NOTE)
    given = {"cycle_id": make.cycle.id, "organisation_id": union.id}
    with make.database.transaction(delegate) as tx:
        row = issue_certificate(tx, **given)
    with make.database.transaction(make.holder(Role.PLAN_OFFICE)) as tx:
        assert issue_certificate(tx, **given).id == row.id
    said = [
        "Comune di prova attesta che", "9 giorni prima", "Seduta non ancora conclusa",
        "Ha firmato con nota", "i fondi bastino", union.name, "Conclusione 1",
    ]  # fmt: skip
    return f"/documenti/{row.id}", f"/documenti/{row.id}", said


def adhesion(make: Factory) -> Made:
    """The declaration of an organisation that was not asked to sign."""
    board = Board.of(make, 1)
    organisation, person = make.organisation(), make.person()
    make.mandate(person, organisation)
    who, digest = make.actor(person), board.outcome.digest
    given = Signature(
        outcome_id=board.outcome_id, organisation_id=organisation.id, digest=digest,
        proof=proof_of(make, who, digest),
    )  # fmt: skip
    with make.database.transaction(who) as tx:
        adherent = adhere_to_outcome(tx, signature=given)
    with make.session() as session:
        row = registration_of(session, ADHESION, adherent.id)
    assert row is not None
    said = ["vi aderisce per intero", organisation.name, "Open a desk.", "Esito n. 1/", digest]
    return f"/documenti/{row.id}", f"/documenti/{row.id}", said


def registered(make: Factory, kind: DocumentKind, object_id: int) -> str:
    """The address of a document that the register keeps."""
    with make.session() as session:
        row = registration_of(session, kind, object_id)
    assert row is not None
    return f"/documenti/{row.id}"


def plan(make: Factory) -> Made:
    """An approved plan with a heading, a table, a paragraph from a contribution and one refused."""
    desk = Desk.begin(make)
    taken, refused = make.contributions("Open a desk.", "Paint it red.")
    desk.run(
        take_in,
        contribution_id=taken.id,
        body="Apre uno sportello. [Il tavolo](/zone/x/2018-2020/tavoli/cura) lo chiede.",
        reason="È previsto dai *Livelli essenziali*.",
    )
    desk.run(refuse_contribution, contribution_id=refused.id, reason="Non è nostro.")
    first = desk.chapter_ids[0]
    desk.run(write_block, chapter_id=first, kind=BlockKind.HEADING, body="Gli sportelli")
    desk.run(write_block, chapter_id=first, kind=BlockKind.TABLE, body=TABLE)
    desk.make_ready()
    desk.run(approve_plan, cycle_id=make.cycle.id, act_id=desk.act())
    at = registered(make, PLAN, make.cycle.id)
    said = [
        "Approvato con: Delibera", "1. Chapter 1", "Gli sportelli", "Sede Ore", "Vergato 30",
        "Nasce uno sportello. È aperto ogni giorno.", "Il tavolo lo chiede",
        f"Dai contributi della consultazione: n. {taken.id}", f"Contributo n. {taken.id}",
        "Paint it red.", "Non accolto. Capitolo", "Non è nostro.",
    ]  # fmt: skip
    return at, at, said


def programme(make: Factory) -> Made:
    """An approved programme with a fund, an earmark, an intervention and an indicator."""
    books = Books(make)
    fund = books.fund("FNPS", source="Ministero")
    books.run(set_fund_amount, programme_id=books.programme.id, fund_id=fund.id, amount=AMOUNT)
    made = books.intervention(
        (fund, "1200.50"), title="Sportello sociale", objectives="- ascolto\n- orientamento",
        body_ids=[books.payers[1].id], priority_ids=[books.need("La solitudine").id],
    )  # fmt: skip
    indicator = {"name": "Accessi", "unit": "persone", "target": Decimal(300)}
    books.run(
        add_indicator, intervention_id=made.id, **indicator, source="sportello",
        responsible="ufficio di piano",
    )  # fmt: skip
    books.approve()
    at = registered(make, PROGRAMME, books.programme.id)
    said = [
        "Fondo FNPS", "2.000,00 €", "1.200,50 €",
        "1. Sportello sociale", "ascolto", "Comune 2", "La solitudine", "300 persone",
        "Servizi territoriali", "ufficio di piano",
    ]  # fmt: skip
    return at, at, said


KINDS: dict[str, Callable[[Factory], Made]] = {
    "outcome": outcome, "union_record": union_record, "notice": notice, "certificate": certificate,
    "adhesion": adhesion,
    "plan": plan, "programme": programme,
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_page_pdf_and_odt_say_the_same(
    client: FlaskClient, make: Factory, kind: str, tmp_path: Path
) -> None:
    with italian():
        page_at, files, said = KINDS[kind](make)
    make.sign_in(client, make.holder(Role.PLAN_OFFICE))
    number = words(f"Registro dei documenti: {kind_of(kind).word} n. 1/{clock.today().year}")
    with time_machine.travel(clock.now(), tick=False):
        page = words_of_page(client.get(page_at).text)
        pdf, odt = client.get(f"{files}.pdf").data, client.get(f"{files}.odt").data
        assert client.get(f"{files}.pdf").data == pdf
        assert client.get(f"{files}.odt").data == odt
        xml = client.get(f"{files}.xml").data
    body = page.removeprefix(number)
    assert page == number + body
    for expected in said:
        assert words(expected) in body, expected
    assert akn.faults(xml) == []
    for made in (words(text_of_pdf(pdf)), words(text_of_odt(odt)), words(akn.text_of_akn(xml))):
        front, _number, rest = made.partition(number)
        assert words(make.zone.name) in front
        assert body in rest
    assert claims(pdf) == ("3", "A", "1")
    assert faults(pdf, tmp_path) == []


def test_every_kind_is_compared_but_minutes_which_have_a_template_of_their_own() -> None:
    assert {kind.name for kind in all_kinds()} - {"minutes"} == set(KINDS)


def test_the_record_of_a_consultation_without_agreement_says_so(
    client: FlaskClient, make: Factory
) -> None:
    board = Board.of(make, 2)
    board.answer(decline_outcome, reason="Mancano i fondi.")
    with make.database.transaction(make.holder(Role.FACILITATOR)) as tx:
        close_outcome(tx, outcome_id=board.outcome_id, reason="Il piano non può aspettare.")
    with make.session() as session:
        row = registration_of(session, UNION_RECORD, board.outcome_id)
    assert row is not None
    page = client.get(f"/documenti/{row.id}").text
    assert "nessuna organizzazione ha firmato" in page
    assert "Il piano non può aspettare." in page
    assert f"/documenti/{row.id}" in client.get(f"/esiti/{board.outcome_id}").text


def test_an_outcome_that_no_union_was_asked_has_no_record(make: Factory) -> None:
    outcome = make.outcome()
    with make.session() as session:
        assert registration_of(session, UNION_RECORD, outcome.id) is None


def test_each_revision_of_a_convocation_has_a_notice_of_its_own(
    client: FlaskClient, make: Factory
) -> None:
    sitting = make.sitting(starts_at=clock.now() + timedelta(days=9))
    with make.database.transaction(make.holder(Role.PLAN_OFFICE)) as tx:
        cancel_sitting(tx, sitting_id=sitting.id, reason="Neve.")
    with make.session() as session:
        rows = registrations_after(session, make.zone.id, Asked("notice"), after=0, limit=9)
    assert [(row.number, row.version) for row in rows] == [(1, 1), (2, 2)]
    first, second = (client.get(f"/documenti/{row.id}").text for row in rows)
    assert "Neve." not in words_of_page(first)
    assert "Neve" in words_of_page(second)
    assert "n. 2/" in client.get(f"/sedute/{sitting.id}/avviso").text


def test_a_notice_says_if_its_agenda_changed_after_it_was_numbered(
    client: FlaskClient, make: Factory
) -> None:
    with italian():
        sitting = make.sitting(starts_at=clock.now() + timedelta(days=9))
    page = f"/sedute/{sitting.id}/avviso"
    assert "sono cambiati dopo l’avviso" not in client.get(page).text
    with make.database.transaction(make.holder(Role.PLAN_OFFICE)) as tx:
        add_point(tx, sitting_id=sitting.id, title="Un punto in più")
    told = client.get(page).text
    assert "sono cambiati dopo l’avviso" in told
    assert "Impronta del testo registrato" in told
    assert "Impronta di questo documento" not in told


def test_a_rehearsal_is_in_no_register(make: Factory) -> None:
    sitting = make.sitting(starts_at=clock.now() + timedelta(days=9))
    with make.database.transaction(make.holder(Role.FACILITATOR)) as tx:
        start_rehearsal(tx, sitting_id=sitting.id)
    with make.session() as session:
        rows = registrations_after(session, make.zone.id, Asked(), after=0, limit=9)
    assert [row.object_id for row in rows] == [sitting.id]


def test_a_certificate_is_issued_on_its_page_by_delegates_alone(
    app: Flask, client: FlaskClient, make: Factory
) -> None:
    union, other = make.organisation(Category.UNION), make.organisation(Category.UNION)
    delegate = make.person()
    make.mandate(delegate, union)
    browser = make.sign_in(app.test_client(), make.actor(delegate))
    page = browser.get(f"{make.here}/attestati").text
    assert union.name in page
    assert other.name not in page
    issued = browser.post(f"{make.here}/attestati/{union.id}")
    assert issued.status_code == 302
    assert "attesta quanto risulta" in browser.get(issued.headers["Location"]).text
    assert "attesta quanto risulta" not in client.get(issued.headers["Location"]).text
    assert browser.post(f"{make.here}/attestati/{other.id}").status_code == 403
    elsewhere = Factory(make.database).organisation()
    assert browser.post(f"{make.here}/attestati/{elsewhere.id}").status_code == 404
    stranger = make.sign_in(app.test_client(), make.citizen())
    assert stranger.get(f"{make.here}/attestati").status_code == 403
