"""Digests of long discussions: others' sentences, linked, and gone with their comment."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from consultazione.comments.commands.moderating import erase_comment, hide_comment, show_comment
from consultazione.comments.commands.writing import (
    edit_comment,
    reply_to_comment,
    withdraw_comment,
)
from consultazione.comments.digests import keeping
from consultazione.comments.digests.choosing import Sentence, choose
from consultazione.comments.digests.models import DiscussionDigest, Group
from consultazione.comments.digests.queries import digest_of
from consultazione.comments.digests.sentences import sentences_of
from consultazione.comments.models import Comment, Position
from consultazione.core import log
from consultazione.core.actor import SYSTEM, Role
from consultazione.proposals.models import Proposal
from consultazione.tables.events import table_stream
from tests.support.factories import Factory
from workers.reactions import BY_NAME, owed_by

FOR = "Lo sportello aperto la sera aiuta chi lavora su turni in fabbrica."
AGAINST = "Il costo del personale serale ricade sui bilanci dei Comuni piccoli."
ASKED = "Chi paga gli operatori dello sportello nei mesi estivi?"


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "Il dott. A. Rossi cita l’art. 5 della legge. "
            "Poi dice altro, e lo dice bene davvero, a tutti!",
            [
                "Il dott. A. Rossi cita l’art. 5 della legge.",
                "Poi dice altro, e lo dice bene davvero, a tutti!",
            ],
        ),
        (
            "Costa 3.500 euro l’anno... e forse anche di più. "
            "«Chi li paga davvero, alla fine di ogni anno?»",
            [
                "Costa 3.500 euro l’anno... e forse anche di più.",
                "«Chi li paga davvero, alla fine di ogni anno?»",
            ],
        ),
        (
            "> Parole di qualcun altro che non contano qui.\n"
            "1. Servono orari più lunghi la sera e di sabato\n"
            "- Serve anche un operatore che parli arabo bene\n\nNo.",
            [
                "Servono orari più lunghi la sera e di sabato",
                "Serve anche un operatore che parli arabo bene",
            ],
        ),
        ("A" * 400, []),
    ],
)
def test_a_text_is_cut_into_sentences(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in sentences_of(text)] == sentences


def test_people_count_and_not_how_often_they_write() -> None:
    def said(comment_id: int, author_id: int, words: str) -> Sentence:
        stems = frozenset(words.split())
        return Sentence(Group.NEUTRAL, comment_id, author_id, comment_id, 0, 40, stems)

    loud = [said(n, 1, f"parcheggio auto centro strada{n}") for n in range(1, 9)]
    others = [said(10 + n, 10 + n, f"sportello sera turno lavoro{n}") for n in range(4)]
    chosen = choose([*others, *loud])
    assert [one["comment_id"] for one in chosen[:2]] == [10, 1]
    assert (chosen[0]["near"], chosen[1]["near"]) == (3, 7)
    assert choose([*loud, *reversed(others)]) == chosen


def work(make: Factory, after: int = 0) -> int:
    """Run the jobs of digests of the entries beyond a position; the last position."""
    with make.database.snapshot() as session:
        entries = log.read_forward(session, after=after, limit=5000)
    wanted = [(place, name) for place, name in owed_by(entries) if name.startswith("digest_")]
    for place, name in wanted:
        with make.database.transaction(SYSTEM) as tx:
            BY_NAME[name](tx, log.read_entry(tx.session, place))
    return entries[-1].position if entries else after


@pytest.fixture
def discussed(make: Factory) -> Proposal:
    """A proposal with fifteen comments, of which two and a reply will be cited."""
    proposal = make.proposal()
    for _number in range(6):
        make.comment(proposal, body=FOR)
        make.comment(proposal, position=Position.AGAINST, body=AGAINST)
    last = make.comment(proposal, position=Position.NEUTRAL, body="Va bene.")
    for _number in range(2):
        with make.database.transaction(make.citizen()) as tx:
            reply_to_comment(tx, comment_id=last.id, body=ASKED)
    return proposal


def cited(make: Factory, proposal: Proposal) -> dict[str, Comment]:
    """The comments that a proposal's digest cites now, by the sentence."""
    with make.session() as session:
        digest = digest_of(session, proposal.id)
    return {} if digest is None else {one.body: one.comment for one in digest.sentences}


