"""Pages of the zone: home, path, public log; and the same over REST."""

from __future__ import annotations

import re
from datetime import date
from importlib import import_module

import pytest
from flask.testing import FlaskClient

from consultazione import events
from consultazione.core import clock
from consultazione.core.actor import SYSTEM, Role
from consultazione.core.events import registry
from consultazione.home.streams import streams_of
from consultazione.sittings.models import Sitting
from consultazione.sittings.questions.commands.questions import ask_question
from consultazione.sittings.record.commands.notes import write_running_note
from consultazione.sittings.record.commands.statements import make_statement
from consultazione.zones.commands.path import open_phase
from consultazione.zones.event_sentences import FAMILIES, SENTENCES, STREAM_NAMES
from consultazione.zones.queries import phases
from tests.support.books import Books
from tests.support.factories import Factory
from tests.support.source import modules

ACT = {
    "kind": "council_vote", "title": "Voto del Consiglio", "number": "12/2018",
    "on_day": "2018-07-30", "body": "Consiglio", "source": "albo pretorio",
}  # fmt: skip


def begin(make: Factory) -> int:
    with make.session() as session:
        phase_id: int = phases(session, make.cycle.id)[1].id
    with make.database.transaction(SYSTEM) as tx:
        open_phase(tx, phase_id=phase_id, starts_on=date(2018, 2, 5))
    return phase_id


def test_before_a_zone_is_set_up_home_says_so(client: FlaskClient) -> None:
    assert "consultazione setup-link" in client.get("/").text


def test_home_says_where_the_path_stands_and_what_is_new(
    client: FlaskClient, make: Factory
) -> None:
    begin(make)
    proposal = make.proposal(make.table(name="Tavolo Welfare"))
    page = client.get("/", follow_redirects=True).text
    for words in ("Phase participation", "Tavolo Welfare", proposal.title, "/proposte/nuova"):
        assert words in page


def test_home_of_an_empty_zone_is_whole(client: FlaskClient, make: Factory) -> None:
    assert make.zone
    answer = client.get("/", follow_redirects=True)
    assert answer.status_code == 200
    assert 'class="empty"' in answer.text
    foot = answer.text.partition('id="footer"')[2]
    for path in ("programma", "riparto", "memoria"):
        assert f'href="{make.here}/{path}"' in foot


def test_the_path_tells_phases_apart(client: FlaskClient, make: Factory) -> None:
    begin(make)
    page = client.get("/percorso").text
    assert page.count("path__moment--current") == 1
    assert page.count("path__moment--next") == 3
    assert "/percorso/atti/nuovo" not in page


def test_the_plan_office_records_the_act_that_closes(client: FlaskClient, make: Factory) -> None:
    phase_id = begin(make)
    make.sign_in(client, make.holder(Role.PLAN_OFFICE))
    assert client.post("/percorso/atti/nuovo", data={**ACT, "on_day": "ieri"}).status_code == 422
    page = client.post("/percorso/atti/nuovo", data=ACT, follow_redirects=True).text
    assert "Voto del Consiglio" in page
    url = f"/percorso/fasi/{phase_id}/chiudi"
    act_id = client.get(url).text.partition("Voto del")[0].rpartition('value="')[2].partition('"')
    after = client.post(
        url, data={"act_id": act_id[0], "closed_on": "2018-07-30"}, follow_redirects=True
    )
    assert after.text.count("path__moment--done") == 1


def test_the_plan_office_lets_a_phase_begin(client: FlaskClient, make: Factory) -> None:
    with make.session() as session:
        first = phases(session, make.cycle.id)[0]
    make.sign_in(client, make.holder(Role.PLAN_OFFICE))
    url = f"/percorso/fasi/{first.id}/apri"
    assert url in client.get("/percorso").text
    assert client.post(url, data={"starts_on": ""}).status_code == 422
    after = client.post(url, data={"starts_on": "2018-02-05"}, follow_redirects=True).text
    assert after.count("path__moment--current") == 1


def test_others_do_not_reach_the_forms(client: FlaskClient, make: Factory) -> None:
    phase_id = begin(make)
    make.sign_in(client, make.citizen())
    acts = ("apri", "termine", "chiudi", "riapri", "sospendi", "correggi")
    for url in ("/percorso/atti/nuovo", *(f"/percorso/fasi/{phase_id}/{act}" for act in acts)):
        assert client.get(url).status_code == 403, url


def test_every_kind_of_event_has_its_sentence() -> None:
    assert events.ALL
    assert set(SENTENCES) == set(registry())


def test_the_log_shows_every_family_of_streams_but_accounts() -> None:
    streams = {
        function(7).partition(":")[0]: name
        for module in modules()
        if module.endswith(".events")
        for name, function in vars(import_module(module)).items()
        if name.endswith("_stream")
    }
    assert streams.pop("person") == "person_stream"
    assert set(FAMILIES) == set(streams)
    assert set(STREAM_NAMES) == set(FAMILIES)


def test_a_cycle_has_its_streams_of_every_family() -> None:
    selected = streams_of(7).compile(compile_kwargs={"literal_binds": True})
    assert set(re.findall(r"'(\w+):'", str(selected))) == set(FAMILIES)


def test_home_and_log_of_a_cycle_tell_of_its_programme(client: FlaskClient, make: Factory) -> None:
    programme = Books(make).programme
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    assert "The annual programme of one year was opened." in client.get(f"{make.here}/").text
    only = client.get(f"{make.here}/registro?flusso=programme").text
    assert f"programme:{programme.id}" in only


