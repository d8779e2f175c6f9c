"""Pages and files of minutes, and who may see what."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest
from flask import g
from flask.testing import FlaskClient
from markupsafe import escape

from consultazione.core import clock, job_outbox, log
from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.errors import Refusal
from consultazione.documents.errors import TOO_MANY, CannotTypeset, Cause, TypesetterBusy
from consultazione.documents.frames import Asked
from consultazione.minutes import file_views
from consultazione.minutes.commands.approving import approve_minutes
from consultazione.minutes.commands.editing import add_conclusion, write_note
from consultazione.minutes.events import minutes_stream
from consultazione.minutes.models import MinutesState
from tests.support.factories import Factory
from tests.support.minutes_desk import Desk
from tests.support.papers import text_of_pdf


@pytest.fixture
def facilitator(client: FlaskClient, desk: Desk) -> FlaskClient:
    """The facilitator's browser."""
    return desk.make.sign_in(client, desk.facilitator)


def published(desk: Desk) -> None:
    """Publish the minutes with one conclusion."""
    desk.make.published(desk.minutes, "Open a desk.")


def address(desk: Desk, ending: str = "") -> str:
    """The address of the minutes."""
    return f"/verbali/{desk.minutes.id}{ending}"


def test_a_draft_is_not_there_for_the_public(client: FlaskClient, desk: Desk) -> None:
    for ending in ("", ".pdf", ".json"):
        assert client.get(address(desk, ending)).status_code == 404
    assert client.get(f"/api/v1/minutes/{desk.minutes.id}").status_code == 404
    assert client.get("/api/v1/minutes").json == {"items": [], "next": None}


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.COORDINATOR, Role.PLAN_OFFICE])
def test_those_who_convene_read_the_draft(client: FlaskClient, desk: Desk, role: Role) -> None:
    who = desk.make.holder(role, desk.sitting.table_id)
    page = desk.make.sign_in(client, who).get(address(desk))
    assert page.status_code == 200
    assert "BOZZA" in page.text


def test_who_was_there_reads_the_draft_without_its_forms(client: FlaskClient, desk: Desk) -> None:
    page = desk.make.sign_in(client, desk.present).get(address(desk))
    assert page.status_code == 200
    assert "BOZZA" in page.text
    assert "/approva" not in page.text
    assert client.get(address(desk, ".pdf")).status_code == 403


def test_who_was_not_there_does_not(client: FlaskClient, desk: Desk) -> None:
    elsewhere = desk.make.holder(Role.FACILITATOR, desk.make.table().id)
    for who in (desk.make.citizen(), elsewhere):
        assert desk.make.sign_in(client, who).get(address(desk)).status_code == 404


def test_the_page_by_the_sitting_leads_to_the_minutes(client: FlaskClient, desk: Desk) -> None:
    by_sitting = f"/sedute/{desk.sitting.id}/verbale"
    waiting = client.get(by_sitting)
    assert waiting.status_code == 200
    assert "in preparation" in waiting.text or "in preparazione" in waiting.text
    published(desk)
    assert client.get(by_sitting).location == address(desk)


def test_a_page_waits_for_the_worker(client: FlaskClient, make: Factory) -> None:
    sitting = make.held()
    page = client.get(f"/sedute/{sitting.id}/verbale").text
    assert f'data-follow="minutes:{sitting.id}"' in page
    assert "data-working>" in page
    convened = make.sitting()
    assert "data-working hidden" in client.get(f"/sedute/{convened.id}/verbale").text


def test_the_facilitator_adds_and_removes_a_conclusion(
    facilitator: FlaskClient, desk: Desk
) -> None:
    form = {"point_id": desk.point_id, "chapter_id": desk.chapter_id(2), "proposal_id": ""}
    to = f"{address(desk)}/conclusioni"
    refused = facilitator.post(to, data={**form, "body": ""})
    assert refused.status_code == 422
    assert facilitator.post(to, data={**form, "body": "Un nuovo sportello."}).status_code == 302
    page = facilitator.get(address(desk)).text
    assert "Un nuovo sportello." in page
    assert "Chapter 3" in page
    (conclusion,) = desk.minutes.conclusions
    facilitator.post(f"{to}/{conclusion.id}/elimina")
    assert desk.minutes.conclusions == []


