"""The archive of the demo zone: it is whole, and holds what pages show."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

from consultazione.archive import verify
from tests.support.archives import VOICES, Example

_LINK = re.compile(r'(?:href|src)="([^"#]+)')


def test_it_verifies_as_a_program(example: Example) -> None:
    command = [sys.executable, "-I", "verify.py", "--key", example.key]
    done = subprocess.run(command, cwd=example.folder, capture_output=True, text=True, check=False)
    made = example.made
    said = f"whole: {made.entries} entries, {made.documents} documents, {made.files} files\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, said, "")


def test_the_program_is_short() -> None:
    text = Path(verify.__file__).read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400


def test_every_proposal_stands_in_its_entry(example: Example) -> None:
    rows = json.loads((example.folder / "data/dati/proposte.json").read_text())
    assert rows
    assert all(row["voci"].keys() == {"title", "body"} for row in rows)


def test_nobodys_vote_or_presence_is_in_it(example: Example) -> None:
    entries = b"".join(path.read_bytes() for path in (example.folder / VOICES).glob("*.jsonl"))
    assert b'"kind":"ballot.cast"' in entries
    assert b'"choice"' not in entries
    assert b'"person_id"' not in entries


def test_links_lead_to_files_of_the_archive(example: Example) -> None:
    pages = sorted((example.folder / "data/sito").rglob("*.html"))
    assert len(pages) > 100
    dead = [
        f"{page}: {link}"
        for page in pages
        for link in _LINK.findall(page.read_text())
        if not link.startswith(("https:", "http:", "mailto:", "tel:"))
        and not (page.parent / link).exists()
    ]
    assert dead == []


def test_pages_have_no_forms_and_fetch_nothing(example: Example) -> None:
    for page in (example.folder / "data/sito").rglob("*.html"):
        text = page.read_text()
        if page.name != "cerca.html":
            assert not re.search(r"<(form|button|input|script)\b", text), page
        assert not re.search(r'<(?:link|img|script)[^>]+(?:href|src)="(?:https?:)?//', text), page
        assert 'lang="it"' in text


def test_minutes_are_the_documents_of_their_entries(example: Example) -> None:
    papers = json.loads((example.folder / "data/documenti.json").read_text())
    minutes = [one for one in papers if one["tipo"] == "Verbale di seduta"]
    assert len(minutes) == 14
    assert all(one["voce"].startswith("minutes:") for one in minutes)


def test_documents_of_the_register_are_called_by_their_kind(example: Example) -> None:
    papers = json.loads((example.folder / "data/documenti.json").read_text())
    registered = re.compile(r"data/documenti/documenti/\d+\.pdf")
    types = {one["tipo"] for one in papers if registered.fullmatch(one["file"])}
    assert types == {
        "Avviso di convocazione", "Verbale di concertazione", "Piano di zona", "Programma annuale",
    }  # fmt: skip


def test_metadata_name_the_hash_of_their_document(example: Example) -> None:
    for one in json.loads((example.folder / "data/documenti.json").read_text()):
        said = ET.parse(example.folder / one["metadati"])
        assert said.findtext(".//Impronta") == one["sha256"]