def test_the_log_lists_what_was_asked_and_noted_without_a_word_of_it(
    client: FlaskClient, make: Factory
) -> None:
    """Everybody sees that a note was written or a question asked: not by whom, nor what."""
    sitting = make.sitting()
    chair, asker = make.presided(sitting), make.present(sitting)
    with make.database.transaction(asker) as tx:
        ask_question(tx, sitting_id=sitting.id, body="How many places?")
        make_statement(tx, sitting_id=sitting.id, body="For the record.")
    with make.database.transaction(chair) as tx:
        first = tx.session.get_one(Sitting, sitting.id).agenda[0]
        write_running_note(tx, point_id=first.id, body="To check.", version=0)
    for stream, entries in {f"questions:{sitting.id}": 1, f"notes:{sitting.id}": 2}.items():
        page = client.get(f"/registro?flusso={stream}", headers={"Accept-Language": "en"}).text
        assert page.count("<code title=") == entries
        for told in ("How many places?", "For the record.", "To check.", asker.display_name):
            assert told not in page
    kinds = [
        entry["kind"]
        for which in ("questions", "notes")
        for entry in (client.get(f"/api/v1/log?which={which}").json or {})["items"]
    ]
    assert kinds == ["question.asked", "running_note.written", "statement.recorded"]


def test_the_log_lists_all_streams_but_accounts(client: FlaskClient, make: Factory) -> None:
    table = make.table()
    make.proposal(table)
    page = client.get("/registro").text
    assert f"table:{table.id}" in page
    assert "person:" not in page
    assert f"zone:{make.zone.id}" not in client.get("/registro?flusso=table").text
    other = make.table()
    only = client.get(f"/registro?flusso=table:{table.id}").text
    assert f"flusso=table:{other.id}" not in only


@pytest.mark.parametrize("query", ["flusso=person", "flusso=person:1", "flusso=%25:1", "prima=x"])
def test_the_log_cannot_be_talked_into_accounts(
    client: FlaskClient, make: Factory, query: str
) -> None:
    make.citizen()
    assert make.zone
    answer = client.get(f"/registro?{query}")
    assert answer.status_code == 200
    assert '<a href="/registro?flusso=person' not in answer.text


def test_the_log_goes_on_page_by_page(client: FlaskClient, make: Factory) -> None:
    table, author = make.table(), make.citizen()
    for _ in range(45):
        make.proposal(table, author)
    first = client.get(f"/registro?flusso=table:{table.id}").text
    link = first.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    second = client.get(link).text
    assert f"Tavolo {table.id}</a>" in first
    assert "voce 46<" in first
    assert "voce 1<" in second
    assert (first + second).count("<code title=") == 46
    assert client.get(f"/registro?prima={10**30}").status_code == 200


def test_the_zone_and_the_log_over_rest(client: FlaskClient, make: Factory) -> None:
    begin(make)
    made = client.get("/api/v1/zone").json
    assert made is not None
    assert (len(made["chapters"]), len(made["phases"])) == (7, 4)
    assert made["phases"][1]["starts_on"] == "2018-02-05"
    first = client.get("/api/v1/log?which=zone&limit=1").json
    assert first is not None
    rest = client.get(first["next"]).json
    assert rest is not None
    assert [e["kind"] for e in first["items"] + rest["items"]] == ["phase.opened", "zone.set_up"]
    assert rest["next"] is None
    assert {e["stream"].partition(":")[0] for e in rest["items"]} <= set(FAMILIES)


def record(client: FlaskClient, **values: str) -> int:
    """Record an act through its form; returns its id."""
    page = client.post("/percorso/atti/nuovo", data={**ACT, **values}, follow_redirects=True).text
    return max(int(number) for number in re.findall(r"/atti/(\d+)", page))


def test_the_plan_office_suspends_reopens_and_corrects_a_phase(
    client: FlaskClient, make: Factory
) -> None:
    phase_id = begin(make)
    at = f"/percorso/fasi/{phase_id}"
    make.sign_in(client, make.holder(Role.PLAN_OFFICE))
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    assert "No act that would do has been recorded." in client.get(f"{at}/sospendi").text
    act_id, why = record(client), {"reason": "Come deciso dal Consiglio."}
    ask = {"act_id": act_id, "until": clock.today().isoformat(), **why}
    assert client.post(f"{at}/sospendi", data={**ask, "until": "2018-01-01"}).status_code == 422
    page = client.post(f"{at}/sospendi", data=ask, follow_redirects=True).text
    assert "Suspended until" in page
    resume = re.search(rf"{at}/sospensioni/\d+/termina", page)
    assert resume is not None
    assert "Suspended from" in client.post(resume[0], data=why, follow_redirects=True).text
    close = {"act_id": act_id, "closed_on": clock.today().isoformat()}
    assert f"{at}/riapri" in client.post(f"{at}/chiudi", data=close, follow_redirects=True).text
    late = record(client, on_day=clock.today().isoformat(), title="Riapertura")
    page = client.post(f"{at}/riapri", data={"act_id": late, **why}, follow_redirects=True).text
    assert "reopened on" in page
    assert "Riapertura" in page
    new = {"version": 1, "title": "Tavoli aperti", "starts_on": "2018-02-06", **why}
    page = client.post(f"{at}/correggi", data=new, follow_redirects=True).text
    assert "Tavoli aperti" in page
    assert "Phase participation" in client.get(f"{at}/versioni").text


def test_the_page_of_the_path_says_what_a_phase_owes_to_who_may_close_it(
    client: FlaskClient, make: Factory
) -> None:
    begin(make)
    table = make.table(name="Casa")
    make.proposal(table)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    told = "Proposals at the table “Casa” that nobody has admitted or refused: 1."
    assert told not in client.get("/percorso").text
    make.sign_in(client, make.holder(Role.PLAN_OFFICE))
    page = client.get("/percorso").text
    assert told in page
    assert f"{make.here}/proposte?tavolo={table.slug}&amp;stato=submitted" in page
