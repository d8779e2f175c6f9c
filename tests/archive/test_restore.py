"""A cycle brought back from its archive into an empty database: the same entries, papers, pages."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import Engine, insert

from consultazione import archive_cli, restore_cli
from consultazione.archive import verify
from consultazione.comments.commands.moderating import hide_comment
from consultazione.config import Settings
from consultazione.core.actor import SYSTEM, Role
from consultazione.core.db import Database
from consultazione.proposals.commands.hiding import hide_proposal
from consultazione.transparency.growth import grow, publish
from consultazione.transparency.models import CheckpointRow
from consultazione.transparency.notes import Signer
from consultazione.verify_cli import Audit, audit_faults, withheld
from tests.support.archives import CYCLE, VOICES, Example, archive, packed, unpacked
from tests.support.factories import Factory
from tests.support.forging import sealed_anew
from tests.support.scratch_database import Scratch, scratch_database

# Two archives are made for them.
pytestmark = pytest.mark.timeout(600)


class Undone(Exception):
    """Nothing of a test is to stay."""


@dataclass(frozen=True)
class Empty:
    """An empty installation: its database and its settings."""

    scratch: Scratch
    database: Database
    settings: Settings


@contextmanager
def empty(engine: Engine, settings: Settings, name: str, data: Path) -> Iterator[Empty]:
    """An installation that was just migrated."""
    with scratch_database(engine, name) as scratch:
        scratch.upgrade("head")
        url = scratch.engine.url.render_as_string(hide_password=False)
        own = replace(settings, database_url=url, data_dir=data)
        yield Empty(scratch, scratch.database(), own)


@pytest.fixture(scope="module")
def restored(
    engine: Engine, settings: Settings, example: Example, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Empty]:
    """The installation into which the example was restored."""
    data = tmp_path_factory.mktemp("restored")
    with empty(engine, settings, "restored", data) as installation:
        assert restore_cli.main(installation.settings, example.file) == 0
        yield installation


@pytest.fixture(scope="module")
def again(restored: Empty, shared_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of what was restored, unpacked."""
    place = tmp_path_factory.mktemp("again")
    before = shared_app.extensions["settings"]
    shared_app.extensions["settings"] = restored.settings
    try:
        archive(shared_app, restored.database, place / "b.zip", **CYCLE)
    finally:
        shared_app.extensions["settings"] = before
    return unpacked(place / "b.zip", place / "b")


def test_what_was_restored_is_whole(restored: Empty) -> None:
    with restored.database.snapshot() as session:
        audit = Audit(session)
        assert [f"{one.stream} #{one.number}: {one.what}" for one in audit_faults(audit)] == []
    assert any("withheld" in line for line in audit.summary)


def test_no_log_that_was_signed_is_one_that_was_restored(restored: Empty) -> None:
    """Who falsifies a log of years cannot say at its end that all of it came from an archive."""
    signer = Signer("example.org/log", Ed25519PrivateKey.generate())
    with suppress(Undone), restored.database.transaction(SYSTEM) as tx:
        while grow(tx):
            pass
        publish(tx, signer=signer)
        assert list(withheld(Audit(tx.session))) == []
        early = {"size": 1, "root": bytes(32), "note": "", "key": "", "at": tx.now}
        tx.session.execute(insert(CheckpointRow), [early])
        (fault,) = withheld(Audit(tx.session))
        assert "signed before" in fault.what
        raise Undone


def test_what_is_hidden_is_withheld_from_one_archive_to_the_next(
    engine: Engine, settings: Settings, tmp_path: Path
) -> None:
    with empty(engine, settings, "hiding", tmp_path / "hiding") as source:
        make = Factory(source.database)
        table = make.table()
        proposal, chair = make.proposal(table), make.holder(Role.FACILITATOR, table.id)
        comment = make.comment(make.proposal(table))
        with make.database.transaction(chair) as tx:
            hide_proposal(tx, proposal_id=proposal.id, reason="Un insulto")
            hide_comment(tx, comment_id=comment.id, reason="Un insulto")
        cycle = (make.zone.slug, make.cycle.years)
        first = tmp_path / "1.zip"
        assert archive_cli.main(source.settings, *cycle, first, "archivio", False) == 0
    with empty(engine, settings, "hidden", tmp_path / "hidden") as target:
        assert restore_cli.main(target.settings, first) == 0
        second = tmp_path / "2.zip"
        assert archive_cli.main(target.settings, *cycle, second, "archivio", False) == 0
    assert verify.verify(str(unpacked(second, tmp_path / "2"))).faults == []


def test_entries_are_the_same(example: Example, again: Path) -> None:
    """Byte for byte, but for the one more that tells of the restoring."""
    for file in sorted((example.folder / VOICES).glob("*.jsonl")):
        before, after = file.read_bytes(), (again / VOICES / file.name).read_bytes()
        if file.name.startswith("plan-"):
            more = after.removeprefix(before).splitlines()
            assert [json.loads(line)["kind"] for line in more] == ["archive.restored"]
        else:
            assert after == before, file.name


