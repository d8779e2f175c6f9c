"""Documents in easy language: who writes them, when they are stale, page, PDF, ODT and REST."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from consultazione.core import log
from consultazione.core.actor import Actor, Role
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.documents.easy.commands import withdraw_easy_summary, write_easy_summary
from consultazione.documents.easy.models import EasySummary
from consultazione.documents.easy.queries import easy_offer
from consultazione.documents.easy.reading import EASY, measure
from consultazione.documents.easy.registered import REGISTERED
from consultazione.documents.easy.subjects import Subject, subject_at, subject_of
from consultazione.documents.register import registration_of
from consultazione.minutes.models import Minutes
from consultazione.plan.blocks.commands.editing import edit_block
from consultazione.plan.blocks.models import Block
from consultazione.plan.commands.writing import write_paragraph
from consultazione.sittings.lifecycle.commands.opening import close_sitting
from consultazione.sittings.lifecycle.commands.revising import cancel_sitting
from consultazione.sittings.lifecycle.commands.secretary import name_secretary
from consultazione.sittings.lifecycle.notice.kind import NOTICE
from consultazione.sittings.models import Sitting
from consultazione.zones.queries import chapters
from tests.support.factories import Factory
from tests.support.papers import claims, faults, text_of_odt, text_of_pdf, words, words_of_page
from tests.support.rest_program import Program

BODY = (
    "Il tavolo ha deciso una cosa nuova.\nApre uno sportello.\n\n"
    "- Lo sportello è gratis.\n- È per tutti."
)


@pytest.fixture
def minutes(make: Factory) -> Minutes:
    """Minutes that everybody can read."""
    return make.published(make.minutes(), "Si apre uno sportello.")


def digest_of(make: Factory, subject: str, object_id: int) -> str:
    """The digest of a document as it stands."""
    with make.session() as session:
        return subject_of(subject).original(session, object_id).digest


def write(make: Factory, who: Actor, subject: str, object_id: int, **given: Any) -> EasySummary:
    """A summary that somebody writes, having read what stands."""
    fields = {"body": BODY, "version": 0, "digest": digest_of(make, subject, object_id)} | given
    with make.database.transaction(who) as tx:
        return write_easy_summary(tx, subject=subject, object_id=object_id, **fields)


def is_stale(make: Factory, subject: Subject, object_id: int) -> bool:
    """Whether the summary says that its document has changed."""
    with make.session() as session:
        offer = easy_offer(session, make.holder(Role.PLAN_OFFICE), subject, object_id)
    assert offer is not None
    assert offer.explained is not None
    return offer.explained.is_stale


def chair_of(make: Factory, minutes: Minutes) -> Actor:
    """A facilitator of the table."""
    return make.holder(Role.FACILITATOR, minutes.facts["table"]["id"])


def test_a_summary_is_written_and_written_anew(make: Factory, minutes: Minutes) -> None:
    chair = chair_of(make, minutes)
    for _again in range(2):
        assert write(make, chair, "minutes", minutes.id).version == 1
    assert write(make, chair, "minutes", minutes.id, body="Altro.", version=1).version == 2
    with pytest.raises(Conflict) as refused:
        write(make, chair, "minutes", minutes.id, body="Altro ancora.", version=1)
    assert list(refused.value.fields) == ["version"]
    with make.session() as session:
        entries = log.read_stream(session, f"register:{make.zone.id}")
    told = [entry.event for entry in entries if entry.kind == "easy_summary.written"]
    assert [str(event.body) for event in told] == [BODY, "Altro."]  # type: ignore[attr-defined]
    assert not is_stale(make, subject_of("minutes"), minutes.id)


def test_what_is_refused(make: Factory, minutes: Minutes) -> None:
    chair = chair_of(make, minutes)
    with pytest.raises(NotAllowed):
        write(make, make.citizen(), "minutes", minutes.id)
    with pytest.raises(NotAllowed):
        write(make, make.holder(Role.FACILITATOR, make.table().id), "minutes", minutes.id)
    with pytest.raises(Invalid):
        write(make, chair, "minutes", minutes.id, body=" \n")
    with pytest.raises(Conflict):
        write(make, chair, "minutes", minutes.id, digest="0" * 64)
    draft = make.minutes()
    with pytest.raises(NotFound):
        write(make, chair, "minutes", draft.id, digest="0" * 64)


def test_who_was_named_to_write_the_minutes_writes_it(make: Factory) -> None:
    sitting = make.sitting()
    chair, writer = make.presided(sitting), make.present(sitting)
    with make.database.transaction(chair) as tx:
        name_secretary(tx, sitting_id=sitting.id, person_id=writer.person_id)
    minutes = make.published(make.minutes(closed(make, sitting)), "Si apre uno sportello.")
    assert write(make, writer, "minutes", minutes.id).version == 1


def closed(make: Factory, sitting: Sitting) -> Sitting:
    """A sitting that its chair has closed."""
    with make.database.transaction(make.holder(Role.FACILITATOR, sitting.table_id)) as tx:
        return close_sitting(tx, sitting_id=sitting.id)


def test_a_withdrawn_summary_is_shown_to_nobody(
    client: FlaskClient, make: Factory, minutes: Minutes
) -> None:
    chair, at = chair_of(make, minutes), f"/verbali/{minutes.id}/facile"
    write(make, chair, "minutes", minutes.id)
    assert client.get(at).status_code == 200
    for _again in range(2):
        with make.database.transaction(chair) as tx:
            withdraw_easy_summary(tx, subject="minutes", object_id=minutes.id)
    assert client.get(at).status_code == 404
    assert client.get(f"{at}.pdf").status_code == 404
    write(make, chair, "minutes", minutes.id, version=1)
    assert client.get(at).status_code == 200


def test_a_paragraph_that_changes_makes_its_summary_stale(
    client: FlaskClient, make: Factory
) -> None:
    office = make.holder(Role.PLAN_OFFICE)
    with make.session() as session:
        chapter_id = chapters(session, make.cycle.id)[0].id
    with make.database.transaction(office) as tx:
        block = write_paragraph(tx, chapter_id=chapter_id, body="Si istituisce uno sportello.")
    kind = subject_of("plan_block")
    write(make, office, "plan_block", block.id)
    assert not is_stale(make, kind, block.id)
    with make.database.transaction(office) as tx:
        edit_block(
            tx, block_id=block.id, version=1, body="Si istituiscono due sportelli.",
            reason="Sono due.",
        )  # fmt: skip
    assert is_stale(make, kind, block.id)
    page = client.get(f"/piano/paragrafi/{block.id}/facile").text
    assert "il documento ufficiale è cambiato" in page
    assert f"/piano/paragrafi/{block.id}/facile" in client.get(f"/piano/paragrafi/{block.id}").text
    write(make, office, "plan_block", block.id, version=1)
    assert not is_stale(make, kind, block.id)
    with make.session() as session:
        assert session.get_one(Block, block.id).version == 2


def test_a_later_notice_makes_the_summary_of_the_one_before_stale(make: Factory) -> None:
    office, sitting = make.holder(Role.PLAN_OFFICE), make.sitting()
    with make.session() as session:
        row = registration_of(session, NOTICE, sitting.id)
    assert row is not None
    write(make, office, "registered_document", row.id)
    with make.database.transaction(make.holder(Role.FACILITATOR, sitting.table_id)) as tx:
        cancel_sitting(tx, sitting_id=sitting.id, reason="Neve.")
    assert is_stale(make, REGISTERED, row.id)


def test_page_pdf_and_odt_say_the_same(
    client: FlaskClient, make: Factory, minutes: Minutes, tmp_path: Path
) -> None:
    write(make, chair_of(make, minutes), "minutes", minutes.id)
    at = f"/verbali/{minutes.id}/facile"
    page = words_of_page(client.get(at).text)
    pdf, odt = client.get(f"{at}.pdf").data, client.get(f"{at}.odt").data
    assert client.get(f"{at}.pdf").data == pdf
    assert words("Apre uno sportello. Lo sportello è gratis.") in page
    for made in (words(text_of_pdf(pdf)), words(text_of_odt(odt))):
        assert page in made
        assert words(make.zone.name) in made
    assert claims(pdf) == ("3", "A", "1")
    assert faults(pdf, tmp_path) == []
    lines = [line.strip() for line in text_of_pdf(pdf).splitlines()]
    assert "Apre uno sportello." in lines


def test_the_form_keeps_what_was_typed_and_says_how_easy_it_is(
    client: FlaskClient, make: Factory, minutes: Minutes
) -> None:
    make.sign_in(client, chair_of(make, minutes))
    at = f"/verbali/{minutes.id}/facile/scrivi"
    assert at in client.get(f"/verbali/{minutes.id}").text
    sent = {"body": BODY, "version": "0", "digest": digest_of(make, "minutes", minutes.id)}
    refused = client.post(at, data={**sent, "digest": "0" * 64})
    assert refused.status_code == 422
    assert "Apre uno sportello." in refused.text
    assert client.post(at, data=sent).status_code == 302
    page = client.get(at).text
    assert f"{measure(BODY).gulpease} " in page
    assert client.post(at, data={**sent, "body": "Altro."}).status_code == 422
    assert client.post(f"/verbali/{minutes.id}/facile/ritira").status_code == 302


def test_over_rest(client: FlaskClient, make: Factory, minutes: Minutes) -> None:
    send = Program(client, make, chair_of(make, minutes)).send
    given = {"subject": "minutes", "object_id": minutes.id, "body": BODY, "version": 0}
    digest = digest_of(make, "minutes", minutes.id)
    made = send("/easy-summaries", {**given, "digest": digest}, "PUT")
    assert made.status_code == 200
    assert (made.json["version"], made.json["stale"]) == (1, False)
    listed = client.get("/api/v1/easy-summaries").get_json()
    assert listed == {"items": [made.json], "next": None}
    assert send("/easy-summaries", {**given, "digest": "x"}, "PUT").status_code == 409
    wrong = send("/easy-summaries", {**given, "digest": digest, "subject": "letter"}, "PUT")
    assert (wrong.status_code, list(wrong.json["errors"])) == (422, ["subject"])


@pytest.mark.parametrize(
    ("text", "words_", "longest", "is_easy"),
    [
        ("", 0, 0, True),
        ("Apre uno sportello. È per tutti.", 6, 3, True),
        (
            "Conseguentemente l’amministrazione procedente predisporrà l’istituzione di uno "
            "sportello informativo presso ciascuna sede distrettuale dell’azienda sanitaria "
            "territorialmente competente, previa concertazione con le rappresentanze.",
            25, 25, False,
        ),
    ],
)  # fmt: skip
def test_how_hard_a_text_is(text: str, words_: int, longest: int, is_easy: bool) -> None:
    found = measure(text)
    assert (found.words, found.longest, found.gulpease >= EASY) == (words_, longest, is_easy)


def test_a_kind_is_found_by_its_name_and_by_the_parameter_of_its_pages() -> None:
    assert subject_of("registered_document") is subject_at("registration_id") is REGISTERED
    for find in (subject_of, subject_at):
        with pytest.raises(LookupError):
            find("letter")
