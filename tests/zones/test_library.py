"""The library: where norms are read, and what does not fit together."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from consultazione.core.actor import SYSTEM, Role
from consultazione.core.errors import Invalid
from consultazione.zones.library.commands import add_citation, correct_citation, remove_citation
from consultazione.zones.library.links import address_of, normattiva
from consultazione.zones.library.lint import Law, laws_in, remarks, two_dates
from consultazione.zones.library.models import Citation, NormType
from consultazione.zones.library.queries import citations
from tests.support.factories import Factory

MADE, OTHER = date(2000, 11, 8), date(2000, 11, 13)
LAW: dict[str, Any] = {
    "norm_type": NormType.LAW, "number": "328", "on_day": MADE,
    "title": "Sistema integrato di interventi e servizi sociali",
}  # fmt: skip
TYPED = {**LAW, "norm_type": "law", "on_day": "2000-11-08", "issuer": "", "url": "", "cited_in": ""}
PARAGRAPH = "Il piano di zona definisce le priorità del territorio e i mezzi per raggiungerle."


def citation(make: Factory, **values: Any) -> Citation:
    with make.database.transaction(SYSTEM) as tx:
        return add_citation(tx, zone_id=make.zone.id, **{**LAW, **values})


def test_a_law_of_the_state_is_read_at_normattiva() -> None:
    address = "https://www.normattiva.it/uri-res/N2Ls?urn:nir:stato:legge:2000-11-08;328"
    assert normattiva(NormType.LAW, "328", MADE) == address
    assert normattiva(NormType.REGIONAL_LAW, "2", MADE) is None
    assert normattiva(NormType.LAW, "328; x", MADE) is None


def test_an_address_that_was_given_comes_first(make: Factory) -> None:
    given = "https://bur.regione.example.it/atti/2"
    assert address_of(citation(make, url=given)) == given


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("url", {"url": "ftp://a.example/"}),
        ("number", {"number": ""}),
        ("issuer", {"norm_type": NormType.REGIONAL_LAW}),
    ],
)
def test_a_citation_has_all_its_parts(make: Factory, field: str, values: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refusal:
        citation(make, **values)
    assert list(refusal.value.fields) == [field]


def test_one_norm_with_two_dates_is_flagged_both_ways(make: Factory) -> None:
    first, second = citation(make), citation(make, on_day=OTHER, cited_in="Sesto Calende")
    citation(make, norm_type=NormType.REGIONAL_LAW, issuer="Lombardia", on_day=OTHER)
    citation(make, on_day=date(1999, 1, 5))
    with make.session() as session:
        found = two_dates(citations(session, make.zone.id))
    assert found == {first.id: [OTHER], second.id: [MADE]}


@pytest.mark.parametrize(
    "text",
    [
        "La legge 8 novembre 2000, n. 328 dice",
        "la L. 328/2000 del 08/11/2000",
        "Legge n. 328 del 8 novembre 2000",
        "legge 328/2000 dell'8.11.2000",
    ],
)
def test_a_law_is_found_however_it_is_cited(text: str) -> None:
    assert laws_in(text) == [Law("328", MADE)]


@pytest.mark.parametrize(
    "text", ["L.R. 2/2003 del 12/03/2003", "legge regionale 12 marzo 2003, n. 2", "L. 328/2000",
             "legge 45 novembre 2000, n. 328", "Legge n. 3 del 31/02/2001"],
)  # fmt: skip
def test_what_is_no_dated_law_of_the_state(text: str) -> None:
    assert laws_in(text) == []


def test_a_text_that_contradicts_the_library_or_itself(make: Factory) -> None:
    found = [citation(make)]
    assert remarks("La legge 328 del 8 novembre 2000.", found) == []
    (remark,) = remarks("La legge 328 del 13/11/2000.", found)
    assert "13/11/2000, elsewhere with 8/11/2000" in str(remark)
    assert len(remarks("Legge 8 novembre 2000, n. 328 e legge 328 del 13/11/2000.", [])) == 2


def test_a_paragraph_that_stands_twice_is_told_once() -> None:
    assert remarks(f"{PARAGRAPH}\n\nBreve.\n\nBreve.", []) == []
    again = PARAGRAPH.replace(" del ", "\n del  ").upper()
    (remark,) = remarks("\n\n".join([PARAGRAPH, "Altro.", again, PARAGRAPH]), [])
    assert PARAGRAPH[:20].upper() in str(remark)


def test_a_citation_is_corrected_and_taken_out(make: Factory) -> None:
    shown = citation(make, on_day=OTHER)
    with make.database.transaction(SYSTEM) as tx:
        correct_citation(tx, citation_id=shown.id, **LAW)
    with make.session() as session:
        assert [one.on_day for one in citations(session, make.zone.id)] == [MADE]
    with make.database.transaction(SYSTEM) as tx:
        remove_citation(tx, citation_id=shown.id)
    with make.session() as session:
        assert citations(session, make.zone.id) == []


def test_the_office_keeps_the_library_and_everybody_reads_it(
    client: FlaskClient, make: Factory
) -> None:
    assert make.zone
    make.sign_in(client, make.citizen())
    assert client.get(f"{make.here}/normativa/nuova").status_code == 403
    make.sign_in(client, make.holder(Role.PLAN_OFFICE))
    english = {"Accept-Language": "en"}
    assert (
        client.post(f"{make.here}/normativa/nuova", data={**TYPED, "number": ""}).status_code == 422
    )
    client.post(f"{make.here}/normativa/nuova", data=TYPED)
    page = client.post(
        f"{make.here}/normativa/nuova",
        data={**TYPED, "on_day": "2000-11-13"},
        follow_redirects=True,
        headers=english,
    ).text
    assert "check which one is right" in page
    assert page.count("Two dates") == 2
    assert "urn:nir:stato:legge:2000-11-08;328" in page
    shared = client.get("/api/v1/citations").json or []
    assert [one["other_dates"] for one in shared] == [["2000-11-13"], ["2000-11-08"]]


def test_the_office_reads_what_is_to_be_checked_in_the_texts(
    client: FlaskClient, make: Factory
) -> None:
    assert make.zone
    with make.database.transaction(SYSTEM) as tx:
        tx.session.get_one(
            type(make.zone), make.zone.id
        ).presentation = f"{PARAGRAPH}\n\n{PARAGRAPH}"
        add_citation(tx, zone_id=make.zone.id, **LAW)
    told = "A paragraph stands here twice"
    english = {"Accept-Language": "en"}
    assert told not in client.get(f"{make.here}/normativa", headers=english).text
    make.sign_in(client, make.holder(Role.PLAN_OFFICE))
    assert told in client.get(f"{make.here}/normativa", headers=english).text