def test_approving_and_publishing_by_the_page(facilitator: FlaskClient, desk: Desk) -> None:
    stale = facilitator.post(f"{address(desk)}/approva", data={"version": "99"})
    assert stale.status_code == 422
    version = str(desk.minutes.version)
    facilitator.post(f"{address(desk)}/approva", data={"version": version})
    page = facilitator.get(address(desk)).text
    assert "/testi" not in page
    assert desk.minutes.digest is not None
    assert desk.minutes.digest in page
    assert facilitator.get(address(desk, ".pdf")).status_code == 404
    desk.seal()
    facilitator.post(f"{address(desk)}/pubblica")
    assert desk.minutes.state is MinutesState.PUBLISHED
    number = f"Verbale n. 1/{clock.today().year}"
    assert number in facilitator.get(address(desk)).text
    assert number in text_of_pdf(facilitator.get(address(desk, ".pdf")).data)


def test_the_draft_has_a_pdf_for_who_may_edit(facilitator: FlaskClient, desk: Desk) -> None:
    answer = facilitator.get(address(desk, ".pdf"))
    assert answer.content_type == "application/pdf"
    assert answer.data.startswith(b"%PDF")
    assert "bozza" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("cause", Cause)
def test_a_pdf_that_cannot_be_made_is_refused_with_a_reason(
    facilitator: FlaskClient, desk: Desk, monkeypatch: pytest.MonkeyPatch, cause: Cause
) -> None:
    monkeypatch.setattr(file_views, "typeset", _refuses(CannotTypeset.because(cause, "typst said")))
    answer = facilitator.get(address(desk, ".pdf"), headers={"Accept-Language": "en"})
    assert answer.status_code == 422
    assert escape(CannotTypeset.because(cause).detail) in answer.text
    assert "typst said" not in answer.text


def test_too_many_pdfs_at_once_ask_for_patience(
    facilitator: FlaskClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_views, "typeset", _refuses(TypesetterBusy(TOO_MANY)))
    answer = facilitator.get(address(desk, ".pdf"))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")


