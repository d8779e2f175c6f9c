"""Pages of sittings: the list, one sitting in each state, its chronicle, convening."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from consultazione.core import clock
from consultazione.core.actor import Role
from consultazione.proposals.commands.lifecycle import admit_proposal
from consultazione.sittings.floor.commands.hands import raise_hand
from consultazione.sittings.lifecycle.commands.opening import close_sitting
from consultazione.sittings.lifecycle.commands.points import start_point
from consultazione.sittings.polls.commands.ballots import cast_ballot
from consultazione.sittings.polls.commands.polls import open_poll
from consultazione.sittings.queries import coming_sittings, get_sitting, past_sittings
from tests.support.factories import Factory
from tests.support.meeting import Meeting


@pytest.fixture(autouse=True)
def in_english(client: FlaskClient, make: Factory) -> None:
    """A zone whose pages are read in English, the language of the messages in the code."""
    assert make.zone
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"


def test_the_list_is_never_bare(client: FlaskClient) -> None:
    page = client.get("/sedute")
    assert page.status_code == 200
    assert "No sitting is convened at the moment." in page.text
    assert "No sitting has been concluded yet." in page.text


def test_the_list_names_what_goes_on_and_what_is_over(
    client: FlaskClient, meeting: Meeting
) -> None:
    soon = meeting.make.sitting()
    over = meeting.make.sitting()
    meeting.run(close_sitting, meeting.make.presided(over), sitting_id=over.id)
    page = client.get("/sedute").text
    order = [page.index(f'/sedute/{s.id}"') for s in (meeting.sitting, soon, over)]
    assert order == sorted(order)
    assert "In progress now" in page


def test_concluded_sittings_are_paged(make: Factory) -> None:
    for _ in range(3):
        sitting = make.sitting(starts_at=clock.now())
        with make.database.transaction(make.presided(sitting)) as tx:
            close_sitting(tx, sitting_id=sitting.id)
    with make.session() as session:
        first = past_sittings(session, make.cycle.id, limit=2)
        rest = past_sittings(session, make.cycle.id, before=first[-1].id, limit=2)
        assert len({s.id for s in first + rest}) == 3
        assert coming_sittings(session, make.cycle.id) == []


def test_a_convened_sitting_shows_its_agenda(client: FlaskClient, make: Factory) -> None:
    sitting = make.sitting(title="A hall <b>and</b> a room")
    page = client.get(f"/sedute/{sitting.id}").text
    assert "A hall &lt;b&gt;and&lt;/b&gt; a room" in page
    assert "Carers" in page
    assert "Add a point" not in page
    assert client.get("/sedute/0").status_code == 404


def test_a_sitting_shows_votes_and_who_was_there(client: FlaskClient, meeting: Meeting) -> None:
    sitting_id = meeting.sitting.id
    poll = meeting.run(open_poll, meeting.facilitator, sitting_id=sitting_id, question="Agreed?")
    meeting.run(cast_ballot, meeting.anna, poll_id=poll.id, choice="yes")
    during = client.get(f"/sedute/{sitting_id}").text
    assert "Voting is open" in during
    assert "Enter the room" in during
    meeting.run(close_sitting, meeting.facilitator, sitting_id=sitting_id, count_poll=True)
    after = client.get(f"/sedute/{sitting_id}").text
    assert "Carried" in after
    assert "More votes in favour than against." in after
    assert meeting.facilitator.display_name in after
    assert "Others, who take part for themselves: 2." in after
    assert "The minutes are being prepared" in after


def test_the_chronicle_gives_every_entry_an_address(client: FlaskClient, meeting: Meeting) -> None:
    sitting_id = meeting.sitting.id
    meeting.run(start_point, meeting.facilitator, point_id=meeting.points()[1].id)
    meeting.run(raise_hand, meeting.anna, sitting_id=sitting_id)
    page = client.get(f"/sedute/{sitting_id}/cronaca").text
    entries = len(meeting.kinds())
    assert [page.count(f'id="voce-{n}"') for n in range(1, entries + 2)] == [1] * entries + [0]
    assert f"{meeting.anna.display_name} asks for the floor." in page
    assert client.get("/sedute/0/cronaca").status_code == 404


def test_a_facilitator_convenes_with_the_habitual_agenda(
    client: FlaskClient, make: Factory
) -> None:
    table = make.table()
    facilitator = make.holder(Role.FACILITATOR, table.id)
    make.sign_in(client, facilitator)
    proposal = make.proposal(table, title="A desk in every town")
    with make.database.transaction(facilitator) as tx:
        admit_proposal(tx, proposal_id=proposal.id)
    url = f"/tavoli/{table.slug}/sedute/nuova"
    form = client.get(url).text
    assert "Approval of the minutes of the last sitting" in form
    sent = client.post(url, data={
        "title": "First sitting",
        "place": "Online",
        "starts_at": f"{clock.today() + timedelta(days=7)}T17:30",
        "agenda": "Minutes\r\n\r\n  Carers \r\nOther business",
        "proposals": [str(proposal.id)],
    })  # fmt: skip
    assert sent.status_code == 302
    with make.session() as session:
        sitting = get_sitting(session, int(sent.location.rsplit("/", 1)[1]))
        titles = [point.title for point in sitting.agenda]
        assert clock.in_rome(sitting.starts_at).strftime("%H:%M") == "17:30"
    assert titles == ["Minutes", "Carers", "A desk in every town", "Other business"]


def test_a_refused_form_keeps_what_was_typed(client: FlaskClient, make: Factory) -> None:
    table = make.table()
    make.sign_in(client, make.holder(Role.FACILITATOR, table.id))
    fields = {"title": "Kept", "place": "", "starts_at": "2018-02-05T17:30", "agenda": "x" * 201}
    page = client.post(f"/tavoli/{table.slug}/sedute/nuova", data=fields)
    assert page.status_code == 422
    assert 'value="Kept"' in page.text
    assert 'href="#field-place"' in page.text
    assert 'href="#field-agenda"' in page.text
    fields |= {"place": "Online", "agenda": "Carers"}
    past = client.post(f"/tavoli/{table.slug}/sedute/nuova", data=fields)
    assert "Choose a day that is not past." in past.text


def test_others_are_shown_out(client: FlaskClient, make: Factory) -> None:
    url = f"/tavoli/{make.table().slug}/sedute/nuova"
    assert "/accedi" in client.get(url).location
    make.sign_in(client, make.citizen())
    assert client.get(url).status_code == 403


def test_a_point_is_added_on_the_page(client: FlaskClient, make: Factory) -> None:
    sitting = make.sitting()
    make.sign_in(client, make.holder(Role.FACILITATOR, sitting.table_id))
    page = client.get(f"/sedute/{sitting.id}").text
    assert "Add the point" in page
    url = f"/sedute/{sitting.id}/punti"
    refused = client.post(url, data={"title": "", "minutes_planned": "0"})
    assert refused.status_code == 422
    assert 'href="#field-minutes_planned"' in refused.text
    sent = client.post(url, data={"title": "A guest", "minutes_planned": "15"})
    assert sent.status_code == 302
    after = client.get(f"/sedute/{sitting.id}").text
    assert "A guest" in after
    assert "15 minutes planned" in after


def test_who_sends_a_form_that_is_offered_no_more_is_told_why(
    client: FlaskClient, make: Factory
) -> None:
    sitting = make.sitting()
    make.sign_in(client, make.presided(sitting))  # who has opened it meanwhile, in another window
    assert "Add the point" not in client.get(f"/sedute/{sitting.id}").text
    late = client.post(f"/sedute/{sitting.id}/punti", data={"title": "A guest"})
    assert late.status_code == 422
    assert late.text.count("The agenda is fixed: the sitting has been opened.") == 1
