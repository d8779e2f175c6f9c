"""The file of a sitting: what was chosen as one PDF, listed and numbered; the rest apart."""

from __future__ import annotations

import hashlib
from io import BytesIO

import pikepdf
import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from consultazione.config import Settings
from consultazione.core.actor import Role
from consultazione.minutes.dossier import making
from consultazione.sittings.agenda.commands.papers import attach_material
from consultazione.sittings.lifecycle.commands.opening import close_sitting
from consultazione.sittings.lifecycle.commands.rehearsals import start_rehearsal
from consultazione.sittings.models import Sitting
from consultazione.sittings.polls.commands.ballots import cast_ballot
from consultazione.sittings.polls.commands.polls import close_poll, open_poll
from consultazione.tables.materials.commands import withdraw_material
from tests.support.factories import Factory
from tests.support.meeting import meet
from tests.support.papers import words

QUESTION = "Si apre uno sportello?"


def pdf(pages: int = 1, **saving: object) -> bytes:
    """A PDF with blank pages."""
    with pikepdf.new() as made, BytesIO() as out:
        for _ in range(pages):
            made.add_blank_page()
        made.save(out, **saving)
        return out.getvalue()


@pytest.fixture
def sitting(make: Factory, settings: Settings) -> Sitting:
    """A sitting with a vote by name, documents good and bad, and published minutes."""
    meeting = meet(make)
    found, run, chair = meeting.sitting, meeting.run, meeting.facilitator
    with make.session() as session:
        table = session.merge(found).table
    place = settings.uploads_dir
    relation = make.material(
        table, place, name="relazione.pdf", content=pdf(2), title="La relazione"
    )
    point = meeting.points()[1]
    run(attach_material, chair, point_id=point.id, material_id=relation.id)
    for name, content, title in (
        ("dati.txt", b"Dati.", "I dati"), ("rotto.pdf", b"%PDF-1.7 rotto", "Il rotto"),
        ("chiuso.pdf", pdf(encryption=pikepdf.Encryption(owner="x", user="x")), "Il chiuso"),
        ("vecchio.pdf", pdf(3), "Il vecchio"),
    ):  # fmt: skip
        row = make.material(
            table, place, name=name, content=content, title=title, sitting_id=found.id
        )
        if title == "Il vecchio":
            run(withdraw_material, chair, material_id=row.id, reason="Superato da un altro.")
    poll = run(open_poll, chair, sitting_id=found.id, question=QUESTION)
    run(cast_ballot, meeting.anna, poll_id=poll.id, choice="yes")
    run(close_poll, chair, poll_id=poll.id)
    run(close_sitting, chair, sitting_id=found.id)
    make.published(make.minutes(found), "Si apre lo sportello.")
    return found


def keys(page: str) -> list[str]:
    """What can be chosen on the page."""
    parts = page.split('name="parte" value="')[1:]
    return [part.split('"')[0] for part in parts]


def sheets(content: bytes) -> list[str]:
    """What each page says."""
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


def test_everything_as_one_pdf(client: FlaskClient, sitting: Sitting) -> None:
    here = f"/sedute/{sitting.id}/fascicolo"
    assert here in client.get(f"/sedute/{sitting.id}").text
    page = client.get(here).text
    assert keys(page)[:2] == ["avviso", "ordine"]
    assert keys(page)[-2:] == ["voti", "verbale"]
    assert "Il vecchio" not in page
    asked = "&".join(f"parte={key}" for key in keys(page))
    answer = client.get(f"{here}.pdf?{asked}")
    assert answer.mimetype == "application/pdf"
    found = sheets(answer.data)
    for number, sheet in enumerate(found, 1):
        assert f"{number} di {len(found)}" in sheet
    cover = words(found[0])
    titles = ("Avviso di convocazione", "Ordine del giorno", "La relazione", "Votazioni", "Verbale")
    reader = PdfReader(BytesIO(answer.data))
    assert [one.title.split(" e ")[0] for one in reader.outline] == ["Indice", *titles]
    for one in reader.outline[1:]:
        at = reader.get_destination_page_number(one) + 1
        assert words(f"{one.title} {at}") in cover
    for title, why in (
        ("I dati (dati.txt)", "non è un PDF"), ("Il rotto", "non si può leggere"),
        ("Il chiuso", "protetto da una password"),
    ):  # fmt: skip
        assert words(title) in cover
        assert words(why) in cover
    assert hashlib.sha256(b"Dati.").hexdigest() in found[0].replace("\n", "")
    assert QUESTION in "".join(found)
    assert client.get(f"{here}.pdf?{asked}").data == answer.data


def test_only_what_was_chosen(client: FlaskClient, sitting: Sitting) -> None:
    here = f"/sedute/{sitting.id}/fascicolo.pdf"
    found = client.get(f"{here}?parte=ordine&parte=documento-0&parte=altro")
    assert [one.title for one in PdfReader(BytesIO(found.data)).outline] == [
        "Indice", "Ordine del giorno",
    ]  # fmt: skip
    nothing = client.get(f"{here}?parte=altro")
    assert nothing.status_code == 422
    assert "Scegli almeno un documento" in nothing.text


def test_what_is_not_public_is_in_no_file(
    client: FlaskClient, make: Factory, sitting: Sitting
) -> None:
    draft = meet(make)
    poll = draft.run(open_poll, draft.facilitator, sitting_id=draft.sitting.id, question=QUESTION)
    here = f"/sedute/{draft.sitting.id}/fascicolo"
    assert keys(client.get(here).text) == ["avviso", "ordine"]
    draft.run(cast_ballot, draft.anna, poll_id=poll.id, choice="yes")
    draft.run(close_poll, draft.facilitator, poll_id=poll.id)
    assert keys(client.get(here).text) == ["avviso", "ordine"]
    draft.run(close_sitting, draft.facilitator, sitting_id=draft.sitting.id)
    assert keys(client.get(here).text) == ["avviso", "ordine", "voti"]
    votes = "".join(sheets(client.get(f"{here}.pdf?parte=voti").data))
    with make.session() as session:
        name = session.get_one(type(make.person()), draft.anna.person_id).display_name
    assert QUESTION in votes
    assert words(name) not in words(votes)
    make.minutes(draft.sitting)
    make.sign_in(client, make.holder(Role.PLAN_OFFICE))
    assert keys(client.get(here).text) == ["avviso", "ordine", "voti"]


def test_what_is_too_large_stands_apart(
    client: FlaskClient, sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "MOST_BYTES", 100)
    here = f"/sedute/{sitting.id}/fascicolo"
    asked = "&".join(f"parte={key}" for key in keys(client.get(here).text) if "documento" in key)
    cover = words(sheets(client.get(f"{here}.pdf?{asked}").data)[0])
    assert words("La relazione (relazione.pdf): è troppo grande") in cover


def test_a_rehearsal_has_none(client: FlaskClient, make: Factory) -> None:
    convened = make.sitting()
    with make.database.transaction(make.holder(Role.FACILITATOR)) as tx:
        rehearsal = start_rehearsal(tx, sitting_id=convened.id)
    assert client.get(f"/sedute/{rehearsal.id}/fascicolo").status_code == 404
    assert client.get("/sedute/0/fascicolo.pdf?parte=avviso").status_code == 404
