"""After an order over all that a meeting leaves, `verify` finds nothing and proofs still hold."""

from __future__ import annotations

import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask.testing import FlaskClient

from consultazione import audits
from consultazione.core.actor import SYSTEM, VISITOR, Role
from consultazione.core.audit import state_faults
from consultazione.core.log.verify import streams, verify_stream
from consultazione.core.revisions import Revision
from consultazione.documents.easy.commands import write_easy_summary
from consultazione.documents.easy.subjects import subject_of
from consultazione.documents.register import registration_of
from consultazione.erasure.sought import Sought
from consultazione.minutes.commands.circulating import circulate_minutes, recall_minutes
from consultazione.minutes.commands.deciding import accept_correction, refuse_correction
from consultazione.minutes.commands.editing import (
    add_conclusion,
    edit_conclusion,
    remove_conclusion,
    write_note,
)
from consultazione.minutes.commands.gists import write_gist
from consultazione.minutes.models import Piece
from consultazione.outcomes.commands.adhering import adhere_to_outcome
from consultazione.outcomes.commands.answering import Signature, decline_outcome
from consultazione.outcomes.commands.opening import open_outcome
from consultazione.outcomes.kind import ADHESION
from consultazione.people.commands.mandates import end_mandate
from consultazione.sittings.floor.commands.floor import end_floor, give_floor
from consultazione.sittings.floor.commands.hands import raise_hand
from consultazione.sittings.lifecycle.commands.opening import close_sitting
from consultazione.sittings.lifecycle.commands.points import start_point
from consultazione.sittings.record.commands.notes import write_running_note
from consultazione.sittings.record.commands.statements import make_statement
from consultazione.sittings.record.commands.zone_phrases import add_zone_phrase, change_zone_phrase
from consultazione.transparency.growth import grow, publish
from consultazione.transparency.leaves import leaf
from consultazione.transparency.notes import Signer
from consultazione.transparency.proofs import check_proof, parse_proof
from consultazione.zones.feedback.commands import give_feedback
from consultazione.zones.feedback.models import Useful
from tests.support.corrections import ask, let
from tests.support.erasing import erase, preview, still_holding
from tests.support.factories import Factory
from tests.support.meeting import Meeting, meet
from tests.support.minutes_desk import Desk
from tests.support.signoff_board import Board, proof_of, union_with_delegate

assert audits.ALL
NAME = "Passalacqua"
WORDS = f"la figlia di Ivo {NAME} è malata"
SIGNER = Signer("example.org/log", Ed25519PrivateKey.from_private_bytes(b"k" * 32))


def spoken(meeting: Meeting) -> int:
    """A speech whose gist, a running note and a statement hold the words; the speaker's hand."""
    at: dict[str, Any] = {"sitting_id": meeting.sitting.id}
    point = meeting.points()[0].id
    meeting.run(start_point, meeting.facilitator, point_id=point)
    hand = meeting.run(raise_hand, meeting.anna, **at)
    meeting.run(give_floor, meeting.facilitator, hand_id=hand.id)
    for version, body in enumerate((f"Dice che {WORDS}.", f"Dice: {WORDS}, e altro.")):
        meeting.run(
            write_gist, meeting.facilitator, **at, hand_id=hand.id, body=body, version=version
        )
    meeting.run(
        write_running_note,
        meeting.facilitator,
        point_id=point,
        body=f"Appunto: {WORDS}.",
        version=0,
    )
    meeting.run(make_statement, meeting.anna, **at, body=f"Dichiaro che {WORDS}.")
    meeting.run(end_floor, meeting.facilitator, hand_id=hand.id)
    meeting.run(close_sitting, meeting.facilitator, **at)
    meeting.make.minutes(meeting.sitting)
    return int(hand.id)


def written(desk: Desk, hand_id: int) -> None:
    """Notes, conclusions and corrections, of which earlier versions alone hold the words too."""
    let(desk, correction_days=7)
    at: dict[str, Any] = {"point_id": desk.point_id}
    for version, body in ((1, f"Nota: {WORDS}."), (2, "Nota: si apre il martedì.")):
        desk.run(write_note, **at, body=body, version=version)
    chapter: dict[str, Any] = {"chapter_id": desk.chapter_id()}
    ids = [
        desk.run(add_conclusion, **at, **chapter, body=f"Poiché {WORDS}, si apre.").id
        for _ in range(2)
    ]
    for number in ids:
        desk.run(
            edit_conclusion, **chapter, conclusion_id=number, version=1, body="Si apre e basta."
        )
    desk.run(remove_conclusion, conclusion_id=ids[1])
    desk.run(circulate_minutes, version=desk.minutes.version)
    gist = {"piece": Piece.GIST, "subject_id": hand_id, "old_words": f"{WORDS}, e altro"}
    accepted = ask(desk, **gist, new_words="è malata una persona")
    refused = ask(desk, new_words=f"si apre, {WORDS}", reason=f"Perché {WORDS}.")
    with desk.make.database.transaction(desk.facilitator) as tx:
        accept_correction(tx, correction_id=accepted)
        refuse_correction(tx, correction_id=refused, reason=f"Non è vero che {WORDS}.")
    desk.run(recall_minutes)
    let(desk, correction_days=0)