def made(make: Factory, proposal: Proposal) -> DiscussionDigest | None:
    with make.session() as session:
        found: DiscussionDigest | None = session.get(DiscussionDigest, proposal.id)
        return found


def test_a_long_discussion_is_shown_in_short(
    client: FlaskClient, make: Factory, discussed: Proposal
) -> None:
    page = f"/proposte/{discussed.id}"
    assert client.get(f"/api/v1{page.replace('proposte', 'proposals')}/digest").status_code == 404
    work(make)
    shown = client.get(page).text
    assert "Riassunto automatico di 15 osservazioni" in shown
    for sentence, comment in cited(make, discussed).items():
        assert f'<q lang="it">{sentence}</q>' in shown
        assert f'href="/osservazioni/{comment.id}"' in shown
    told = client.get(f"/api/v1/proposals/{discussed.id}/digest").json
    assert told
    assert told["comments"] == 15
    assert {(one["group"], one["body"], one["near"]) for one in told["sentences"]} == {
        ("in_favour", FOR, 5),
        ("against", AGAINST, 5),
        ("questions", ASKED, 1),
    }


def test_a_short_discussion_has_none(make: Factory) -> None:
    proposal = make.proposal()
    for _number in range(14):
        make.comment(proposal, body=FOR)
    work(make)
    assert made(make, proposal) is None


def test_sentences_are_gone_with_their_comment_at_once(make: Factory, discussed: Proposal) -> None:
    """No job runs here: what a transaction hides is not read from its commit on."""
    work(make)
    found, facilitator = cited(make, discussed), make.holder(Role.FACILITATOR)
    assert set(found) == {FOR, AGAINST, ASKED}
    with make.database.transaction(facilitator) as tx:
        hide_comment(tx, comment_id=found[FOR].id, reason="Offende")
    assert FOR not in cited(make, discussed)
    with make.database.transaction(facilitator) as tx:
        show_comment(tx, comment_id=found[FOR].id, reason="Errore")
    assert FOR in cited(make, discussed)
    author = make.actor(found[FOR].author)
    with make.database.transaction(author) as tx:
        edit_comment(
            tx, comment_id=found[FOR].id, version=1, position=Position.IN_FAVOUR,
            body="Tutt’altra cosa, che nessuno aveva ancora scritto qui.", reason="Altro",
        )  # fmt: skip
    assert FOR not in cited(make, discussed)
    with make.database.transaction(make.actor(found[AGAINST].author)) as tx:
        withdraw_comment(tx, comment_id=found[AGAINST].id, reason="Ripensato")
    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        erase_comment(tx, comment_id=found[ASKED].id, ground="Dati personali altrui")
    assert cited(make, discussed) == {}
    row = made(make, discussed)
    assert row is not None
    assert FOR[:10] not in repr(row.sentences)


def test_it_is_made_anew_when_enough_has_come(make: Factory, discussed: Proposal) -> None:
    after = work(make)
    first = made(make, discussed)
    assert first is not None
    for _number in range(2):
        make.comment(discussed, body=FOR)
    work(make, after)
    again = made(make, discussed)
    assert again
    assert (again.number, again.comments) == (first.number, 15)
    third = make.comment(discussed, body=FOR)
    work(make)  # all jobs of before once more: no harm
    last = made(make, discussed)
    with make.session() as session:
        head = log.head(session, table_stream(discussed.table_id))
    assert last
    assert (last.number, last.comments) == (head, 18)
    assert last.sentences[0] == {**first.sentences[0], "near": 8}
    with make.database.transaction(make.holder(Role.FACILITATOR)) as tx:
        hide_comment(tx, comment_id=third.id, reason="Doppio")
    work(make, after)
    now = made(make, discussed)
    assert now
    assert now.comments == 17


def test_of_more_comments_than_are_read_it_is_made_as_seldom(
    make: Factory, discussed: Proposal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MOST_COMMENTS", 10)
    after = work(make)
    first = made(make, discussed)
    for _number in range(2):
        make.comment(discussed, body=FOR)
    work(make, after)
    again = made(make, discussed)
    assert first
    assert again
    assert (again.number, again.comments) == (first.number, 10)
