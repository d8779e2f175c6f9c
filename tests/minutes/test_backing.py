"""The vote and the quorum behind a conclusion; what is done where there is none."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from consultazione.core.actor import SYSTEM
from consultazione.core.errors import Invalid
from consultazione.minutes.commands.approving import approve_minutes, publish_minutes
from consultazione.minutes.commands.drafting import draft_minutes
from consultazione.minutes.commands.editing import WITHOUT_VOTE, add_conclusion
from consultazione.minutes.compose.types import ConclusionRow
from consultazione.minutes.compose.wording import FAULTS, Fault
from consultazione.minutes.document import document_of
from consultazione.outcomes.commands.opening import open_outcome
from consultazione.outcomes.grounds import Grounds, grounds_behind
from consultazione.outcomes.models import Outcome
from consultazione.outcomes.queries import get_outcome
from consultazione.sittings.lifecycle.commands.opening import close_sitting
from consultazione.sittings.lifecycle.commands.points import start_point
from consultazione.sittings.polls.commands.annulling import annul_poll
from consultazione.sittings.polls.commands.ballots import cast_ballot
from consultazione.sittings.polls.commands.polls import close_poll, open_poll
from consultazione.sittings.polls.rules import Effect
from consultazione.sittings.quorums.base import QuorumKind, QuorumTerms
from consultazione.zones.models import WithoutQuorum, Zone
from tests.support.factories import Factory
from tests.support.minutes_desk import Desk
from tests.support.translated import reading

TEXT = "Si apra uno sportello."
NAMED = ("poll_id", "vote", "quorum", "warnings")


class Held:
    """A sitting that votes on its first point, and then its draft."""

    def __init__(self, make: Factory, quorum: int = 0) -> None:
        self.make = make
        terms = QuorumTerms(kind=QuorumKind.PERSONS, least=quorum) if quorum else None
        sitting = make.sitting(**({"quorum": terms} if terms else {}))
        chair = make.presided(sitting)
        self.desk = Desk(make, sitting, chair, make.present(sitting))
        self.point_id = self._points()[0]
        self.do(start_point, point_id=self.point_id)

    def do(self, command: Any, **values: Any) -> Any:
        """What a command answers to the chair."""
        with self.make.database.transaction(self.desk.facilitator) as tx:
            return command(tx, **values)

    def vote(self, choice: str, **values: Any) -> int:
        """The id of a vote in which the only participant made a choice."""
        sitting_id = self.desk.sitting.id
        poll = self.do(open_poll, sitting_id=sitting_id, question=f"Voto {choice}?", **values)
        with self.make.database.transaction(self.desk.present) as tx:
            cast_ballot(tx, poll_id=poll.id, choice=choice)
        self.do(close_poll, poll_id=poll.id)
        assert isinstance(poll.id, int)
        return poll.id

    def close(self) -> None:
        """Close the sitting and draft its minutes."""
        self.do(close_sitting, sitting_id=self.desk.sitting.id)
        with self.make.database.transaction(SYSTEM) as tx:
            draft_minutes(tx, sitting_id=self.desk.sitting.id)

    def conclude(self, **values: Any) -> ConclusionRow:
        """A conclusion on the first point, as the document tells it."""
        given = {"point_id": self.point_id, "chapter_id": self.desk.chapter_id(), "body": TEXT}
        self.desk.run(add_conclusion, **{**given, **values})
        return document_of(self.desk.minutes)["conclusions"][-1]

    def hold(self) -> None:
        """The zone holds back what has no vote or quorum."""
        with self.make.database.transaction(SYSTEM) as tx:
            tx.session.get_one(Zone, self.make.zone.id).without_quorum = WithoutQuorum.HOLD

    def outcome(self) -> Any:
        """What unions are asked to sign once the minutes are published; None if nothing."""
        self.desk.run(approve_minutes, version=self.desk.minutes.version)
        self.desk.seal()
        self.desk.run(publish_minutes)
        return self.desk.run(open_outcome, SYSTEM)

    def _points(self) -> list[int]:
        with self.make.session() as session:
            sitting = session.get_one(type(self.desk.sitting), self.desk.sitting.id)
            return [point.id for point in sitting.agenda]


def test_it_rests_on_the_last_vote_of_the_point_and_says_how_it_ended(make: Factory) -> None:
    held = Held(make)
    held.vote("no")
    last = held.vote("yes")
    held.close()
    row = held.conclude()
    assert row["poll_id"] == last
    assert row["vote"] == (
        "Votazione «Voto yes?»: Favorevoli 1, Contrari 0, Astenuti 0. Approvata."
    )
    assert "warnings" not in row
    assert "quorum" not in row


def test_another_vote_can_be_chosen_or_none(make: Factory) -> None:
    held = Held(make)
    first = held.vote("no")
    held.vote("yes")
    held.close()
    row = held.conclude(poll_id=first)
    assert (row["poll_id"], row["warnings"]) == (first, [FAULTS[Fault.NOT_CARRIED]])
    assert "vote" not in held.conclude(poll_id=WITHOUT_VOTE)
    with pytest.raises(Invalid) as refused:
        held.conclude(poll_id=first + 1000)
    assert list(refused.value.fields) == ["poll_id"]


def test_an_annulled_vote_backs_nothing(make: Factory) -> None:
    held = Held(make)
    poll_id = held.vote("yes")
    held.do(annul_poll, poll_id=poll_id, reason="Un altro testo.")
    held.close()
    assert held.conclude()["warnings"] == [FAULTS[Fault.VOID]]


def test_an_opinion_poll_is_told_as_one_and_fails_nothing(make: Factory) -> None:
    held = Held(make)
    held.vote("no", effect=Effect.CONSULTATIVE)
    held.close()
    row = held.conclude()
    assert row["vote"].startswith("Sondaggio «Voto no?»: ")
    assert "warnings" not in row


def test_without_quorum_it_says_so_even_without_a_vote(make: Factory) -> None:
    held = Held(make, quorum=5)
    held.close()
    row = held.conclude()
    assert row["warnings"] == [FAULTS[Fault.NO_QUORUM]]
    assert row["quorum"].startswith("Numero legale non raggiunto: persone presenti ")


@pytest.mark.parametrize("holds", [False, True])
def test_what_has_no_valid_vote_is_marked_or_held_as_the_zone_wants(
    make: Factory, holds: bool
) -> None:
    held = Held(make)
    lost = held.vote("no")
    held.vote("yes")
    held.close()
    held.conclude(poll_id=lost)
    held.conclude(body="Si chiuda.")
    if holds:
        held.hold()
    desk = held.desk
    desk.run(approve_minutes, version=desk.minutes.version)
    rows = document_of(desk.minutes)["conclusions"]
    assert [row.get("held", False) for row in rows] == [holds, False]
    assert [one.held for one in desk.minutes.conclusions] == [holds, False]
    desk.seal()
    desk.run(publish_minutes)
    outcome = desk.run(open_outcome, SYSTEM)
    bodies = [item.body for item in outcome.items]
    assert bodies == (["Si chiuda."] if holds else [TEXT, "Si chiuda."])
    assert [row["body"] for row in outcome.document["items"]] == bodies


def test_what_follows_a_held_conclusion_keeps_its_own_text(
    make: Factory, client: FlaskClient
) -> None:
    held = Held(make)
    lost = held.vote("no")
    held.vote("yes")
    held.close()
    held.conclude(poll_id=lost)
    held.conclude(body="Si chiuda.")
    held.conclude(body="Si rinvii.")
    held.hold()
    outcome = held.outcome()
    page = client.get(f"/esiti/{outcome.id}").text
    told = [page.split(f'id="voce-{rank}"')[1] for rank in (2, 3)]
    assert ["Si chiuda." in told[0], "Si rinvii." in told[1]] == [True, True]
    pdf = PdfReader(io.BytesIO(client.get(f"/esiti/{outcome.id}.pdf").data))
    words = " ".join(page.extract_text() for page in pdf.pages)
    assert [said in words for said in (TEXT, "Si chiuda.", "Si rinvii.")] == [False, True, True]


def test_the_outcome_shows_what_the_signed_conclusion_rests_on(
    make: Factory, client: FlaskClient
) -> None:
    held = Held(make)
    lost, won = held.vote("no"), held.vote("yes")
    held.close()
    held.conclude(poll_id=lost)
    held.conclude(poll_id=WITHOUT_VOTE)
    outcome = held.outcome()
    (first, second), of_old = behind(make, outcome.id), [lost, won]
    assert ([vote.poll.id for vote in first.votes], second.votes) == ([lost], [])
    assert list(first.warnings) == [FAULTS[Fault.NOT_CARRIED]]
    page = client.get(f"/esiti/{outcome.id}").text
    assert FAULTS[Fault.NOT_CARRIED] in page
    assert "Voto yes?" not in page
    with make.database.transaction(SYSTEM) as tx:
        row = tx.session.get_one(Outcome, outcome.id)
        kept = [
            {name: value for name, value in one.items() if name not in NAMED}
            for one in row.document["items"]
        ]
        row.document = {**row.document, "format": "esito/1", "items": kept}
    assert [[vote.poll.id for vote in one.votes] for one in behind(make, outcome.id)] == [
        of_old
    ] * 2


def behind(make: Factory, outcome_id: int) -> list[Grounds]:
    """The grounds of the conclusions of an outcome, in their order."""
    with make.session() as session:
        ids = [item.id for item in get_outcome(session, outcome_id).items]
        found = grounds_behind(session, ids)
        return [found[item_id] for item_id in ids]


def test_there_is_no_outcome_of_held_conclusions_alone(make: Factory) -> None:
    held = Held(make)
    held.vote("no")
    held.close()
    held.conclude()
    held.hold()
    assert held.outcome() is None


def test_the_editor_offers_the_votes_and_warns(make: Factory, client: FlaskClient) -> None:
    held = Held(make)
    held.vote("no")
    held.close()
    held.conclude()
    held.hold()
    make.sign_in(client, held.desk.facilitator)
    page = client.get(f"/verbali/{held.desk.minutes.id}").get_data(as_text=True)
    assert FAULTS[Fault.NOT_CARRIED] in page
    with reading("it"):
        assert "questa conclusione resta nel verbale e non va oltre" in page
    assert "Nessuna: il tavolo ha concordato senza votare" in page
