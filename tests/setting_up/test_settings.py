"""The settings of a zone: changed by its administrators, each change an entry of the log."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask.testing import FlaskClient

from consultazione.core import log
from consultazione.core.actor import Role
from consultazione.core.errors import Conflict, NotAllowed
from consultazione.core.events import Event
from consultazione.people.models import Category
from consultazione.setup.commands.chapters import add_chapter
from consultazione.setup.commands.cycles import CyclePart, copy_cycle
from consultazione.setup.commands.settings import change_zone
from consultazione.tables.commands import take_seat
from consultazione.tables.queries import seats, tables
from consultazione.zones.events import ZoneChanged, zone_stream
from consultazione.zones.models import PhaseKind
from consultazione.zones.queries import bodies, chapters, current_cycle, phases
from tests.support.factories import Factory
from tests.support.zone_answers import png

WHOLE = {
    "name": "Valle Chiara",
    "lead_body": "Comune di Valle",
    "presentation": "",
    "colour": "navy",
    "sign_off_rule": "all_answered",
    "without_quorum": "mark",
    "sign_off_days": "30",
    "contact_phone": "0123 456",
}


@pytest.fixture
def admin(client: FlaskClient, make: Factory) -> FlaskClient:
    """An administrator's browser."""
    return make.sign_in(client, make.holder(Role.ADMINISTRATOR))


def happened(make: Factory, stream: str = "") -> list[Event]:
    """The events of the zone's stream, or another, after those of the fixtures."""
    with make.database.snapshot() as session:
        entries = log.read_stream(session, stream or zone_stream(make.zone.id))
    return [entry.event for entry in entries if entry.kind not in ("zone.set_up", "role.given")]


def test_who_may_open_the_settings(client: FlaskClient, make: Factory) -> None:
    assert make.zone.id
    seen = [client.get(f"{make.here}/impostazioni").status_code]
    for role in (Role.PLAN_OFFICE, Role.ADMINISTRATOR):
        make.sign_in(client, make.holder(role))
        seen.append(client.get(f"{make.here}/impostazioni").status_code)
    assert seen == [302, 403, 200]


def test_each_setting_that_changes_is_an_entry(admin: FlaskClient, make: Factory) -> None:
    assert admin.post(f"{make.here}/impostazioni/zona", data=WHOLE).status_code == 302
    assert (
        admin.post(
            f"{make.here}/impostazioni/zona", data={**WHOLE, "contact_phone": ""}
        ).status_code
        == 302
    )
    told = [(e.setting.value, e.was, e.now) for e in happened(make) if isinstance(e, ZoneChanged)]
    assert told[0] == ("name", make.zone.name, "Valle Chiara")
    assert told[-2:] == [("contact_phone", "", "0123 456"), ("contact_phone", "0123 456", "")]
    assert len({setting for setting, _was, _now in told}) == len(told) - 1
    assert "Valle Chiara" in admin.get("/", follow_redirects=True).text
    page = admin.get(f"{make.here}/impostazioni", headers={"Accept-Language": "en"}).text
    assert "before: Blue of Italian public bodies<br>now: Navy" in page


@pytest.mark.parametrize("tick", ["four_eyes", "chat_kept"])
def test_a_zone_ticks_a_rule_and_takes_that_back(
    admin: FlaskClient, make: Factory, tick: str
) -> None:
    url, ticked = f"{make.here}/impostazioni/zona", 'value="yes" checked'
    admin.post(url, data={**WHOLE, tick: "yes"})
    assert ticked in admin.get(url).text
    admin.post(url, data=WHOLE)
    assert ticked not in admin.get(url).text
    told = [(e.was, e.now) for e in happened(make) if getattr(e, "setting", "") == tick]
    assert told == [("no", "yes"), ("yes", "no")]


def test_a_wrong_setting_is_told_at_its_field(admin: FlaskClient, make: Factory) -> None:
    sent = admin.post(f"{make.here}/impostazioni/zona", data={**WHOLE, "website": "valle"})
    assert sent.status_code == 422
    assert 'href="#field-website"' in sent.text
    assert happened(make) == []


def test_another_zone_s_administrator_changes_nothing(make: Factory) -> None:
    stranger = Factory(make.database)
    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        assert change_zone(tx, zone_id=make.zone.id, name="Ours")
        with pytest.raises(NotAllowed):
            change_zone(tx, zone_id=stranger.zone.id, name="Theirs")


def test_a_logo_comes_and_goes(admin: FlaskClient, make: Factory) -> None:
    files = {"logo": (BytesIO(png()), "x.png")}
    assert admin.post(f"{make.here}/impostazioni/logo", data={}).status_code == 422
    assert admin.post(f"{make.here}/impostazioni/logo", data=files).status_code == 302
    assert "/logo/" in admin.get("/", follow_redirects=True).text
    assert admin.post(f"{make.here}/impostazioni/logo", data={"remove": "yes"}).status_code == 302
    assert "/logo/" not in admin.get("/", follow_redirects=True).text
    assert [event.kind for event in happened(make)] == ["zone.changed", "zone.changed"]


