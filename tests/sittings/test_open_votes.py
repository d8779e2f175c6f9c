"""Open votes by name: in the chronicle, on the poll's page and over REST; secret ones never."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import inspect

from consultazione.core import log
from consultazione.core.actor import SYSTEM, Actor
from consultazione.core.events import to_data
from consultazione.sittings.polls.commands.annulling import annul_poll
from consultazione.sittings.polls.commands.ballots import cast_ballot
from consultazione.sittings.polls.commands.polls import close_poll, open_poll
from consultazione.sittings.polls.models import Poll
from consultazione.sittings.polls.open_votes import by_name, told
from consultazione.sittings.polls.open_votes.silent import silent_at
from consultazione.sittings.polls.rules import Franchise, Rules
from consultazione.sittings.room.chronicle import chronicle_lines
from consultazione.sittings.room.entries import as_sent
from consultazione.sittings.room.snapshot import room_snapshot
from tests.support.factories import Factory
from tests.support.meeting import Meeting
from tests.support.statements import statements
from tests.support.translated import reading


@pytest.fixture(autouse=True)
def italian() -> Iterator[None]:
    with reading("it"):
        yield


def voted(meeting: Meeting, votes: dict[Actor, str], *, close: bool = True, **rules: object) -> int:
    """The id of a poll in which some have voted."""
    poll = meeting.run(
        open_poll,
        meeting.facilitator,
        sitting_id=meeting.sitting.id,
        question="Apriamo lo sportello?",
        rules=Rules(**rules),  # type: ignore[arg-type]
    )
    for who, choice in votes.items():
        meeting.run(cast_ballot, who, poll_id=poll.id, choice=choice)
    if close:
        meeting.run(close_poll, meeting.facilitator, poll_id=poll.id)
    assert isinstance(poll.id, int)
    return poll.id


def last_line(meeting: Meeting, *, before: int = 0) -> str:
    """The newest sentence of the chronicle, or that before some others."""
    with meeting.make.session() as session:
        room = room_snapshot(session, meeting.sitting.id)
        return chronicle_lines(room)[before]["sentence"]


def forget_silence(make: Factory, poll_id: int) -> None:
    with make.database.transaction(SYSTEM) as tx:
        poll = tx.session.get_one(Poll, poll_id)
        poll.silence = None


def sent_for(make: Factory, meeting: Meeting) -> tuple[Actor, str]:
    """A delegate of a seated organisation who is present, and the name with the organisation."""
    person = make.person()
    make.mandate(person, make.seated(meeting.sitting.table_id))
    delegate = make.present(meeting.sitting, make.actor(person))
    organisation = meeting.snapshot()["people"][str(delegate.person_id)]["organisation"]
    return delegate, f"{delegate.display_name} ({organisation})"


def test_the_chronicle_names_who_voted_what(meeting: Meeting, make: Factory) -> None:
    delegate, name = sent_for(make, meeting)
    _silent, silent_name = sent_for(make, meeting)
    voted(meeting, {delegate: "yes", meeting.anna: "no"})
    line = last_line(meeting)
    assert f"Favorevoli: {name}. Contrari: {meeting.anna.display_name}." in line
    assert f"Presenti senza votare: {silent_name}." in line
    assert line.endswith("Presenti a titolo personale senza votare: 1.")
    assert meeting.bruno.display_name not in line


def test_who_left_before_or_came_after_was_not_present(meeting: Meeting, make: Factory) -> None:
    poll_id = voted(meeting, {meeting.anna: "yes"})
    make.present(meeting.sitting, make.delegate())  # too late
    line = last_line(meeting)
    assert "Presenti senza votare" not in line
    with meeting.make.session() as session:
        silent = silent_at(session, by_name.get_open_votes(session, poll_id))
    assert (silent.named, silent.others) == ([], 1)


@pytest.mark.parametrize("kept", [True, False])
def test_the_count_of_a_poll_that_was_annulled_tells_of_nobody_who_came_later(
    meeting: Meeting, make: Factory, kept: bool
) -> None:
    poll_id = voted(meeting, {meeting.anna: "yes"})
    counted = last_line(meeting)
    sent_for(make, meeting)
    meeting.run(annul_poll, meeting.facilitator, poll_id=poll_id, reason="Testo sbagliato.")
    if not kept:  # as of a poll of before it was kept who was silent
        forget_silence(make, poll_id)
    assert last_line(meeting, before=1) == counted


def test_many_polls_are_told_with_as_many_statements_as_one(meeting: Meeting) -> None:
    def told_with() -> int:
        with meeting.make.session() as session:
            entries = log.read_stream(session, f"sitting:{meeting.sitting.id}")
            with statements(session.connection()) as asked:
                as_sent(session, entries)
        return len(asked)

    voted(meeting, {meeting.anna: "yes"})
    with_one = told_with()
    for _number in range(3):
        voted(meeting, {meeting.anna: "yes"})
    assert told_with() == with_one


def test_who_was_silent_is_read_by_those_alone_who_tell_of_it(meeting: Meeting) -> None:
    poll_id = voted(meeting, {meeting.anna: "yes"})
    with meeting.make.session() as session:
        poll = session.get_one(Poll, poll_id)
        assert "silence" in inspect(poll).unloaded
        assert (poll.silence or {})["persons"] == [meeting.bruno.person_id]


def test_where_organisations_vote_another_delegate_of_one_that_voted_is_not_silent(
    meeting: Meeting, make: Factory
) -> None:
    organisation = make.organisation()
    make.seat(meeting.sitting.table_id, organisation)
    delegates = []
    for _number in range(2):
        person = make.person()
        make.mandate(person, organisation)
        delegates.append(make.present(meeting.sitting, make.actor(person)))
    _other, silent_name = sent_for(make, meeting)
    voted(meeting, {delegates[0]: "yes"}, franchise=Franchise.ORGANISATIONS)
    line = last_line(meeting)
    assert line.endswith(f"Presenti senza votare: {silent_name}.")
    assert delegates[1].display_name not in line.partition("Presenti senza votare")[2]


def test_a_secret_poll_names_nobody_anywhere(
    meeting: Meeting, make: Factory, client: FlaskClient
) -> None:
    delegate, _name = sent_for(make, meeting)
    poll_id = voted(meeting, {delegate: "yes"}, secret=True)
    assert delegate.display_name not in last_line(meeting)
    page = client.get(f"/sedute/{meeting.sitting.id}/votazioni/{poll_id}")
    assert page.status_code == 200
    assert delegate.display_name not in page.get_data(as_text=True)
    assert client.get(f"/api/v1/polls/{poll_id}/votes").status_code == 404


def test_nobody_is_named_while_the_poll_is_open(meeting: Meeting, client: FlaskClient) -> None:
    poll_id = voted(meeting, {meeting.anna: "yes"}, close=False)
    page = client.get(f"/sedute/{meeting.sitting.id}/votazioni/{poll_id}").get_data(as_text=True)
    assert meeting.anna.display_name not in page
    assert client.get(f"/api/v1/polls/{poll_id}/votes").status_code == 404


def test_the_page_lists_them_by_choice_page_after_page(
    meeting: Meeting, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll_id = voted(meeting, {meeting.anna: "no", meeting.bruno: "yes"})
    address = f"/sedute/{meeting.sitting.id}/votazioni/{poll_id}"
    whole = client.get(address).get_data(as_text=True)
    names = [whole.index(who.display_name) for who in (meeting.bruno, meeting.anna)]
    assert names == sorted(names)  # in favour first
    monkeypatch.setattr(by_name, "PAGE", 1)
    first = client.get(address).get_data(as_text=True)
    assert meeting.anna.display_name not in first
    assert "?da=1" in first
    assert meeting.anna.display_name in client.get(f"{address}?da=1").get_data(as_text=True)


def test_programs_read_the_names_page_by_page(meeting: Meeting, client: FlaskClient) -> None:
    poll_id = voted(meeting, {meeting.anna: "no", meeting.bruno: "yes"})
    first = client.get(f"/api/v1/polls/{poll_id}/votes?limit=1").get_json()
    second = client.get(first["next"]).get_json()
    found = {row["person"]: row["choice"] for row in first["items"] + second["items"]}
    assert found == {meeting.anna.display_name: "no", meeting.bruno.display_name: "yes"}
    assert second["next"] is None


def test_too_many_voters_are_not_named_in_a_sentence(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(told, "MOST_IN_CHRONICLE", 1)
    voted(meeting, {meeting.anna: "no", meeting.bruno: "yes"})
    line = last_line(meeting)
    assert line.endswith("Chi ha votato che cosa si legge nella pagina della votazione.")
    assert meeting.anna.display_name not in line


def test_no_name_of_a_voter_enters_the_log(meeting: Meeting) -> None:
    poll_id = voted(meeting, {meeting.anna: "no"})
    with meeting.make.session() as session:
        streams = [f"sitting:{meeting.sitting.id}", f"poll:{poll_id}"]
        entries = log.read_streams(session, streams)
        assert all(meeting.anna.display_name not in str(to_data(e.event)) for e in entries)
        sent = as_sent(session, [e for e in entries if e.kind == "poll.closed"])
    assert sent[0]["votes"] is not None
