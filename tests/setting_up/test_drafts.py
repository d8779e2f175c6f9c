"""A zone set up on screen: step by step, whole or not at all."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from consultazione.core import log
from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.log import verify
from consultazione.people.backers import why_not_two
from consultazione.people.commands.installers import appoint_installer
from consultazione.people.models import RoleGrant
from consultazione.setup.checks import zone_slug
from consultazione.setup.models import ZoneDraft
from consultazione.tables.queries import tables
from consultazione.zones.models import ApprovalWay, SignOffRule, Zone
from consultazione.zones.queries import bodies, chapters, current_cycle, phases
from tests.support.factories import Factory
from tests.support.zone_answers import STEPS, png


def begun(browser: FlaskClient) -> str:
    """The address of a new draft."""
    sent = browser.post("/nuova-zona")
    return str(sent.location).rpartition("/")[0]


def answer(browser: FlaskClient, draft: str, *, but: str = "", **other: Any) -> None:
    """Answer all steps as `STEPS` does, one of them with other words."""
    for step, answers in STEPS.items():
        sent = browser.post(f"{draft}/{step}", data={**answers, **(other if step == but else {})})
        assert sent.status_code == 302, sent.text


def count(make: Factory, model: type) -> int:
    with make.database.snapshot() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_a_zone_comes_of_the_answers(at_work: FlaskClient, make: Factory, installer: Actor) -> None:
    draft = begun(at_work)
    answer(at_work, draft)
    assert "Valle Chiara" in at_work.get(f"{draft}/riepilogo").text
    assert at_work.post(f"{draft}/riepilogo").status_code == 302
    with make.database.snapshot() as session:
        zone = session.scalars(select(Zone)).one()
        cycle = current_cycle(session, zone.id)
        assert (zone.slug, zone.colour.value, zone.contact_email, zone.website, cycle.years) == (
            "distretto-di-valle-chiara", "green", "piano@valle.example",
            "https://valle.example/piano", "2025-2027",
        )  # fmt: skip
        assert zone.sign_off_rule is SignOffRule.MAJORITY_SIGNED
        both = (ApprovalWay.CHAIR_AND_SECRETARY, 3)
        assert (zone.approval_way, zone.correction_days) == both
        assert [body.name for body in bodies(session, zone.id)] == [
            "Comune di Valle Chiara", "Comune di Monte Alto", "Azienda USL della Valle",
        ]  # fmt: skip
        assert len(chapters(session, cycle.id)) == 6
        assert [(p.kind.value, p.starts_on is not None) for p in phases(session, cycle.id)] == [
            ("information", True),
            ("participation", False),
        ]
        assert [(t.name, t.remit) for t in tables(session, cycle.id)] == [
            ("Tavolo generale", "Tiene insieme ciò che emerge dagli altri tavoli."),
            ("Casa", "dove si abita"),
            ("Lavoro", "Lavoro"),
        ]
        entries = log.read_stream(session, f"zone:{zone.id}")
        assert [(e.kind, e.actor_id) for e in entries] == [
            ("zone.set_up", installer.person_id),
            ("role.given", None),
            ("phase.opened", installer.person_id),
        ]
        assert all(verify.verify_stream(session, name) == [] for name in verify.streams(session))
    assert count(make, ZoneDraft) == 0
    page = at_work.get("/", follow_redirects=True).text
    assert 'class="theme theme--green"' in page
    assert "mailto:piano@valle.example" in page


def test_whom_a_zone_s_founder_appoints_is_no_second_person(
    at_work: FlaskClient, make: Factory
) -> None:
    people = [make.person(), make.person()]
    addresses = "\n".join(person.email or "" for person in people)
    draft = begun(at_work)
    answer(at_work, draft, but="regole", administrators=addresses)
    assert at_work.post(f"{draft}/riepilogo").status_code == 302
    with make.database.snapshot() as session:
        zone_id = session.scalars(select(Zone.id)).one()
        held = session.scalars(select(RoleGrant.person_id).filter_by(role=Role.ADMINISTRATOR)).all()
        assert len(held) == 3
        assert all(why_not_two(session, a, b, zone_id=zone_id) for a in held for b in held)


def test_how_minutes_are_approved_is_chosen(at_work: FlaskClient, make: Factory) -> None:
    draft = begun(at_work)
    page = at_work.get(f"{draft}/regole").text
    assert 'value="chair_and_secretary" checked' in " ".join(page.split())
    answer(at_work, draft, but="regole", approval_way="chair", correction_days="0")
    assert at_work.post(f"{draft}/riepilogo").status_code == 302
    with make.database.snapshot() as session:
        zone = session.scalars(select(Zone)).one()
    assert (zone.approval_way, zone.correction_days) == (ApprovalWay.CHAIR, 0)


def test_a_draft_waits_and_is_changed_and_discarded(at_work: FlaskClient, make: Factory) -> None:
    draft = begun(at_work)
    at_work.post(f"{draft}/zona", data=STEPS["zona"])
    at_work.post(f"{draft}/zona", data={**STEPS["zona"], "name": "Ambito del Lago"})
    assert 'value="Ambito del Lago"' in at_work.get(f"{draft}/zona").text
    assert "Ambito del Lago" in at_work.get("/nuova-zona").text
    unfinished = at_work.post(f"{draft}/riepilogo")
    assert unfinished.status_code == 422
    assert f"{draft}/ciclo" in unfinished.text
    assert count(make, Zone) == 0
    at_work.post(f"{draft}/elimina")
    assert count(make, ZoneDraft) == 0


def test_a_zone_gets_an_address_from_its_name() -> None:
    assert zone_slug({"slug": "", "name": "Valle Chiara (Alta)"}) == "valle-chiara-alta"
    assert zone_slug({"slug": "", "name": "Territorio"}) == "ambito-territorio"
    assert zone_slug({"slug": "reno", "name": "Territorio"}) == "reno"


BAD = [
    ("zona", {"slug": "Valle Chiara"}, "slug"),
    ("zona", {"slug": "amministrazione"}, "slug"),
    ("zona", {"kind": "planet"}, "kind"),
    ("aspetto", {"colour": "yellow"}, "colour"),
    ("enti", {"health_authorities": "Comune di Monte Alto"}, "health_authorities"),
    ("enti", {"municipalities": "x" * 300}, "municipalities"),
    ("ciclo", {"last_year": "2024"}, "last_year"),
    ("ciclo", {"last_year": "2125"}, "last_year"),
    ("capitoli", {"chapters": "own", "own_chapters": " \n"}, "own_chapters"),
    ("tavoli", {"own_tables": "Casa\ncasa: di nuovo"}, "own_tables"),
    ("regole", {"plan_office": "nessuno@example.org"}, "plan_office"),
    ("contatti", {"privacy_url": "javascript:alert(1)"}, "privacy_url"),
    ("contatti", {"website": "valle punto it"}, "website"),
    ("contatti", {"contact_email": "chi sa"}, "contact_email"),
]


@pytest.mark.parametrize(("step", "wrong", "field"), BAD)
def test_a_wrong_answer_is_told_at_its_field_and_nothing_is_lost(
    at_work: FlaskClient, step: str, wrong: dict[str, str], field: str
) -> None:
    draft = begun(at_work)
    sent = at_work.post(f"{draft}/{step}", data={**STEPS[step], **wrong})
    assert sent.status_code == 422
    assert f'href="#field-{field}"' in sent.text
    assert "field--wrong" in sent.text


def test_an_address_that_is_taken_is_told_at_once_and_at_the_end(
    at_work: FlaskClient, make: Factory
) -> None:
    first, second = begun(at_work), begun(at_work)
    answer(at_work, first)
    answer(at_work, second)
    assert at_work.post(f"{first}/riepilogo").status_code == 302
    late = at_work.post(f"{second}/riepilogo")
    assert late.status_code == 422
    assert f"{second}/zona" in late.text
    assert at_work.post(f"{second}/zona", data=STEPS["zona"]).status_code == 422
    assert (count(make, Zone), count(make, ZoneDraft)) == (1, 1)


def test_a_draft_is_its_maker_s_alone(
    client: FlaskClient, at_work: FlaskClient, make: Factory
) -> None:
    draft = begun(at_work)
    make.sign_in(client, make.holder(Role.ADMINISTRATOR))
    assert client.get("/nuova-zona").status_code == 403
    assert client.get(f"{draft}/zona").status_code == 403
    assert client.post(f"{draft}/riepilogo").status_code == 403
    other = make.person()
    with make.database.transaction(SYSTEM) as tx:
        appoint_installer(tx, email=other.email or "")
    make.sign_in(client, make.actor(other))
    assert client.get(f"{draft}/zona").status_code == 404
    assert client.post(f"{draft}/zona", data=STEPS["zona"]).status_code == 404
    assert count(make, ZoneDraft) == 1


def test_a_logo_is_kept_without_what_it_carries(at_work: FlaskClient) -> None:
    draft = begun(at_work)
    files = {"logo": (BytesIO(png(notes=b"Where\0at home") + b"<script>"), "casa.png")}
    at_work.post(f"{draft}/aspetto", data={"colour": "teal", **files})
    page = at_work.get(f"{draft}/aspetto").text
    address = page.partition('class="logo-now" src="')[2].partition('"')[0]
    with at_work.get(address) as sent:
        assert sent.data == png()
        assert sent.content_type == "image/png"
    at_work.post(f"{draft}/aspetto", data={"colour": "teal"})
    assert address in at_work.get(f"{draft}/aspetto").text
    at_work.post(f"{draft}/aspetto", data={"colour": "teal", "remove_logo": "yes"})
    assert "logo-now" not in at_work.get(f"{draft}/aspetto").text
    assert at_work.get(address).status_code == 404


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg/>",
        png()[:40],
        png(3000),
        png()[:-3],
        png().replace(b"IDAT", b"IDAX"),
        png() * 6000,
    ],
)
def test_a_picture_that_is_no_logo_is_refused_at_its_field(
    at_work: FlaskClient, content: bytes
) -> None:
    draft = begun(at_work)
    files = {"logo": (BytesIO(content), "casa.png")}
    sent = at_work.post(f"{draft}/aspetto", data={"colour": "teal", **files})
    assert sent.status_code == 422
    assert 'href="#field-logo"' in sent.text
