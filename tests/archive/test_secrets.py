"""A zone full of objects: equal bytes on two runs, nothing unpublished, an index of all files."""

from __future__ import annotations

import hashlib
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from flask import Flask

from consultazione.archive import verify
from consultazione.archive.export import Exists, Form
from consultazione.comments.commands.moderating import hide_comment
from consultazione.core.actor import Role
from consultazione.erasure.sought import Sought
from consultazione.proposals.commands.hiding import hide_proposal
from tests.support.archives import VOICES, archive, unpacked
from tests.support.erasing import erase
from tests.support.factories import Factory
from tests.support.two_zones import what_is_talked_over

_SINCRO = "{http://www.uni.com/U3011/sincro-v2/}"


@pytest.fixture
def full(make: Factory, tmp_path: Path) -> Factory:
    """A zone with its path, a table, people, papers, a sitting and the plan."""
    what_is_talked_over(make, tmp_path / "uploads")
    return make


def made(app: Flask, make: Factory, to: Path, form: Form = Form.WHOLE) -> Path:
    """The archive of the zone's cycle."""
    archive(app, make.database, to, zone=make.zone.slug, years=make.cycle.years, form=form)
    return to


def whole(app: Flask, make: Factory, folder: Path) -> Path:
    """An archive in which the verifier finds nothing, unpacked."""
    place = unpacked(made(app, make, folder / "a.zip"), folder / "a")
    assert verify.verify(str(place)).faults == []
    return place


def contents(folder: Path) -> bytes:
    """All that its files hold."""
    return b"\n".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_two_runs_give_equal_bytes(app: Flask, full: Factory, tmp_path: Path) -> None:
    one, two = (made(app, full, tmp_path / name).read_bytes() for name in ("1.zip", "2.zip"))
    assert one == two


def test_every_page_of_a_long_list_is_in_it(app: Flask, make: Factory, tmp_path: Path) -> None:
    table, author = make.table(), make.citizen()
    ids = {make.proposal(table, author).id for _each in range(40)}
    folder = unpacked(made(app, make, tmp_path / "a.zip"), tmp_path / "a")
    pages = (folder / "data/sito/proposte").glob("*.html")
    assert {int(page.stem) for page in pages} == ids


def test_a_file_that_is_there_stays(app: Flask, make: Factory, tmp_path: Path) -> None:
    there = tmp_path / "there.zip"
    there.write_text("something else")
    with pytest.raises(Exists):
        made(app, make, there)
    assert there.read_text() == "something else"
    assert list(tmp_path.iterdir()) == [there]


def test_nothing_hidden_or_secret_is_in_it(app: Flask, full: Factory, tmp_path: Path) -> None:
    proposal = full.proposal(full.table())
    shown, hidden = (full.comment(proposal, body=words) for words in ("Molto bene", "Un segreto"))
    facilitator = full.holder(Role.FACILITATOR, proposal.table_id)
    with full.database.transaction(facilitator) as tx:
        hide_comment(tx, comment_id=hidden.id, reason="Un insulto")
    folder = whole(app, full, tmp_path)
    said = contents(folder)
    assert shown
    assert b"Molto bene" in said
    assert b"Un segreto" not in said
    assert b"@example.org" not in said
    entries = b"".join(path.read_bytes() for path in (folder / VOICES).glob("*.jsonl"))
    assert b'"withheld":true' in entries
    assert b'"person_id"' not in entries


def test_what_a_conservator_gets_has_an_index(app: Flask, full: Factory, tmp_path: Path) -> None:
    file = made(app, full, tmp_path / "sip.zip", Form.SUBMISSION)
    folder = unpacked(file, tmp_path / "sip")
    index = ET.parse(folder / "data/IndiceSIP.xml").getroot()
    hashed = {
        str(one.findtext(f"{_SINCRO}Path")): one.findtext(f"{_SINCRO}Hash")
        for tag in ("File", "ExternalMetadata")
        for one in index.iter(f"{_SINCRO}{tag}")
    }
    there = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (folder / "data").rglob("*")
        if path.is_file() and path.name not in {"IndiceSIP.xml", "documenti.json"}
    }
    assert there
    assert hashed == there


def test_no_word_of_a_hidden_proposal_is_in_it(app: Flask, full: Factory, tmp_path: Path) -> None:
    table = full.table()
    proposal = full.proposal(table, title="Una frantumaglia", body="Contro il tale dei tali.")
    facilitator = full.holder(Role.FACILITATOR, table.id)
    with full.database.transaction(facilitator) as tx:
        hide_proposal(tx, proposal_id=proposal.id, reason="Un insulto")
    said = contents(whole(app, full, tmp_path))
    assert b"frantumaglia" not in said
    assert b"tale dei tali" not in said


def test_it_is_whole_after_a_passage_was_erased(app: Flask, full: Factory, tmp_path: Path) -> None:
    """What stands in the place of the words is in no entry, and none has to vouch for it."""
    full.proposal(full.table(), body="Lo dice Piero Tale dei Tali, e altro resta.")
    erase(full, full.holder(Role.ADMINISTRATOR), Sought("Piero Tale dei Tali"), uploads=tmp_path)
    said = contents(whole(app, full, tmp_path))
    assert b"Piero Tale" not in said
    assert b"e altro resta" in said