def test_bodies_are_added_and_removed_as_lines_are(admin: FlaskClient, make: Factory) -> None:
    admin.post(f"{make.here}/impostazioni/enti", data={"municipalities": "Alto\nBasso"})
    admin.post(
        f"{make.here}/impostazioni/enti", data={"municipalities": "Basso", "private_bodies": "Alto"}
    )
    with make.database.snapshot() as session:
        assert [(b.name, b.kind.value) for b in bodies(session, make.zone.id)] == [
            ("Basso", "municipality"),
            ("Alto", "private"),
        ]
    assert "Ente privato" in admin.get(f"{make.here}/percorso").text
    kinds = [event.kind for event in happened(make)]
    assert kinds == ["body.added", "body.added", "body.removed", "body.added"]


def test_chapters_are_changed_while_the_plan_is_empty(admin: FlaskClient, make: Factory) -> None:
    with make.database.snapshot() as session:
        first, second, *_rest, last = chapters(session, make.cycle.id)
    way = "/impostazioni/capitoli"
    admin.post(f"{make.here}{way}", data={"title": "Otto", "mandatory": "yes"})
    admin.post(f"{way}/{first.id}", data={"title": "Primo", "description": "di tutti"})
    admin.post(f"{way}/{first.id}/sposta-giu")
    admin.post(f"{way}/{second.id}/sposta-su")
    admin.post(f"{way}/{last.id}/elimina")
    with make.database.snapshot() as session:
        rows = chapters(session, make.cycle.id)
        assert [row.number for row in rows] == list(range(1, len(rows) + 1))
        assert [rows[0].id, rows[1].id] == [second.id, first.id]
        assert (rows[1].title, rows[1].mandatory, rows[-1].title) == ("Primo", False, "Otto")
        assert last.id not in {row.id for row in rows}
    assert [event.kind for event in happened(make)] == [
        "chapter.added", "chapter.changed", "chapters.reordered", "chapter.removed",
    ]  # fmt: skip


def test_chapters_of_a_plan_with_contents_stay(admin: FlaskClient, make: Factory) -> None:
    with make.session() as session:
        address = f"/impostazioni/capitoli/{chapters(session, make.cycle.id)[0].id}"
    assert 'name="title"' in admin.get(address).text
    make.contributions("A desk in every town.")
    stays = admin.get(address).text
    assert 'class="alert alert-info"' in stays
    assert 'name="title"' not in stays
    with (
        make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx,
        pytest.raises(Conflict),
    ):
        add_chapter(tx, cycle_id=make.cycle.id, title="Otto")
    assert f"{make.here}/impostazioni/capitoli" not in admin.get(f"{make.here}/impostazioni").text


def test_a_table_is_renamed_and_keeps_its_address(admin: FlaskClient, make: Factory) -> None:
    table = make.table(name="Casa")
    form = {"name": "Abitare", "kind": "thematic", "remit": "Dove si abita"}
    form |= {"version": "1", "reason": "Il tavolo ha cambiato nome."}
    assert admin.post(f"/impostazioni/tavoli/{table.id}", data=form).status_code == 302
    assert "Abitare" in admin.get(f"{make.here}/tavoli/casa").text
    assert happened(make, f"table:{table.id}")[-1].kind == "table.changed"


def test_the_next_cycle_begins_with_what_was_chosen(admin: FlaskClient, make: Factory) -> None:
    table, union = make.table(name="Casa"), make.organisation(Category.UNION)
    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        take_seat(tx, table_id=table.id, organisation_id=union.id)
    years = {"first_year": "2031", "last_year": "2033"}
    sent = admin.post(
        f"{make.here}/impostazioni/nuovo-ciclo",
        data={**years, "parts": ["chapters", "tables", "seats"]},
    )
    assert sent.status_code == 302
    with make.database.snapshot() as session:
        cycle = current_cycle(session, make.zone.id)
        assert cycle.years == "2031-2033"
        assert len(chapters(session, cycle.id)) == 7
        assert phases(session, cycle.id) == []
        (copy,) = tables(session, cycle.id)
        assert (copy.slug, copy.id != table.id) == ("casa", True)
        assert [seat.organisation_id for seat in seats(session, copy.id)] == [union.id]
    twice = admin.post(f"{make.here}/impostazioni/nuovo-ciclo", data=years)
    assert twice.status_code == 422
    assert 'href="#field-first_year"' in twice.text
    backwards = {"first_year": "2036", "last_year": "2034"}
    refused = admin.post(f"{make.here}/impostazioni/nuovo-ciclo", data=backwards)
    assert refused.status_code == 422
    assert 'href="#field-last_year"' in refused.text


def test_the_phases_of_the_next_cycle_have_not_begun(make: Factory) -> None:
    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        cycle = copy_cycle(
            tx,
            cycle_id=make.cycle.id,
            first_year=2031,
            last_year=2033,
            parts=[CyclePart.PHASES, CyclePart.SEATS],
        )
        begun = [phase.starts_on for phase in phases(tx.session, cycle.id)]
        assert begun == [None] * len(PhaseKind)
        assert tables(tx.session, cycle.id) == []
