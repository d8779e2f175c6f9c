"""The whole demonstration: it loads, and a visitor finds each term of `docs/coverage.md` in it."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from consultazione.config import ROOT
from consultazione.core.db import Database
from consultazione.embedded.demo import DEMO
from consultazione.importing.accounts import accounts_notice
from consultazione.importing.main import load_files
from consultazione.people.models import Person
from consultazione.zones.models import Zone
from consultazione.zones.queries import cycles, find_zone
from tests.support.visited import Page, read_page

_ROW = re.compile(r"\| ([^|]+) \| ([^|]+) \| (/\S*) \|")
# A zone's answers to the projects of its province are linked from the project.
_ON_THE_WAY = "/progetti-provinciali/"
_ITALIAN = {"Accept-Language": "it"}
DOCUMENTS = {
    "Piacenza",
    "Reno, Lavino e Samoggia",
    "Piano sociale di zona",
    "Ravenna",
    "Sesto Calende",
}


def rows() -> list[tuple[str, ...]]:
    """The rows of the document: source, term, path."""
    text = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
    return [match.groups() for match in _ROW.finditer(text)]


def test_the_table_has_rows_of_all_documents_and_each_once() -> None:
    assert {document for document, _term, _path in rows()} == DOCUMENTS
    assert len(rows()) == len(set(rows())) > 100


@pytest.mark.timeout(600)  # on a machine that is busy with much else
def test_a_visitor_finds_every_term_in_the_demonstration(
    database: Database, client: FlaskClient, tmp_path: Path
) -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in DEMO}
    loaders = load_files(database, texts, tmp_path)
    _the_reference_has_two_cycles_and_few_people(database)
    notice = accounts_notice((one.place, account) for one in loaders for account in one.accounts)
    assert len(notice.splitlines()) <= 20
    found = _follow_links(client, {path for _document, _term, path in rows()})
    missing = [
        f"{term} at {path}"
        for _document, term, path in rows()
        if path not in found or term.casefold() not in found[path].words.casefold()
    ]
    assert missing == []


def _the_reference_has_two_cycles_and_few_people(database: Database) -> None:
    with database.snapshot() as session:
        zone = find_zone(session, "reno-lavino-samoggia")
        assert zone is not None
        assert [cycle.years for cycle in cycles(session, zone.id)] == ["2025-2027", "2018-2020"]
        assert session.scalar(select(func.count()).select_from(Zone)) == 7
        people = session.scalars(select(Person)).all()
    assert len({person.email for person in people}) == len(people)
    assert all(person.demo for person in people)


def _follow_links(client: FlaskClient, wanted: Collection[str]) -> dict[str, Page]:
    """The pages that links lead to from `/`: those that are wanted, and those on the way."""
    found: dict[str, Page] = {}
    ahead = ["/"]
    while ahead:
        address = ahead.pop()
        sent = client.get(address, headers=_ITALIAN, follow_redirects=True)
        assert sent.status_code == 200, address
        page = read_page(sent.text, sent.request.path)
        for reached in {address, sent.request.path}:
            found[reached] = page
        ahead += [
            link
            for link in page.links - found.keys() - set(ahead)
            if link.startswith(_ON_THE_WAY) or any(one.startswith(link) for one in wanted)
        ]
    return found