def test_no_connection_to_the_database_is_held_while_a_pdf_is_set(
    facilitator: FlaskClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[bool] = []

    def typeset(_asked: Asked) -> bytes:
        held.append("snapshot" in g)
        return b"%PDF"

    monkeypatch.setattr(file_views, "typeset", typeset)
    assert facilitator.get(address(desk, ".pdf")).data == b"%PDF"
    assert held == [False]


def test_the_writer_is_warned_of_what_the_pdf_will_not_show(
    facilitator: FlaskClient, desk: Desk
) -> None:
    warning = "Il PDF non può mostrare alcuni caratteri"
    assert warning not in facilitator.get(address(desk)).text
    body = "Parole " * 20 + "\u4f1a <b>"
    desk.run(write_note, point_id=desk.point_id, body=body, version=0)
    page = facilitator.get(address(desk)).text
    assert warning in page
    assert "\u4f1a &lt;b&gt;</bdi> (U+4F1A)" in page
    desk.make.sign_in(facilitator, desk.present)
    assert warning not in facilitator.get(address(desk)).text


def test_of_many_such_texts_some_are_named(facilitator: FlaskClient, desk: Desk) -> None:
    for number in range(12):
        desk.run(
            add_conclusion,
            point_id=desk.point_id,
            chapter_id=desk.chapter_id(),
            body=f"{number}. \u4f1a",
        )
    assert "i primi dieci testi su 12" in facilitator.get(address(desk)).text


def test_a_pdf_that_was_given_up_is_not_promised_for_ever(
    facilitator: FlaskClient, desk: Desk
) -> None:
    desk.run(approve_minutes, version=desk.minutes.version)
    assert "data-working>" in facilitator.get(address(desk)).text
    with desk.make.database.transaction(SYSTEM) as tx:
        entry = log.read_stream(tx.session, minutes_stream(desk.sitting.id))[-1]
        job_outbox.add_jobs(tx.session, [(entry.position, "seal_minutes")], at=tx.now)
        job = job_outbox.claim(tx.session, entry.position, "seal_minutes")
        assert job is not None
        job.state = job_outbox.JobState.DEAD
    page = facilitator.get(address(desk)).text
    assert "data-working hidden" in page
    assert "Il PDF non è stato scritto" in page
    assert "Il PDF non è stato scritto" in facilitator.get(address(desk, ".pdf")).text


def _refuses(refusal: Refusal) -> Callable[[Asked], bytes]:
    """A typesetter that makes nothing."""

    def typeset(_asked: Asked) -> bytes:
        raise refusal

    return typeset


def test_the_public_reads_checks_and_downloads(client: FlaskClient, desk: Desk) -> None:
    published(desk)
    page = client.get(address(desk)).text
    assert "Open a desk." in page
    assert f'href="/sedute/{desk.sitting.id}/cronaca' in page
    assert 'lang="it"' in page
    pdf = client.get(address(desk, ".pdf"))
    assert hashlib.sha256(pdf.data).hexdigest() == desk.minutes.pdf_sha256
    document = client.get(address(desk, ".json"))
    assert hashlib.sha256(document.data).hexdigest() == desk.minutes.digest


def test_the_document_is_italian_in_every_language(client: FlaskClient, desk: Desk) -> None:
    published(desk)
    page = client.get(address(desk), headers={"Accept-Language": "en"}).text
    assert '<html lang="en">' in page
    assert "Svolgimento della seduta" in page
    assert "Download the PDF" in page


def test_what_people_write_is_shown_as_text(facilitator: FlaskClient, desk: Desk) -> None:
    hostile = "<script>alert(1)</script> [x](javascript:alert(1))"
    desk.run(write_note, point_id=desk.point_id, body=hostile, version=0)
    desk.run(add_conclusion, point_id=desk.point_id, chapter_id=desk.chapter_id(), body=hostile)
    desk.run(approve_minutes, version=desk.minutes.version)
    page = facilitator.get(address(desk)).text
    assert "<script>alert" not in page
    assert 'javascript:alert(1)"' not in page


def test_the_list_shows_approved_minutes_page_by_page(client: FlaskClient, desk: Desk) -> None:
    assert client.get("/verbali").status_code == 200
    published(desk)
    other = desk.make.published(desk.make.minutes())
    listed = client.get("/verbali").text
    assert f"/verbali/{desk.minutes.id}" in listed
    assert listed.index(f"/verbali/{other.id}") < listed.index(f"/verbali/{desk.minutes.id}")
    earlier = client.get(f"/verbali?prima={other.id}").text
    assert f'/verbali/{other.id}"' not in earlier


def test_rest_lists_and_reads_minutes(client: FlaskClient, desk: Desk) -> None:
    published(desk)
    other = desk.make.published(desk.make.minutes())
    first = client.get("/api/v1/minutes?limit=1").json or {}
    assert [item["id"] for item in first["items"]] == [desk.minutes.id]
    second = client.get(first["next"]).json or {}
    assert ([item["id"] for item in second["items"]], second["next"]) == ([other.id], None)
    one = client.get(f"/api/v1/minutes/{desk.minutes.id}").json or {}
    assert (one["state"], one["digest"]) == ("published", desk.minutes.digest)
    assert one["document"]["conclusions"][0]["body"] == "Open a desk."
    assert client.get(f"/api/v1/minutes/{desk.minutes.id}/pdf").data.startswith(b"%PDF")


@pytest.mark.parametrize("what", ["approva", "pubblica", "conclusioni", "testi"])
def test_visitors_are_asked_to_sign_in(client: FlaskClient, desk: Desk, what: str) -> None:
    assert "/accedi" in client.post(f"{address(desk)}/{what}").location


def test_a_facilitator_elsewhere_is_refused(client: FlaskClient, desk: Desk) -> None:
    who: Actor = desk.make.holder(Role.FACILITATOR, desk.make.table().id)
    to = f"{address(desk)}/approva"
    answer = desk.make.sign_in(client, who).post(to, data={"version": desk.minutes.version})
    assert answer.status_code == 404  # the refusal does not reveal that a draft exists
    assert desk.minutes.state is MinutesState.DRAFT
