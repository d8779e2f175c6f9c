"""The pages that a zone writes itself: who may, versions, and what everybody reads."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from consultazione import audits
from consultazione.core.actor import SYSTEM, Role
from consultazione.core.audit import differences
from consultazione.core.errors import NotAllowed, Overtaken
from consultazione.core.log import read_newest
from consultazione.setup.commands.settings import change_zone
from consultazione.site.pages.commands import write_page
from consultazione.site.pages.events import PageWritten
from consultazione.site.pages.models import PageKind
from consultazione.site.pages.sections import sections
from consultazione.zones.events import zone_stream
from tests.support.factories import Factory

assert audits.ALL
ENGLISH = {"Accept-Language": "en"}
WORDS = ("contatti", "aiuto", "note-legali", "privacy", "accessibilita")


def written(make: Factory, kind: PageKind, body: str, version: int = 0) -> None:
    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        write_page(tx, zone_id=make.zone.id, kind=kind, body=body, version=version)


def test_words_have_headings_and_nothing_that_runs() -> None:
    found = sections("Prima.\n\n## Dove <b>siamo</b>\nVia Roma\n\n<script>x</script>\n## Vuota\n")
    assert [(one.heading, bool(one.html)) for one in found] == [
        ("", True), ("Dove <b>siamo</b>", True), ("Vuota", False),
    ]  # fmt: skip
    assert "<script" not in "".join(one.html for one in found)
    assert sections("") == []


def test_each_version_is_an_entry_and_can_be_read(client: FlaskClient, make: Factory) -> None:
    written(make, PageKind.LEGAL, "## Primo\nUno.")
    written(make, PageKind.LEGAL, "## Secondo\nDue.", version=1)
    page = client.get(f"{make.at}/note-legali").text
    assert "<h2>Secondo</h2>" in page
    assert "Primo" not in page
    assert "<h2>Primo</h2>" in client.get(f"{make.at}/note-legali?versione=1").text
    assert client.get(f"{make.at}/note-legali?versione=9").status_code == 404
    versions = client.get(f"{make.at}/note-legali/versioni").text
    assert "versione=1" in versions
    assert "versione=2" in versions
    with make.session() as session:
        newest = read_newest(session, zone_stream(make.zone.id), limit=9)
        events = [one.event for one in newest if isinstance(one.event, PageWritten)]
        assert [(event.version, event.body) for event in events] == [
            (1, "## Primo\nUno."),
            (2, "## Secondo\nDue."),
        ]
        assert list(differences(session)) == []


def test_the_general_words_come_back(client: FlaskClient, make: Factory) -> None:
    general = client.get(f"{make.at}/privacy", headers=ENGLISH).text
    written(make, PageKind.PRIVACY, "Solo questo.")
    own = client.get(f"{make.at}/privacy", headers=ENGLISH).text
    written(make, PageKind.PRIVACY, "", version=1)
    again = client.get(f"{make.at}/privacy", headers=ENGLISH).text
    assert ["Who is responsible" in page for page in (general, own, again)] == [True, False, True]
    assert "Solo questo." in own


def test_nobody_overwrites_what_they_have_not_read(make: Factory) -> None:
    written(make, PageKind.HELP, "Uno.")
    with pytest.raises(Overtaken):
        written(make, PageKind.HELP, "Altro.")
    with pytest.raises(NotAllowed), make.database.transaction(make.holder(Role.PLAN_OFFICE)) as tx:
        write_page(tx, zone_id=make.zone.id, kind=PageKind.HELP, body="No.", version=1)


def test_the_form_keeps_what_was_typed(client: FlaskClient, make: Factory) -> None:
    admin = make.sign_in(client, make.holder(Role.ADMINISTRATOR))
    form = f"{make.at}/amministrazione/pagine/contatti"
    assert admin.post(form, data={"body": "Primo piano.", "version": "0"}).status_code == 302
    assert "Primo piano." in client.get(f"{make.at}/contatti").text
    refused = admin.post(form, data={"body": "Mio testo.", "version": "0"})
    assert refused.status_code == 422
    assert "Mio testo." in refused.text
    assert 'name="version" value="1"' in refused.text
    again = admin.post(form, data={"body": "Mio testo.", "version": "1"})
    assert again.status_code == 302
    assert 'href="' + form in client.get(f"{make.at}/amministrazione/pagine").text


def test_contacts_are_those_of_the_settings(client: FlaskClient, make: Factory) -> None:
    given = {
        "contact_pec": "piano@pec.example", "contact_hours": "lunedì 9:00–12:30",
        "contact_phone": "0123 456", "contact_address": "Via Roma 1",
    }  # fmt: skip
    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        change_zone(tx, zone_id=make.zone.id, **given)
    page = client.get(f"{make.at}/contatti").text
    main = page.partition("<main")[2].partition("</main>")[0]
    assert [value for value in given.values() if value not in main] == []
    assert 'href="tel:0123456"' in main


def test_every_page_is_there_before_anybody_wrote_it(client: FlaskClient, make: Factory) -> None:
    answers = {word: client.get(f"{make.at}/{word}").status_code for word in WORDS}
    assert answers == dict.fromkeys(WORDS, 200)
    assert client.get(f"{make.at}/amministrazione/pagine").status_code in {302, 403}
    assert SYSTEM.person_id is None
