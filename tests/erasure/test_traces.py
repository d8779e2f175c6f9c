"""What an order leaves: signatures on an earlier edition, marks in versions, erased comments."""

from __future__ import annotations

import pytest
from flask import Flask

from consultazione.comments.models import Comment
from consultazione.core.actor import Actor, Role
from consultazione.core.canonical import sha256_of
from consultazione.core.db import Database
from consultazione.core.errors import Conflict
from consultazione.core.revisions import Revision
from consultazione.erasure.models import ErasureOrder
from consultazione.erasure.sought import Sought
from consultazione.outcomes.commands.answering import sign_outcome
from consultazione.people.commands.organisations import correct_organisation
from tests.support.erasing import erase, preview, still_holding
from tests.support.factories import Factory
from tests.support.signoff_board import Board

WORDS = "come ha chiesto Ivo Passalacqua"


@pytest.fixture
def administrator(make: Factory) -> Actor:
    """Who may."""
    return make.holder(Role.ADMINISTRATOR)


def test_a_signature_stays_on_the_edition_that_it_was_given_to(
    make: Factory, administrator: Actor, app: Flask
) -> None:
    board = Board.of(make, 2, f"Si apre uno sportello, {WORDS}.")
    first = board.outcome.digest
    with make.database.transaction(board.delegates[0]) as tx:
        sign_outcome(tx, signature=board.signature())
    order = erase(make, administrator, Sought(passages=WORDS))
    outcome = board.outcome
    assert order.documents == 2  # the minutes and the outcome
    assert outcome.digest == sha256_of(outcome.document) != first
    assert outcome.parties[0].digest == first
    page = app.test_client().get(f"/esiti/{outcome.id}").text
    assert "Passalacqua" not in page
    assert "apposta all’edizione 1: poi il documento è cambiato per un ordine" in page
    assert "di un’altra versione" not in page
    assert f"L’edizione 1 aveva l’impronta {first}" in page
    with make.session() as session:
        assert still_holding(session, "Passalacqua") == []
    with make.database.transaction(board.delegates[1]) as tx:
        sign_outcome(tx, signature=board.signature(1))
    assert board.outcome.parties[1].digest == outcome.digest


def test_a_second_order_finds_nothing_and_changes_nothing(
    make: Factory, administrator: Actor
) -> None:
    make.proposal(body=f"Un testo, {WORDS}, e altro.")
    erase(make, administrator, Sought(passages=WORDS))
    assert preview(make, Sought(passages=WORDS)) == []
    with pytest.raises(Conflict):
        erase(make, administrator, Sought(passages=WORDS))
    with make.session() as session:
        assert session.query(ErasureOrder).count() == 1


def test_what_stood_before_a_correction_goes_as_well(make: Factory, administrator: Actor) -> None:
    organisation = make.organisation()
    for version, name in enumerate(("Fondazione Ivo Passalacqua", "Fondazione"), 1):
        with make.database.transaction(administrator) as tx:
            correct_organisation(
                tx,
                organisation_id=organisation.id,
                version=version,
                name=name,
                category=organisation.category,
                reason="Il nome era sbagliato.",
            )
    erase(make, administrator, Sought(passages="Ivo Passalacqua"))
    with make.session() as session:
        assert still_holding(session, "Passalacqua") == []
        kept = session.query(Revision).filter_by(subject="organisation").all()
    assert any("[omissis: ordine di cancellazione n. 1]" in str(row.was) for row in kept)


def test_a_comment_whose_words_stood_in_the_log_alone_reads_as_erased(
    make: Factory, administrator: Actor, app: Flask
) -> None:
    comment = make.comment(make.proposal(), body=f"Sono contrario, {WORDS}.")
    erase(make, administrator, Sought(passages=WORDS))
    with make.session() as session:
        now = session.get_one(Comment, comment.id)
        assert now.is_erased
        assert now.hidden_reason == "[omissis: ordine di cancellazione n. 1]"
        assert still_holding(session, "Passalacqua") == []
    page = app.test_client().get(f"/proposte/{comment.proposal_id}").text
    assert "Passalacqua" not in page


def test_only_what_was_chosen_goes_and_no_other_zone(
    make: Factory, administrator: Actor, database: Database
) -> None:
    other = Factory(database, name="Unione vicina")
    body = f"Un testo, {WORDS}."
    kept, gone = make.proposal(body=body), make.proposal(body=body)
    foreign = other.proposal(body=body)
    found = preview(make, Sought(passages=WORDS))
    of_one = [p for p in found if p.table == "proposal" and p.row == (str(gone.id),)]
    erase(make, administrator, Sought(passages=WORDS), places=of_one)
    assert {p.row for p in found if p.table == "proposal"} == {(str(kept.id),), (str(gone.id),)}
    left = {p.row for p in preview(make, Sought(passages=WORDS)) if p.table == "proposal"}
    assert left == {(str(kept.id),)}
    assert (str(foreign.id),) in {p.row for p in preview(other, Sought(passages=WORDS))}
