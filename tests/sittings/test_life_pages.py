"""The pages of a sitting's life: forms that change it, lists that say how it stands, its notice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import icalendar
import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from consultazione.core import clock
from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.sittings.agenda.commands.papers import attach_material
from consultazione.sittings.lifecycle.commands.opening import close_sitting
from consultazione.sittings.lifecycle.commands.revising import (
    cancel_sitting,
    correct_sitting,
)
from consultazione.sittings.models import PointState, Sitting, SittingState
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.quorums.base import QuorumKind, QuorumTerms
from consultazione.tables.commands import take_seat
from consultazione.tables.models import ThematicTable
from consultazione.tables.rules import TableRule, Who
from tests.support.factories import Factory
from tests.support.rest_program import Program

ENGLISH = {"Accept-Language": "en"}
SOON = clock.now() + timedelta(days=3)


def typed(moment: datetime) -> str:
    return clock.in_rome(moment).strftime("%Y-%m-%dT%H:%M")


@pytest.fixture
def table(make: Factory) -> ThematicTable:
    return make.table()


@pytest.fixture
def coming(make: Factory, table: ThematicTable) -> Sitting:
    return make.sitting(table, title="La prossima", starts_at=SOON)


@pytest.fixture
def chair(client: FlaskClient, make: Factory, table: ThematicTable) -> Actor:
    """A facilitator of the table, who is signed in."""
    actor = make.holder(Role.FACILITATOR, table.id)
    make.sign_in(client, actor)
    return actor


@pytest.fixture
def read(client: FlaskClient) -> Callable[[str], str]:
    return lambda path: client.get(path, headers=ENGLISH, follow_redirects=True).text


def now_is(make: Factory, sitting: Sitting) -> Sitting:
    """The sitting as it is now, with its agenda."""
    with make.session() as session:
        found = get_sitting(session, sitting.id)
        assert found.agenda is not None
        return found


def change(make: Factory, who: Actor, command: Any, **fields: Any) -> Any:
    with make.database.transaction(who) as tx:
        return command(tx, **fields)


def test_convening_begins_at_the_list_and_puts_minutes_and_documents_to_points(
    client: FlaskClient, make: Factory, table: ThematicTable, chair: Actor, tmp_path: Path,
    read: Callable[[str], str],
) -> None:  # fmt: skip
    paper = make.material(table, tmp_path, title="Orari")
    assert "sedute/nuova" in read(f"{make.here}/sedute")
    form = client.get(f"{make.here}/sedute/nuova")
    assert form.location.endswith(f"{make.here}/tavoli/{table.slug}/sedute/nuova")
    sent = client.post(form.location, data={
        "title": "Prima", "place": "Municipio", "starts_at": typed(SOON),
        "point_title": ["Verbale", "", "Trasporti", "Varie ed eventuali"],
        "point_minutes": ["5", "", "30", ""],
        "papers": [f"2:{paper.id}"],
        "agenda": "Casa\nLavoro",
    })  # fmt: skip
    page = client.get(sent.location).text
    with make.session() as session:
        agenda = get_sitting(session, int(sent.location.rsplit("/", 1)[1])).agenda
        said = [(point.title, point.minutes_planned) for point in agenda]
    assert said == [
        ("Verbale", 5), ("Trasporti", 30), ("Casa", None), ("Lavoro", None),
        ("Varie ed eventuali", None),
    ]  # fmt: skip
    assert page.count("Orari") >= 1


def test_a_form_that_is_refused_keeps_its_rows(
    client: FlaskClient, make: Factory, table: ThematicTable, chair: Actor, tmp_path: Path
) -> None:
    paper = make.material(table, tmp_path)
    page = client.post(f"{make.here}/tavoli/{table.slug}/sedute/nuova", headers=ENGLISH, data={
        "title": "", "place": "Municipio", "starts_at": typed(clock.now() + timedelta(days=400)),
        "point_title": ["Trasporti"], "point_minutes": ["x"], "papers": [f"0:{paper.id}", "0:y"],
    })  # fmt: skip
    assert page.status_code == 422
    assert 'value="Trasporti"' in page.text
    assert "Write a whole number." in page.text
    assert f'value="0:{paper.id}" checked' in page.text


def test_a_start_far_away_is_confirmed_in_the_form(
    client: FlaskClient, make: Factory, table: ThematicTable, chair: Actor
) -> None:
    url = f"{make.here}/tavoli/{table.slug}/sedute/nuova"
    given = {
        "title": "Lontana", "place": "Municipio", "agenda": "Trasporti",
        "starts_at": typed(clock.now() + timedelta(days=400)),
    }  # fmt: skip
    asked = client.post(url, data=given, headers=ENGLISH)
    assert asked.status_code == 422
    assert "more than six months away" in asked.text
    assert 'name="start_confirmed"' in asked.text
    assert client.post(url, data={**given, "start_confirmed": "yes"}).status_code == 302


def test_who_runs_several_tables_chooses_one_and_others_are_shown_out(
    client: FlaskClient, make: Factory, table: ThematicTable, read: Callable[[str], str]
) -> None:
    other = make.table()
    make.sign_in(client, make.holder(Role.PLAN_OFFICE))
    page = read(f"{make.here}/sedute/nuova")
    assert table.name in page
    assert other.name in page
    make.sign_in(client, make.citizen())
    assert client.get(f"{make.here}/sedute/nuova").status_code == 403
    assert "sedute/nuova" not in read(f"{make.here}/sedute")


def test_a_sitting_is_repeated_and_convened_a_second_time(
    client: FlaskClient, make: Factory, table: ThematicTable, coming: Sitting, chair: Actor,
    tmp_path: Path,
) -> None:  # fmt: skip
    paper = make.material(table, tmp_path)
    point = now_is(make, coming).agenda[1]
    change(make, chair, attach_material, point_id=point.id, material_id=paper.id)
    url = f"{make.here}/tavoli/{table.slug}/sedute/nuova"
    page = client.get(f"{url}?da={coming.id}").text
    assert 'value="La prossima"' in page
    assert 'value="Carers"' in page
    assert f'value="1:{paper.id}" checked' in page
    form = client.get(f"{url}?seconda={coming.id}", headers=ENGLISH).text
    assert "Second convocation of “La prossima”" in form
    given = {"title": "Ancora", "place": "Sala", "agenda": "Trasporti",
             "starts_at": typed(SOON + timedelta(days=1))}  # fmt: skip
    sent = client.post(f"{url}?seconda={coming.id}", data=given)
    second = int(sent.location.rsplit("/", 1)[1])
    assert f'href="/sedute/{second}"' in client.get(f"/sedute/{coming.id}").text
    shown = client.get(f"/sedute/{second}", headers=ENGLISH).text
    assert "second convocation" in shown
    assert f'href="/sedute/{coming.id}"' in shown
    stranger = make.sitting(make.table(), title="Di un altro tavolo")
    assert "Di un altro tavolo" not in client.get(f"{url}?da={stranger.id}").text


def test_what_the_last_sitting_left_stands_in_the_next_agenda(
    client: FlaskClient, make: Factory, table: ThematicTable, chair: Actor
) -> None:
    sitting = make.sitting(table, points=("Verbale", "Trasporti"))
    presides = make.presided(sitting)
    left = now_is(make, sitting).agenda[1].id
    change(make, presides, close_sitting, sitting_id=sitting.id, postponed=[left])
    form = client.get(f"{make.here}/tavoli/{table.slug}/sedute/nuova").text
    assert 'value="Trasporti"' in form
    assert "Left to a later sitting" in client.get(f"/sedute/{sitting.id}", headers=ENGLISH).text


def test_a_convocation_is_corrected_postponed_and_its_story_told(
    client: FlaskClient, make: Factory, coming: Sitting, chair: Actor, read: Callable[[str], str]
) -> None:
    at = f"/sedute/{coming.id}"
    assert "The convocation has not been changed." in read(f"{at}/versioni")
    for form in ("correggi", "rinvia", "annulla"):
        assert f"{at}/{form}" in read(at)
        assert "La prossima" in read(f"{at}/{form}")
    given = {"revision": "0", "title": "Corretta", "place": "Biblioteca",
             "reason": "Sala occupata.",
             "starts_at": typed(SOON), "quorum_kind": "persons", "least": "4"}  # fmt: skip
    assert client.post(f"{at}/correggi", data={**given, "reason": ""}).status_code == 422
    assert client.post(f"{at}/correggi", data=given).status_code == 303
    stale = client.post(f"{at}/correggi", data=given, headers=ENGLISH)
    assert (stale.status_code, "Somebody has changed this" in stale.text) == (422, True)
    assert 'value="Corretta"' in stale.text
    later = {"revision": "1", "place": "Biblioteca", "reason": "Neve.",
             "starts_at": typed(SOON + timedelta(days=2))}  # fmt: skip
    assert client.post(f"{at}/rinvia", data=later).status_code == 303
    told = read(f"{at}/versioni")
    for words in ("Town hall", "Biblioteca", "La prossima", "Corretta", "Sala occupata.", "Neve."):
        assert words in told, words
    assert "Postponed" in read(f"{make.here}/sedute")


def test_who_only_waited_took_no_part(
    make: Factory, table: ThematicTable, chair: Actor, read: Callable[[str], str]
) -> None:
    sitting = make.sitting(table)
    make.present(sitting)
    change(make, chair, cancel_sitting, sitting_id=sitting.id, reason="No hall.")
    for page in ("", "/presenze"):
        assert "Who took part" not in read(f"/sedute/{sitting.id}{page}")


def test_a_cancelled_sitting_says_so_everywhere(
    client: FlaskClient, make: Factory, table: ThematicTable, coming: Sitting, chair: Actor,
    read: Callable[[str], str],
) -> None:  # fmt: skip
    last = make.sitting(table, title="La seconda", starts_at=SOON + timedelta(days=1))
    sent = client.post(f"/sedute/{coming.id}/annulla", data={"reason": "Manca la sala."})
    assert sent.status_code == 303
    page = read(f"/sedute/{coming.id}")
    assert "The sitting is cancelled: it is not held." in page
    assert "Manca la sala." in page
    listed = read(f"{make.here}/sedute")
    assert listed.index("La seconda") < listed.index("La prossima")
    assert "Cancelled" in listed
    assert "Cancelled" in read(f"{make.here}/tavoli/{table.slug}")
    home = read(f"{make.here}/")
    assert home.partition("The next sitting")[2].startswith("</h2>")
    assert "La seconda" in home.partition("The next sitting")[2][:300]
    calendar = icalendar.Calendar.from_ical(client.get(f"{make.here}/calendario.ics").data)
    said = {str(e["uid"]).partition("@")[0]: (str(e["status"]), e["sequence"])
            for e in calendar.walk("VEVENT")}  # fmt: skip
    assert said == {
        f"sitting-{coming.id}": ("CANCELLED", 1),
        f"sitting-{last.id}": ("CONFIRMED", 0),
    }
    assert "not held" in read(f"/sedute/{coming.id}/stanza")
    rest = client.get(f"/api/v1/sittings/{coming.id}").get_json()
    assert (rest["state"], rest["cancelled_reason"]) == ("cancelled", "Manca la sala.")


def test_a_sitting_of_yesterday_is_not_the_next_one(
    make: Factory, table: ThematicTable, chair: Actor, read: Callable[[str], str]
) -> None:
    missed = make.sitting(table, title="Mai aperta", starts_at=clock.now() - timedelta(days=1))
    home = read(f"{make.here}/")
    assert "Mai aperta" not in home.partition("The next sitting")[2][:300]
    assert "“Mai aperta” was not held" in home
    listed = read(f"{make.here}/sedute")
    assert "Mai aperta" in listed.partition("Sittings not held")[2]
    assert "postpone it, convene it a second time, or cancel it" in read(f"/sedute/{missed.id}")
    with make.database.transaction(SYSTEM) as tx:
        tx.session.get_one(Sitting, missed.id).starts_at = clock.now()
    assert "Not held" not in read(f"{make.here}/sedute")


@pytest.mark.parametrize("page", ["correggi", "rinvia", "annulla"])
def test_only_who_convenes_sees_the_forms(
    client: FlaskClient, make: Factory, coming: Sitting, page: str
) -> None:
    assert "/accedi" in client.get(f"/sedute/{coming.id}/{page}").location
    make.sign_in(client, make.citizen())
    assert client.get(f"/sedute/{coming.id}/{page}").status_code == 403
    assert page not in client.get(f"/sedute/{coming.id}").text


def test_points_are_corrected_and_taken_off_on_their_pages(
    client: FlaskClient, make: Factory, coming: Sitting, chair: Actor, read: Callable[[str], str]
) -> None:
    first, second, _last = now_is(make, coming).agenda
    given = {"title": "Chi assiste in casa", "minutes_planned": "25", "reason": "Più chiaro."}
    assert client.post(f"/punti/{second.id}/correggi", data=given).status_code == 303
    assert "Carers" in read(f"/punti/{second.id}/correggi").partition("What it said before")[2]
    assert client.post(f"/punti/{first.id}/togli", data={"reason": ""}).status_code == 422
    assert client.post(f"/punti/{first.id}/togli", data={"reason": "Già fatto."}).status_code == 303
    page = read(f"/sedute/{coming.id}")
    for words in ("Chi assiste in casa", "Taken off the agenda", "Reason: Già fatto."):
        assert words in page, words
    assert now_is(make, coming).agenda[-1].state is PointState.REMOVED
    assert client.get("/punti/0/correggi").status_code == 404


def test_the_notice_says_when_where_and_on_what(
    client: FlaskClient, make: Factory, table: ThematicTable, chair: Actor, tmp_path: Path
) -> None:
    quorum = QuorumTerms(kind=QuorumKind.PERSONS, least=3)
    sitting = make.sitting(table, title="Primo incontro", starts_at=SOON, quorum=quorum)
    paper = make.material(table, tmp_path, title="Orari")
    point = now_is(make, sitting).agenda[1]
    change(make, chair, attach_material, point_id=point.id, material_id=paper.id)
    change(
        make, chair, correct_sitting, sitting_id=sitting.id, revision=0, title="Primo incontro",
        place="Biblioteca", starts_at=SOON, quorum=quorum, reason="Sala occupata.",
    )  # fmt: skip
    hour = clock.in_rome(SOON).strftime("%H:%M")
    said = ("Avviso di convocazione", f"alle ore {hour}", "Luogo: Biblioteca.", "Orari",
            "almeno 3 persone", "Sala occupata.", table.name, f"/sedute/{sitting.id}")  # fmt: skip
    page = client.get(f"/sedute/{sitting.id}/avviso").text
    pdf = client.get(f"/sedute/{sitting.id}/avviso.pdf")
    assert pdf.mimetype == "application/pdf"
    set_text = " ".join(
        " ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf.data)).pages
    )
    for words in said:
        assert words in page, words
        assert words in set_text, words
    change(make, chair, cancel_sitting, sitting_id=sitting.id, reason="Neve.")
    assert "è annullata. Motivo: Neve." in client.get(f"/sedute/{sitting.id}/avviso").text
    second = make.sitting(table, starts_at=SOON + timedelta(days=1), second_of=sitting.id)
    assert "in seconda convocazione" in client.get(f"/sedute/{second.id}/avviso").text


def test_the_notice_says_who_speaks_and_votes_by_the_rule(
    client: FlaskClient, make: Factory
) -> None:
    rule = TableRule(vote=Who.ORGANISATIONS, proxies=2)
    sitting = make.sitting(make.table(rule=rule), starts_at=SOON)
    page = client.get(f"/sedute/{sitting.id}/avviso", headers={"Accept-Language": "en"}).text
    assert (
        "Diritto di parola: chiunque abbia un account. Diritto di voto: le organizzazioni" in page
    )
    assert "Numero massimo di deleghe per persona: 2" in page


def test_a_sitting_is_reopened_on_its_page(
    client: FlaskClient, make: Factory, table: ThematicTable, chair: Actor,
    read: Callable[[str], str],
) -> None:  # fmt: skip
    sitting = make.held(make.sitting(table))
    at = f"/sedute/{sitting.id}"
    assert f"{at}/riapri" in read(at)
    assert client.post(f"{at}/riapri", data={"reason": ""}).status_code == 422
    assert client.post(f"{at}/riapri", data={"reason": "Manca un voto."}).status_code == 303
    assert now_is(make, sitting).state is SittingState.OPEN
    assert f"{at}/riapri" not in read(at)


def test_the_desk_lets_people_in_before_the_opening(
    client: FlaskClient, make: Factory, table: ThematicTable, coming: Sitting, chair: Actor,
    read: Callable[[str], str],
) -> None:  # fmt: skip
    today = make.sitting(table)
    anna = make.delegate()
    assert "On the day" not in read(f"/sedute/{today.id}/banco")
    assert "from the opening on" in read(f"/sedute/{today.id}/banco")
    assert "on the day of the sitting" in read(f"/sedute/{coming.id}/banco")
    client.post(f"/sedute/{today.id}/banco/{anna.person_id}/entra")
    assert "In the hall: 1" in read(f"/sedute/{today.id}/banco")


def test_a_delegate_finds_the_excuse_beside_the_roll(
    client: FlaskClient, make: Factory, table: ThematicTable, coming: Sitting,
    read: Callable[[str], str],
) -> None:  # fmt: skip
    organisation, person = make.organisation(), make.person()
    make.mandate(person, organisation)
    with make.database.transaction(SYSTEM) as tx:
        take_seat(tx, table_id=table.id, organisation_id=organisation.id)
    path = f"/sedute/{coming.id}/presenze"
    assert "You cannot come?" not in read(path)
    make.sign_in(client, make.actor(person))
    assert f"{path}/{organisation.id}" in read(path)


def test_programs_change_a_sitting_over_rest(
    client: FlaskClient, make: Factory, coming: Sitting
) -> None:
    program = Program(client, make, make.holder(Role.FACILITATOR, coming.table_id))
    at = f"/sittings/{coming.id}"
    said = {"revision": 0, "title": "T", "place": "P", "starts_at": SOON.isoformat(), "reason": "R"}
    assert program.send(f"{at}/convocation", said, "PUT").status_code == 204
    assert program.send(f"{at}/convocation", said, "PUT").status_code == 409
    later = {"revision": 1, "place": "P", "reason": "R",
             "starts_at": (SOON + timedelta(days=1)).isoformat()}  # fmt: skip
    assert program.send(f"{at}/postponement", later, "PUT").status_code == 204
    point = now_is(make, coming).agenda[0].id
    renamed = {"title": "Altro", "reason": "R"}
    assert program.send(f"/points/{point}/title", renamed, "PUT").status_code == 204
    assert program.send(f"/points/{point}/removal", {"reason": "R"}, "PUT").status_code == 204
    early = {"early_reason": "All are here."}
    assert program.send(f"{at}/roll-call", early).status_code == 204
    assert program.send(f"{at}/cancellation", {"reason": "R"}, "PUT").status_code == 204
    assert program.send(f"{at}/open").status_code == 409