@pytest.fixture
def story(make: Factory) -> Board:
    """A meeting, its minutes and the outcome that a union declines, all with the words."""
    union, person = union_with_delegate(make)
    meeting = meet(make)
    hand_id = spoken(meeting)
    desk = Desk(make, meeting.sitting, meeting.facilitator, meeting.anna)
    written(desk, hand_id)
    make.comment(make.proposal(body=f"Proposta: {WORDS}."), body=f"Commento: {WORDS}.")
    minutes = make.published(desk.minutes, f"Si conclude: {WORDS}.")
    with make.database.transaction(SYSTEM) as tx:
        outcome = open_outcome(tx, minutes_id=minutes.id)
    assert outcome is not None
    board = Board(make, outcome.id, [union], [make.actor(person)])
    make.sitting(title=f"Seduta in cui {WORDS}")
    with make.database.transaction(VISITOR) as tx:
        give_feedback(
            tx, zone_id=make.zone.id, path="/", useful=Useful.NO, words=f"Opinione: {WORDS}."
        )
    explained(make, minutes.id)
    board.answer(decline_outcome, reason=f"No: {WORDS}.")
    return board


def explained(make: Factory, minutes_id: int) -> None:
    """A summary in easy language and a stock phrase with the words, each written twice."""
    office, at = make.holder(Role.PLAN_OFFICE), {"subject": "minutes", "object_id": minutes_id}
    with make.database.transaction(office) as tx:
        digest = subject_of("minutes").original(tx.session, minutes_id).digest
        for version, body in enumerate((f"Facile: {WORDS}.", f"Più facile: {WORDS}.")):
            write_easy_summary(tx, **at, body=body, digest=digest, version=version)
        phrase = add_zone_phrase(tx, zone_id=make.zone.id, body=f"Frase: {WORDS}.")
        tx.flush()
        change_zone_phrase(tx, zone_phrase_id=phrase.id, body=f"Altra frase: {WORDS}.", version=1)


def test_nothing_is_left_and_verify_finds_nothing(
    story: Board, make: Factory, client: FlaskClient
) -> None:
    with make.database.transaction(SYSTEM) as tx:
        while grow(tx):
            pass
        publish(tx, signer=SIGNER)
    entry = next(p for p in preview(make, Sought(passages=WORDS)) if p.row[0][:8] == "sitting:")
    at = "/".join(entry.row)
    before = json.loads(client.get(f"/log/entry/{at}").text)
    assert NAME in str(before["texts"])
    order = erase(make, make.holder(Role.ADMINISTRATOR), Sought(passages=f"{WORDS}\nIvo {NAME}"))
    assert order.entries > 10
    with make.session() as session:
        assert still_holding(session, NAME) == []
        assert [fault for name in streams(session) for fault in verify_stream(session, name)] == []
        assert [str(fault) for fault in state_faults(session)] == []
        kept = session.query(Revision).filter(Revision.subject != "zone").all()
        marked = {row.subject for row in kept if "[omissis" in f"{row.was}{row.now}"}
    assert marked == {"minutes_note", "speech_gist", "conclusion", "easy_summary"}
    now = json.loads(client.get(f"/log/entry/{at}").text)
    assert now["texts"][entry.column] is None
    assert {**now, "texts": before["texts"]} == before
    proof = parse_proof(client.get(f"/log/proof/{at}.tlog-proof").text)
    stream, number = entry.row
    assert check_proof(proof, leaf(stream, int(number), bytes.fromhex(now["digest"])), SIGNER.key)


def test_a_name_goes_and_verify_finds_nothing(story: Board, make: Factory) -> None:
    person = make.person(display_name=f"Ivo {NAME}")
    erase(make, make.holder(Role.ADMINISTRATOR), Sought(person_id=person.id))
    with make.session() as session:
        assert [str(fault) for fault in state_faults(session)] == []
        assert still_holding(session, f"Ivo {NAME}") == []


def test_who_let_an_organisation_adhere_goes_and_verify_finds_nothing(make: Factory) -> None:
    board, organisation = Board.of(make, 2), make.organisation()
    person = make.person(display_name=f"Ivo {NAME}")
    mandate = make.mandate(person, organisation)
    who, digest = make.actor(person), board.outcome.digest
    given = Signature(
        outcome_id=board.outcome_id, organisation_id=organisation.id, digest=digest,
        proof=proof_of(make, who, digest),
    )  # fmt: skip
    with make.database.transaction(who) as tx:
        adherent = adhere_to_outcome(tx, signature=given)
    with make.session() as session:
        declared = registration_of(session, ADHESION, adherent.id)
        assert declared is not None
        assert NAME in str(declared.content)
    with make.database.transaction(SYSTEM) as tx:
        end_mandate(tx, mandate_id=mandate.id, ends_on=tx.today)
    erase(make, make.holder(Role.ADMINISTRATOR), Sought(person_id=person.id))
    with make.session() as session:
        assert still_holding(session, f"Ivo {NAME}") == []
        assert [str(fault) for fault in state_faults(session)] == []