def test_documents_are_the_same(example: Example, again: Path) -> None:
    def papers(folder: Path) -> dict[str, str]:
        rows = json.loads((folder / "data/documenti.json").read_text())
        return {row["file"]: row["sha256"] for row in rows}

    assert papers(example.folder)
    assert papers(again) == papers(example.folder)


def test_pages_read_the_same(example: Example, again: Path) -> None:
    """But for the chronicles of sittings, which are told by entries that an archive withholds."""
    found = (example.folder / "data/sito").rglob("*.html")
    pages = sorted(path.relative_to(example.folder) for path in found)
    differing = [
        page.as_posix()
        for page in pages
        if not (again / page).exists()
        or (again / page).read_bytes() != (example.folder / page).read_bytes()
    ]
    assert [page for page in differing if not page.endswith("/cronaca.html")] == []
    assert len(pages) > 100


def test_rows_have_no_word_that_pages_do_not_have(example: Example) -> None:
    """But for a table in a paragraph of the plan, which pages draw from its marks."""
    shown = [_WORD.findall(_TAG.sub(" ", text)) for text in _shown(example.folder)]
    words = " ".join(word for page in shown for word in page)
    unshown = {
        f"{file.stem}.{name}"
        for file in (example.folder / "data/stato").glob("*.jsonl")
        for line in file.read_text().splitlines()
        for name, value in json.loads(line).items()
        for text in _texts(value)
        if not _NO_WORDS.match(text)
        if " ".join(_WORD.findall(text)) not in words
    }
    assert unshown <= _DRAWN


# Moments, words of closed lists, and files of the archive.
_NO_WORDS = re.compile(r"\d{4}-\d\d-\d\dT|[a-z_]+$|data/")
_WORD, _TAG = re.compile(r"[^\W\d_]+"), re.compile(r"<[^>]+>")
_DRAWN = {"block_version.body"}


def _shown(folder: Path) -> Iterator[str]:
    for part in ("sito", "dati", "registro/voci", "documenti"):
        for file in sorted((folder / "data" / part).rglob("*")):
            if file.suffix in {".html", ".json", ".csv", ".jsonl"}:
                yield unescape(file.read_text())
            elif file.suffix == ".pdf":
                yield " ".join(page.extract_text() for page in PdfReader(file).pages)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def test_a_second_one_is_refused(
    restored: Empty, example: Example, capsys: pytest.CaptureFixture[str]
) -> None:
    assert restore_cli.main(restored.settings, example.file) == 1
    assert "an empty installation" in capsys.readouterr().err
    assert restore_cli.main(restored.settings, example.file, if_empty=True) == 0


@pytest.fixture(scope="module")
def bare(
    engine: Engine, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Empty]:
    """An installation into which nothing is restored."""
    with empty(engine, settings, "bare", tmp_path_factory.mktemp("bare")) as installation:
        yield installation


def _placed(text: str, *places: int) -> str:
    """The first entries of a stream at other positions, which their digests do not cover."""
    lines = [json.loads(line) for line in text.splitlines()]
    moved = [line | {"position": place} for line, place in zip(lines, places, strict=False)]
    return "".join(json.dumps(line) + "\n" for line in [*moved, *lines[len(moved) :]])


@pytest.mark.parametrize(
    ("name", "forge", "why"),
    [
        ("data/stato.json", lambda _text: "{}", "data/stato.json: schema: Missing data"),
        ("data/stato/zone.jsonl", lambda _text: "7", "has not the fields that it should"),
        ("data/stato/zone.jsonl", lambda text: text.replace('"id"', '"od"'), "a column that is"),
        (
            "data/stato/proposal.jsonl",
            lambda text: text.replace('"title":"', '"title":"Falso ', 1),
            " title: is 'Falso ",
        ),
        (
            "data/registro/voci/plan-*.jsonl",
            lambda text: _placed(text, 1, 1),
            "the database does not take what it holds: duplicate key",
        ),
        (
            "data/registro/voci/plan-*.jsonl",
            lambda text: _placed(text, 2**63 - 1),
            "the database does not take what it holds: nextval: reached maximum value",
        ),
    ],
)
def test_of_a_forged_one_nothing_is_restored(
    bare: Empty,
    example: Example,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    forge: Callable[[str], str],
    why: str,
) -> None:
    folder = shutil.copytree(example.folder, tmp_path / "forged")
    (file,) = folder.glob(name)
    file.write_text(forge(file.read_text()))
    sealed_anew(folder)
    assert restore_cli.main(bare.settings, packed(folder, tmp_path / "b.zip")) == 1
    said = capsys.readouterr().err
    assert why in said
    assert said.endswith("Nothing was restored.\n")
    assert bare.scratch.value("SELECT count(*) FROM log_entry") == 0
    assert not bare.settings.uploads_dir.exists()
